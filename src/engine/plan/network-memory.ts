import type { OptimizerState, Parameter } from '../../experiment/checkpoint';
import { levelCount } from '../codebook-levels';
import type { Network, Objective } from '../trainer';
import { CONTROL_LENGTH, type Places, type TrainedParameter } from './compiler';
import type { Machine } from './machine';

/** What of a network has numbers. */
type Numbers = Pick<Network, 'parameters' | 'masks'>;

/** A network's numbers in the machine's memory. */
export class NetworkMemory {
  readonly places: Places;
  readonly #machine: Machine;
  readonly #network: Numbers;

  constructor(
    machine: Machine,
    network: Numbers,
    {
      changes,
      slots,
      rounds = false,
      levels = {},
    }: {
      /** Which parameters have a gradient, if their role does; null: this network only predicts. */
      readonly changes: ((parameter: string) => boolean) | null;
      readonly slots: readonly string[];
      readonly rounds?: boolean;
      readonly levels?: Readonly<Record<string, Int32Array>>;
    },
  ) {
    this.#machine = machine;
    this.#network = network;
    const { parameters, masks } = network;
    const values: Record<string, number> = {};
    const gradients: Record<string, number> = {};
    const masked: Record<string, number> = {};
    const memory: Record<string, number> = {};
    const rounded: Record<string, number> = {};
    const trained: TrainedParameter[] = [];
    for (const [name, parameter] of Object.entries(parameters)) {
      const { length } = parameter.values;
      const mask = masks[name];
      values[name] = machine.allocate(length);
      machine.floats(values[name], length).set(withoutPruned(parameter.values, mask));
      if (rounds && parameter.role === 'kernel') rounded[name] = machine.allocate(length);
      if (!isTrained(parameter) || changes?.(name) !== true) continue;
      gradients[name] = machine.allocate(length);
      trained.push({ name, role: parameter.role, length });
      if (mask !== undefined) {
        masked[name] = machine.allocate(Math.ceil(length / 4));
        machine.bytes(masked[name], length).set(mask);
      }
      for (const slot of slots) memory[`${slot}/${name}`] = machine.allocate(length);
    }
    const shared = Object.entries(levels).map(([name, indices]) => {
      const address = machine.allocate(indices.length);
      machine.integers(address, indices.length).set(indices);
      return [name, { address, count: levelCount(indices) }] as const;
    });
    const control = machine.allocate(CONTROL_LENGTH);
    this.places = {
      ...{ values, gradients, trained, masks: masked, slots: memory, rounded, control },
      levels: Object.fromEntries(shared),
    };
  }

  /**
   * Takes over the optimizer's memory where it is of the same kind and fits every parameter; starts afresh
   * otherwise. Returns the updates that it has seen.
   */
  restore(objective: Objective, saved: OptimizerState | null): number {
    if (saved?.optimizer !== objective.optimizer) return 0;
    const entries = Object.entries(this.places.slots).map(([key, address]) => {
      const length = this.#lengthOf(key.slice(key.indexOf('/') + 1));
      return { address, length, values: saved.slots[key] };
    });
    if (!entries.every(({ length, values }) => values?.length === length)) return 0;
    for (const { address, length, values } of entries) {
      if (values !== undefined) this.#machine.floats(address, length).set(values);
    }
    return saved.updates;
  }

  parameters(): Record<string, Parameter> {
    const { parameters } = this.#network;
    return Object.fromEntries(
      Object.entries(parameters).map(([name, parameter]) => [
        name,
        { ...parameter, values: this.#copy(this.places.values[name] ?? 0, name) },
      ]),
    );
  }

  gradients(): Record<string, Float32Array> {
    return this.#copies(this.places.gradients, (name) => name);
  }

  slots(): Record<string, Float32Array> {
    return this.#copies(this.places.slots, (key) => key.slice(key.indexOf('/') + 1));
  }

  dispose(): void {
    const { values, gradients, masks, slots, rounded, control } = this.places;
    for (const address of [values, gradients, masks, slots, rounded].flatMap(
      Object.values<number>,
    )) {
      this.#machine.free(address);
    }
    for (const { address } of Object.values(this.places.levels)) this.#machine.free(address);
    this.#machine.free(control);
  }

  #copies(places: Readonly<Record<string, number>>, parameterOf: (key: string) => string) {
    return Object.fromEntries(
      Object.entries(places).map(([key, address]) => [key, this.#copy(address, parameterOf(key))]),
    );
  }

  #copy(address: number, parameter: string): Float32Array {
    return this.#machine.floats(address, this.#lengthOf(parameter)).slice();
  }

  #lengthOf(parameter: string): number {
    return this.#network.parameters[parameter]?.values.length ?? 0;
  }
}

function isTrained({ role }: Parameter): boolean {
  return role !== 'mean' && role !== 'variance';
}

/** Pruned weights as exact (positive) zeros, whatever the record holds there. */
function withoutPruned(values: Float32Array, mask: Uint8Array | undefined): Float32Array {
  return mask === undefined ? values : values.map((value, i) => (mask[i] === 0 ? 0 : value));
}
