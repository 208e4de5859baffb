import type { Checkpoint } from '../../experiment/checkpoint';
import type { Random } from '../../experiment/random';
import { kernelsOf, type Kernel } from '../kernels';

/** A score for each weight, by kernel name: the lowest go first. Where a kernel has none, it is |w|. */
export type Scores = Readonly<Record<string, Float32Array>>;

/** The baseline that every criterion has to beat. */
export function chances(kernels: readonly Kernel[], random: Random): Scores {
  return Object.fromEntries(
    kernels.map(({ name, parameter }) => [name, parameter.values.map(() => random.uniform())]),
  );
}

/** `w · ∂L/∂w` of one batch, by kernel name: what the loss would lose with the weight, to first order. */
export function products(
  checkpoint: Checkpoint,
  gradients: Readonly<Record<string, Float32Array>>,
): Scores {
  return Object.fromEntries(
    kernelsOf(checkpoint).map(({ name, parameter }) => [
      name,
      parameter.values.map((w, i) => w * (gradients[name]?.[i] ?? 0)),
    ]),
  );
}

/** `Σ |score|` over batches, by name. */
export async function absoluteSums<Values extends Float32Array | Float64Array>(
  batches: AsyncIterable<Readonly<Record<string, Values>>>,
): Promise<Readonly<Record<string, Values>>> {
  const sums: Record<string, Values> = {};
  for await (const batch of batches) {
    for (const [name, values] of Object.entries(batch)) {
      const sum = (sums[name] ??= values.map(() => 0) as Values);
      values.forEach((value, i) => {
        sum[i] = (sum[i] ?? 0) + Math.abs(value);
      });
    }
  }
  return sums;
}
