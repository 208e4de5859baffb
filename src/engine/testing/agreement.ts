import fc from 'fast-check';
import { ACTIVATIONS, type Architecture } from '../../experiment/architecture';
import type { Distillation, Rounding } from '../trainer';
import { sketch, type LayerSketch } from './networks';

/** Length of a vector. */
const norm = (values: Iterable<number>) => Math.hypot(...values);

/**
 * The vector that is furthest from the wanted one, relative to that one's length. One that is much shorter
 * than the longest is what is left of sums that cancel (the gradient before a batch norm), and compared
 * with a hundredth of the longest.
 * @throws Error where one is missing or of another length
 */
export function furthest(
  values: Readonly<Record<string, Float32Array>>,
  wanted: Readonly<Record<string, Float32Array>>,
): { readonly name: string; readonly distance: number } {
  const longest = Math.max(1e-6, ...Object.values(wanted).map(norm));
  const distances = Object.entries(wanted).map(([name, each]) => {
    const ours = values[name];
    if (ours?.length !== each.length) throw new Error(`${name}: ${String(ours?.length)} numbers`);
    const apart = norm(ours.map((value, i) => value - (each[i] ?? NaN)));
    return { name, distance: apart / Math.max(norm(each), longest / 100) };
  });
  // What is no number is further than anything.
  const far = ({ distance }: { distance: number }) =>
    Number.isNaN(distance) ? Infinity : distance;
  return distances.reduce((most, each) => (far(each) > far(most) ? each : most));
}

/**
 * Whether gradients change little where weights do. Behind a max pool they jump: the largest of a window of
 * near equals is another one.
 */
export function isSmooth({ layers }: Architecture): boolean {
  return layers.every(({ type }) => type !== 'maxpool');
}

const sharedGrids = {
  granularity: fc.constantFrom('tensor' as const, 'channel' as const, 'group' as const),
  group: fc.integer({ min: 2, max: 40 }),
};

/** How kernels are rounded, in turns, in every way; or not. */
export const roundings: fc.Arbitrary<readonly Rounding[] | null> = fc.option(
  fc.array(
    fc.oneof(
      fc.record({
        scheme: fc.constantFrom('symmetric' as const, 'affine' as const, 'power2' as const),
        bits: fc.integer({ min: 3, max: 8 }),
        ...sharedGrids,
      }),
      fc.record({
        scheme: fc.constantFrom('ternary' as const, 'binary' as const),
        bits: fc.constant(1),
        ...sharedGrids,
      }),
      // With two bits a weight alone lies halfway between two levels at first.
      fc.record({
        scheme: fc.constant('learned' as const),
        bits: fc.integer({ min: 3, max: 5 }),
        ...sharedGrids,
      }),
    ),
    { minLength: 1, maxLength: 2 },
  ),
);

/** Rounds inputs of about unit variance; some lie beyond. At the very beginning all engines round the same. */
const ROUNDING: LayerSketch = {
  type: 'quantize',
  bits: 5,
  scale: Math.fround(0.09),
  zeroPoint: 14,
};

/** Learning from a teacher in every way, or not. */
export const distillations: fc.Arbitrary<Distillation | null> = fc.option(
  fc.record({
    temperature: fc.double({ min: 1, max: 20, noNaN: true }),
    weight: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
);

const activation = fc.constantFrom(...ACTIVATIONS);

/** Dense networks of every shape and activation. */
export const denseNetworks: fc.Arbitrary<Architecture> = fc
  .tuple(
    fc.integer({ min: 1, max: 30 }),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), activation), { minLength: 1, maxLength: 3 }),
    fc.boolean(),
  )
  .map(([inputs, layers, rounded]) =>
    sketch(
      [inputs],
      [
        ...(rounded ? [ROUNDING] : []),
        ...layers.map(([units, each]): LayerSketch => ({ type: 'dense', units, activation: each })),
        { type: 'dense', units: 4 },
      ],
    ),
  );

const sides = fc.integer({ min: 1, max: 9 });

/** Networks over pictures with any kernel, stride, padding and pool, which fit their inputs. */
export const pictureNetworks: fc.Arbitrary<Architecture> = fc
  .record({
    height: fc.integer({ min: 4, max: 9 }),
    width: fc.integer({ min: 4, max: 9 }),
    channels: fc.integer({ min: 1, max: 5 }),
    filters: sides,
    kernel: fc.integer({ min: 1, max: 4 }),
    stride: fc.integer({ min: 1, max: 3 }),
    padding: fc.constantFrom('same' as const, 'valid' as const),
    activation,
    pool: fc.constantFrom('maxpool' as const, 'avgpool' as const),
    size: fc.integer({ min: 1, max: 3 }),
    poolStride: fc.integer({ min: 1, max: 3 }),
    normalized: fc.boolean(),
    units: sides,
  })
  .map(({ height, width, channels, pool, size, poolStride, normalized, units, ...conv }) => {
    const first: LayerSketch = { type: 'conv', ...conv };
    const [outHeight = 0, outWidth = 0] = sketch([height, width, channels], [first]).layers[0]!
      .output;
    const pooled = Math.min(outHeight, outWidth) >= size;
    return sketch(
      [height, width, channels],
      [
        first,
        ...(normalized ? [{ type: 'batchnorm' } as const] : []),
        ...(pooled ? [{ type: pool, size, stride: poolStride } as const] : []),
        { type: 'conv', filters: 3, kernel: 1, activation: 'tanh' },
        { type: 'flatten' },
        { type: 'dense', units, activation: conv.activation },
        { type: 'dense', units: 3 },
      ],
    );
  });
