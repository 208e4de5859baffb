import type { Tensor } from '@tensorflow/tfjs-core';

/** Tensors by name: parameters by `<layer>.<role>`, optimizer memory by `<slot>/<parameter>`. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** The tensor of that name. @throws Error where there is none: the record was built for another network. */
export function tensorOf(tensors: Tensors, name: string): Tensor {
  const tensor = tensors[name];
  if (tensor === undefined) throw new Error(`The network holds no tensor named "${name}".`);
  return tensor;
}

/** A record with the same names, each tensor put through `change`. */
export function mapTensors(
  tensors: Tensors,
  change: (tensor: Tensor, name: string) => Tensor,
): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => [name, change(tensor, name)]),
  );
}

/** The tensors of those names alone. */
export function pickTensors(tensors: Tensors, names: readonly string[]): Tensors {
  return Object.fromEntries(names.map((name) => [name, tensorOf(tensors, name)]));
}
