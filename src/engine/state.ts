import { tensor } from '@tensorflow/tfjs-core';
import type { OptimizerState, Parameter, ParameterRole } from '../experiment/checkpoint';
import { isChanging } from './frozen';
import { tensorOf, type Tensors } from './tensors';
import type { Network, Objective, OptimizerId } from './trainer';
import { initialSlots, slotName, type Transform } from './transforms';

/** Roles that gradient descent changes; the others are statistics. */
const TRAINED: readonly ParameterRole[] = ['kernel', 'bias', 'scale', 'shift', 'step'];

/** Names of the parameters that gradient descent changes, in the network's order. */
export function trainableNames(
  { architecture, parameters }: Network,
  objective: Pick<Objective, 'frozen'>,
): readonly string[] {
  const changes = isChanging(architecture, objective);
  return Object.entries(parameters)
    .filter(([name, { role }]) => TRAINED.includes(role) && changes(name))
    .map(([name]) => name);
}

/** Parameters as tensors, pruned ones exactly (positive) zero whatever the record holds there. */
export function uploadParameters(network: Network): Tensors {
  return Object.fromEntries(
    Object.entries(network.parameters).map(([name, parameter]) => {
      const mask = network.masks[name];
      // A copy, since the CPU backend would keep the caller's own array.
      const values = parameter.values.map((value, i) => (mask?.[i] === 0 ? 0 : value));
      return [name, tensor(values, [...parameter.shape], 'float32')];
    }),
  );
}

/** Masks as tensors of ones and zeros, of the masked parameters alone. */
export function uploadMasks(network: Network): Tensors {
  return Object.fromEntries(
    Object.entries(network.masks).flatMap(([name, mask]) => {
      const shape = network.parameters[name]?.shape;
      return shape === undefined ? [] : [[name, tensor(Float32Array.from(mask), [...shape])]];
    }),
  );
}

/** The optimizer's memory as tensors, and the updates it has seen. */
export interface Memory {
  readonly slots: Tensors;
  readonly updates: number;
}

/**
 * Goes on from `saved` where it is of the same kind and fits every parameter; starts afresh otherwise,
 * since half a memory with a full count of updates would bias the correction of Adam's first steps.
 */
export function uploadMemory(
  kind: OptimizerId,
  transform: Transform,
  trained: Tensors,
  saved: OptimizerState | null,
): Memory {
  if (saved?.optimizer !== kind) {
    return { slots: initialSlots(transform, trained), updates: 0 };
  }
  const names = transform.slots.flatMap((slot) =>
    Object.keys(trained).map((name) => ({ name, key: slotName(slot, name) })),
  );
  const fits = names.every(
    ({ name, key }) => saved.slots[key]?.length === tensorOf(trained, name).size,
  );
  if (!fits) return { slots: initialSlots(transform, trained), updates: 0 };
  const slots = names.flatMap(({ name, key }) => {
    const values = saved.slots[key];
    return values === undefined
      ? []
      : [[key, tensor(values.slice(), tensorOf(trained, name).shape, 'float32')] as const];
  });
  return { slots: Object.fromEntries(slots), updates: saved.updates };
}

/** Copies of the tensors' values, by name. */
export async function download(tensors: Tensors): Promise<Record<string, Float32Array>> {
  const entries = Object.entries(tensors).map(
    async ([name, each]) => [name, (await each.data<'float32'>()).slice()] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** The parameters of `network` with the values that were downloaded. */
export function withValues(
  parameters: Readonly<Record<string, Parameter>>,
  values: Readonly<Record<string, Float32Array>>,
): Record<string, Parameter> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      { ...parameter, values: values[name] ?? parameter.values },
    ]),
  );
}
