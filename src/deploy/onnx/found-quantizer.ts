import type { Parameter, Quantizer } from '../../experiment/checkpoint';
import { gridAt } from '../../experiment/quantizer';
import type { Tensor } from './tensor';

/** Where a code for zero lies in a symmetric grid of integers with a sign, of four bits and of eight. */
const SYMMETRIC_ZEROS = [0, 8, 128];
/** Half of what eight bits hold: codes with a sign become codes without. */
const SIGN = 128;
/** Of a step: so far may a weight that was computed in float32 lie beside its place. */
const TOLERANCE = 0.01;

/**
 * The grids that a kernel's weights were read from, in the fewest bits that hold its codes, and the weights
 * exactly on them; null where grids are not shared as they are here: by the tensor, by an output, or by so many
 * inputs of one; and where zero is between two codes, since weights would be others.
 */
export function foundQuantizer(
  kernel: Tensor,
): { readonly quantizer: Quantizer; readonly values: Parameter['values'] } | null {
  const { dims, grid } = kernel;
  if (grid === undefined) return null;
  const columns = dims.at(-1) ?? 1;
  const shared = sharing(grid.scales, grid.zeros, columns);
  if (shared === null) return null;
  const { firsts, group } = shared;
  const scales = Float32Array.from(firsts, (i) => grid.scales[i] ?? 1);
  const zeros = Float32Array.from(firsts, (i) => grid.zeros[i] ?? 0);
  if (!scales.every((scale) => scale > 0 && Number.isFinite(scale))) return null;
  if (!zeros.every(Number.isInteger)) return null;
  const common = { ...(group !== undefined && { group }), scales };
  const gridOf = gridAt({ scheme: 'symmetric', bits: 8, zeroPoints: new Int32Array(), ...common }, columns); // prettier-ignore
  const places = Float64Array.from(kernel.values, (value, i) => value / (scales[gridOf(i)] ?? 1));
  const steps = Int32Array.from(places, Math.round);
  const isOn = (place: number, i: number) => Math.abs(place - (steps[i] ?? 0)) < TOLERANCE;
  if (!places.every(isOn)) return null;
  const values = Float32Array.from(steps, (step, i) => step * (scales[gridOf(i)] ?? 1));
  const levels = levelsOf(steps, zeros, gridOf);
  return levels && { quantizer: { ...levels, ...common }, values };
}

const smaller = (a: number, b: number) => Math.min(a, b);
const larger = (a: number, b: number) => Math.max(a, b);

/** Scheme, bits and zero points; null where codes have more than eight bits. */
function levelsOf(steps: Int32Array, zeros: Float32Array, gridOf: (i: number) => number) {
  const furthest = steps.reduce((most, step) => Math.max(most, Math.abs(step)), 0);
  const [first = 0] = zeros;
  const isSymmetric = SYMMETRIC_ZEROS.includes(first) && zeros.every((zero) => zero === first);
  if (isSymmetric && furthest < SIGN) {
    const bits = Math.max(3, Math.ceil(Math.log2(furthest + 1)) + 1);
    return { scheme: 'symmetric', bits, zeroPoints: new Int32Array(zeros.length) } as const;
  }
  const codes = steps.map((step, i) => step + (zeros[gridOf(i)] ?? 0));
  // There can be more grids than a call has arguments.
  const least = zeros.reduce(smaller, codes.reduce(smaller, Infinity));
  const shift = least < 0 ? SIGN : 0;
  const largest = zeros.reduce(larger, codes.reduce(larger, -Infinity)) + shift;
  const bits = Math.max(2, Math.ceil(Math.log2(largest + 1)));
  if (least + shift < 0 || bits > 8) return null;
  return { scheme: 'affine', bits, zeroPoints: Int32Array.from(zeros, (z) => z + shift) } as const;
}

/** The index of the first weight of each grid, in the order of the grids. */
function sharing(scales: Float32Array, zeros: Float32Array, columns: number) {
  const { length } = scales;
  const same = (a: number, b: number) => scales[a] === scales[b] && zeros[a] === zeros[b];
  const every = (firstOf: (i: number) => number) => scales.every((_, i) => same(i, firstOf(i)));
  const indices = (count: number, first: (grid: number) => number) =>
    Array.from({ length: count }, (_, grid) => first(grid));
  if (every(() => 0)) return { firsts: [0], group: undefined };
  const differs = scales.findIndex((_, i) => !same(i, i % columns));
  if (differs === -1) return { firsts: indices(columns, (unit) => unit), group: undefined };
  const group = Math.floor(differs / columns);
  const firstOf = (i: number) => {
    const row = Math.floor(i / columns);
    return (row - (row % group)) * columns + (i % columns);
  };
  if (!every(firstOf)) return null;
  const blocks = Math.ceil(length / columns / group);
  return {
    firsts: indices(blocks * columns, (grid) => Math.floor(grid / columns) * group * columns + (grid % columns)), // prettier-ignore
    group,
  };
}
