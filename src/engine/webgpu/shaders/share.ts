import { each, LINE, summing, u, type Shader } from './wgsl';

/** A kernel whose weights share levels: where it begins, its sizes, and its grids of so many levels each. */
export interface SharedShape {
  readonly start: number;
  readonly length: number;
  readonly outputs: number;
  readonly grids: number;
  readonly perGrid: number;
}

/** The sums of the gradients of the weights on each level: from `gradients` and `levels` to `sums`. */
export function sumShared({ start, length, outputs, grids, perGrid }: SharedShape): Shader {
  // A level's weights are all in its output's column.
  const [count, place] =
    grids === 1
      ? [length, 'i']
      : [length / outputs, `i * ${u(outputs)} + group / ${u(perGrid)} % ${u(outputs)}`];
  return summing(grids * perGrid, {
    ...{ reads: ['gradients', 'levels: i32'], writes: ['sums'] },
    body: `var part = 0f;
  for (var i = thread; i < ${u(count)}; i += ${u(LINE)}) {
    let at = ${place};
    if (levels[at] == i32(group)) { part += gradients[${u(start)} + at]; }
  }
  let sum = total(part);
  if (thread == 0) { sums[group] = sum; }`,
  });
}

/** Gives every weight the gradient of its level, and none to those on no level: from `sums` and `levels` to `gradients`. */
export function spreadShared({ start, length }: SharedShape): Shader {
  return each(length, {
    ...{ reads: ['sums', 'levels: i32'], writes: ['gradients'] },
    body: `var sum = 0f;
    if (levels[i] >= 0) { sum = sums[levels[i]]; }
    gradients[${u(start)} + i] = sum;`,
  });
}
