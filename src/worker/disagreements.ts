import type { Split } from '../data/dataset';
import { seen } from '../experiment/dataset';
import type { Shape } from '../experiment/architecture';
import type { Disagreement, Picture, Requests } from './protocol';

/** The first test examples that two networks call by different names, and how many there are in all. */
export async function disagreementsOf(
  a: Int32Array,
  b: Int32Array,
  { split, shape }: { readonly split: Split; readonly shape: Shape },
  limit: number,
): Promise<Requests['disagreements']['result']> {
  const different = Uint32Array.from(a.keys()).filter((index) => a[index] !== b[index]);
  const indices = different.subarray(0, limit);
  if (indices.length === 0) return { total: 0, examples: [] };
  const batch = await split.gather(indices);
  const width = batch.inputs.length / batch.count;
  const examples = Array.from(indices, (index, row): Disagreement => {
    const inputs = seen(batch.inputs.slice(row * width, (row + 1) * width));
    return {
      index,
      label: batch.labels[row] ?? 0,
      a: a[index] ?? 0,
      b: b[index] ?? 0,
      picture: pictureOf(inputs, shape),
      inputs,
    };
  });
  return { total: different.length, examples };
}

/** An example as a picture; null where it is none. */
function pictureOf(values: Float32Array, [height, width, channels]: Shape): Picture | null {
  if (height === undefined || width === undefined || channels === undefined) return null;
  return { width, height, channels, values };
}
