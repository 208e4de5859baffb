import { TERNARY_THRESHOLD } from '../../constants';
import type { KernelGrids } from '../../kernel-grids';
import type { Rounding } from '../../trainer';
import { DECAYS } from './optimize';
import { each, f, LINE, summing, u, type Shader } from './wgsl';

/** A kernel that is rounded. */
export interface RoundedKernel {
  readonly rounding: Rounding;
  readonly grids: KernelGrids;
  /** Where it begins among all values. */
  readonly start: number;
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

/** The nearest power of two, of equally near ones the larger: half a step of the fraction carries over. */
const NEAREST_POWER = `fn nearestPower(size: f32) -> f32 {
  return bitcast<f32>((bitcast<u32>(size) + 0x400000u) & 0x7f800000u);
}`;

/**
 * A kernel rounded to grids that are fitted to it, or whose scales are learned: from `values` and `flags` to
 * `rounded`. Pruned weights, which have no flag of a kernel, count nowhere and stay zero.
 */
export function roundKernel(kernel: RoundedKernel): Shader {
  const { scheme, bits } = kernel.rounding;
  const over = (body: string) =>
    overGrid(
      kernel,
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
    power2: `var most = 0f;
    ${over('most = max(most, abs(w));')}
    let scale = orOne(nearestPower(largest(most)));
    let least = scale * ${f(2 ** (2 - 2 ** (bits - 1)))};`,
    learned: `let scale = ${scaleOf(kernel)};`,
  }[scheme];
  const symmetric = `clamp(round(w / scale), -${largest}, ${largest}) * scale`;
  const value = {
    ...{ symmetric, learned: symmetric },
    affine: `(clamp(round(w / scale) + zeroPoint, 0, ${largest}) - zeroPoint) * scale`,
    ternary: 'select(0, select(scale, -scale, w < 0), abs(w) > cut)',
    binary: 'select(scale, -scale, w < 0)',
    power2: `select(
      sign(w) * max(least, min(scale, nearestPower(abs(w)))), 0, abs(w) < least / 2)`,
  }[scheme];
  return summing(gridCount(kernel), {
    ...{ reads: ['values', 'flags: u32'], writes: ['rounded'] },
    functions: `${LARGEST}
${NEAREST_POWER}
fn orOne(scale: f32) -> f32 { return select(scale, 1, scale == 0); }`,
    body: `${grid}
  ${over(`rounded[at] = select(0, ${value}, isKept);`)}`,
  });
}

/**
 * Turns the gradient by a kernel rounded to learned grids into that by its weights, which ends beyond the grid,
 * and those by its steps: from `values`, in `gradients`.
 */
export function learnedGradient(kernel: RoundedKernel): Shader {
  const largest = f(2 ** (kernel.rounding.bits - 1) - 1);
  return summing(gridCount(kernel), {
    ...{ reads: ['values'], writes: ['gradients'] },
    body: `let scale = ${scaleOf(kernel)};
  var part = 0f;
  ${overGrid(
    kernel,
    `let v = w / scale;
    let isInside = abs(v) <= ${largest};
    part += gradients[at] * select(clamp(v, -${largest}, ${largest}), round(v) - v, isInside);
    gradients[at] = select(0, gradients[at], isInside);`,
  )}
  let sum = total(part);
  if (thread == 0) { gradients[${u(kernel.step)} + group] = sum * scale; }`,
  });
}

function scaleOf({ step }: RoundedKernel): string {
  return `exp(values[${u(step)} + group])`;
}

function gridCount({ grids: { blocks, columns } }: RoundedKernel): number {
  return blocks * columns;
}

/** Does `body` for the weights `w` that share the grid `group`, at `at`. */
function overGrid({ start, grids }: RoundedKernel, body: string): string {
  const { rows, columns, blockRows } = grids;
  const first = `group / ${u(columns)} * ${u(blockRows)}`;
  return `for (var i = thread; i < min(${u(blockRows)}, ${u(rows)} - ${first}); i += ${u(LINE)}) {
    let at = ${u(start)} + (${first} + i) * ${u(columns)} + group % ${u(columns)};
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
