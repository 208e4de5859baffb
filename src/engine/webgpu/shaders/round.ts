import { TERNARY_THRESHOLD } from '../../constants';
import type { Rounding } from '../../trainer';
import { DECAYS } from './optimize';
import { each, f, LINE, summing, u, type Shader } from './wgsl';

/** Where a kernel of so many inputs and outputs begins among all values. */
export interface KernelShape {
  readonly start: number;
  readonly inputs: number;
  readonly outputs: number;
  /** Where the logarithms of its scales begin, where these are learned. */
  readonly step: number;
}

/** All numbers as they are: from `values` to `rounded`. */
export function copy(length: number): Shader {
  return each(length, { reads: ['values'], writes: ['rounded'], body: 'rounded[i] = values[i];' });
}

/** As `total`, with the largest instead of the sum. */
const LARGEST = `fn largest(value: f32) -> f32 {
  parts[thread] = value;
  workgroupBarrier();
  for (var half = ${u(LINE / 2)}; half > 0u; half /= 2u) {
    if (thread < half) { parts[thread] = max(parts[thread], parts[thread + half]); }
    workgroupBarrier();
  }
  let most = parts[0];
  workgroupBarrier();
  return most;
}`;

/**
 * A kernel rounded to grids fitted to it, one for each output or one for all: from `values` and `flags` to
 * `rounded`. Pruned weights, which have no flag of a kernel, count nowhere and stay zero.
 */
export function roundKernel(shape: KernelShape, rounding: Rounding): Shader {
  const { scheme, bits, perOutput } = rounding;
  const over = (body: string) =>
    overGrid(
      shape,
      perOutput,
      `let isKept = (flags[at] & ${u(DECAYS)}) != 0;
    ${body}`,
    );
  const largest = f(2 ** (scheme === 'affine' ? bits : bits - 1) - 1);
  const grid = {
    symmetric: `var most = 0f;
    ${over('most = max(most, abs(w));')}
    let scale = orOne(largest(most) / ${largest});`,
    binary: `${sums(over)}
    let scale = mean;`,
    affine: `var low = 0f;
    var high = 0f;
    ${over('low = max(low, -w); high = max(high, w);')}
    let below = largest(low);
    let scale = orOne((below + largest(high)) / ${largest});
    let zeroPoint = round(below / scale);`,
    ternary: `${sums(over)}
    let cut = ${f(TERNARY_THRESHOLD)} * mean;
    var large = 0f;
    var above = 0f;
    ${over('if (abs(w) > cut) { large += abs(w); above += 1; }')}
    let scale = orOne(total(large) / max(1, total(above)));`,
    learned: `let scale = ${scaleOf(shape)};`,
  }[scheme];
  const symmetric = `clamp(round(w / scale), -${largest}, ${largest}) * scale`;
  const value = {
    ...{ symmetric, learned: symmetric },
    affine: `(clamp(round(w / scale) + zeroPoint, 0, ${largest}) - zeroPoint) * scale`,
    ternary: 'select(0, select(scale, -scale, w < 0), abs(w) > cut)',
    binary: 'select(scale, -scale, w < 0)',
  }[scheme];
  return summing(perOutput ? shape.outputs : 1, {
    ...{ reads: ['values', 'flags: u32'], writes: ['rounded'] },
    functions: `${LARGEST}
fn orOne(scale: f32) -> f32 { return select(scale, 1, scale == 0); }`,
    body: `${grid}
  ${over(`rounded[at] = select(0, ${value}, isKept);`)}`,
  });
}

/**
 * Turns the gradient by a kernel rounded to learned grids into that by its weights, which ends beyond the grid,
 * and those by its steps: from `values`, in `gradients`.
 */
export function learnedGradient(shape: KernelShape, { bits, perOutput }: Rounding): Shader {
  const largest = f(2 ** (bits - 1) - 1);
  return summing(perOutput ? shape.outputs : 1, {
    ...{ reads: ['values'], writes: ['gradients'] },
    body: `let scale = ${scaleOf(shape)};
  var part = 0f;
  ${overGrid(
    shape,
    perOutput,
    `let v = w / scale;
    let isInside = abs(v) <= ${largest};
    part += gradients[at] * select(clamp(v, -${largest}, ${largest}), round(v) - v, isInside);
    gradients[at] = select(0, gradients[at], isInside);`,
  )}
  let sum = total(part);
  if (thread == 0) { gradients[${u(shape.step)} + group] = sum * scale; }`,
  });
}

function scaleOf({ step }: KernelShape): string {
  return `exp(values[${u(step)} + group])`;
}

/** Does `body` for the weights `w` of a group, at `at`: those of an output, or all. */
function overGrid(
  { start, inputs, outputs }: KernelShape,
  perOutput: boolean,
  body: string,
): string {
  const count = perOutput ? inputs : inputs * outputs;
  const place = perOutput ? `${u(start)} + i * ${u(outputs)} + group` : `${u(start)} + i`;
  return `for (var i = thread; i < ${u(count)}; i += ${u(LINE)}) {
    let at = ${place};
    let w = values[at];
    ${body}
  }`;
}

/** The mean size of the weights that are kept. */
function sums(over: (body: string) => string): string {
  return `var size = 0f;
    var kept = 0f;
    ${over('if (isKept) { size += abs(w); kept += 1; }')}
    let mean = total(size) / max(1, total(kept));`;
}
