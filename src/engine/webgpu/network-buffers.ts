import type { OptimizerState, Parameter } from '../../experiment/checkpoint';
import { isChanging, rateOf } from '../frozen';
import type { Network, Objective } from '../trainer';
import type { Gpu } from './gpu';
import { DECAYS, TRAINS, type Factor } from './shaders/optimize';

/** Where a parameter lies in every array that has a number for each one of the network. */
interface Place {
  readonly name: string;
  readonly parameter: Parameter;
  readonly start: number;
  readonly end: number;
}

/** A network's numbers on a device: all parameters one after the other, and arrays beside them. */
export class NetworkBuffers {
  readonly values: GPUBuffer;
  /** Numbers of all parameters together. */
  readonly length: number;
  readonly #gpu: Gpu;
  readonly #places: readonly Place[];

  readonly #changes: (parameter: string) => boolean;

  /** `objective`: of training; without one the network only predicts. */
  constructor(
    gpu: Gpu,
    { architecture, parameters, masks }: Network,
    objective: Pick<Objective, 'frozen'> = { frozen: 0 },
  ) {
    this.#gpu = gpu;
    this.#changes = isChanging(architecture, objective);
    let end = 0;
    this.#places = Object.entries(parameters).map(([name, parameter]) => {
      const start = end;
      end += parameter.values.length;
      return { name, parameter, start, end };
    });
    this.length = end;
    this.values = gpu.allocate(end);
    const values = new Float32Array(end);
    for (const { name, parameter, start } of this.#places) {
      const mask = masks[name];
      // Pruned weights as exact (positive) zeros, whatever the record holds there.
      parameter.values.forEach((value, i) => (values[start + i] = mask?.[i] === 0 ? 0 : value));
    }
    gpu.write(this.values, values);
  }

  /** Where a parameter begins. */
  startOf(name: string): number {
    return this.#places.find((place) => place.name === name)?.start ?? 0;
  }

  /** What the learning rate is multiplied by, range after range; none where it is for none. */
  factors(objective: Pick<Objective, 'rates'>): readonly Factor[] {
    const ranges = this.#places.map(({ name, end }) => ({ end, factor: rateOf(name, objective) }));
    return ranges.every(({ factor }) => factor === 1) ? [] : ranges;
  }

  /** What may be done with each number, as bits. */
  flags({ masks }: Network): Uint32Array {
    const flags = new Uint32Array(this.length);
    for (const { name, parameter, start, end } of this.#places) {
      // What stays as it is is no pruned kernel either.
      const trains = this.#isTrained(name, parameter) ? TRAINS : 0;
      flags.fill(parameter.role === 'kernel' ? trains | DECAYS : trains, start, end);
      masks[name]?.forEach((bit, i) => {
        if (bit === 0) flags[start + i] = 0;
      });
    }
    return flags;
  }

  /**
   * The optimizer's memory as arrays for all parameters, in the order of `slots`; null where what is saved
   * is of another kind or does not fit.
   */
  slots(saved: OptimizerState | null, optimizer: string, slots: readonly string[]) {
    if (saved?.optimizer !== optimizer) return null;
    const arrays: Float32Array<ArrayBuffer>[] = [];
    for (const slot of slots) {
      const array = new Float32Array(this.length);
      for (const { name, start, end } of this.#trained()) {
        const values = saved.slots[`${slot}/${name}`];
        if (values?.length !== end - start) return null;
        array.set(values, start);
      }
      arrays.push(array);
    }
    return arrays;
  }

  async parameters(): Promise<Record<string, Parameter>> {
    const all = await this.#gpu.read(this.values, this.length);
    return Object.fromEntries(
      this.#places.map(({ name, parameter, start, end }) => [
        name,
        { ...parameter, values: all.slice(start, end) },
      ]),
    );
  }

  /** Of the trained parameters, from an array beside the values; names begin with `prefix`. */
  async trained(array: GPUBuffer, prefix = ''): Promise<Record<string, Float32Array>> {
    const all = await this.#gpu.read(array, this.length);
    return Object.fromEntries(
      this.#trained().map(({ name, start, end }) => [prefix + name, all.slice(start, end)]),
    );
  }

  #trained(): readonly Place[] {
    return this.#places.filter(({ name, parameter }) => this.#isTrained(name, parameter));
  }

  #isTrained(name: string, { role }: Parameter): boolean {
    return role !== 'mean' && role !== 'variance' && this.#changes(name);
  }
}
