import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomOf } from '../../../experiment/random';
import '../../gradient-rules';
import { nodeEngine } from '../../testing/engines';

/** Tensors of random normals, the same at every call. */
function normals(shapes: readonly (readonly number[])[], seed: number): tf.Tensor[] {
  const random = randomOf(seed);
  return shapes.map((shape) =>
    tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, random.normal), [
      ...shape,
    ]),
  );
}

/** What `compute` makes of the tensors on a backend. */
async function on(
  backend: 'cpu' | 'wasm',
  shapes: readonly (readonly number[])[],
  seed: number,
  compute: (...tensors: tf.Tensor[]) => tf.Tensor,
) {
  await tf.setBackend(backend);
  return tf.tidy(() => {
    const result = compute(...normals(shapes, seed));
    return { shape: result.shape, values: Array.from(result.dataSync()) };
  });
}

/** Largest difference, relative to the largest value of the reference. */
async function expectAgreement(
  shapes: readonly (readonly number[])[],
  seed: number,
  compute: (...tensors: tf.Tensor[]) => tf.Tensor,
) {
  const reference = await on('cpu', shapes, seed, compute);
  const result = await on('wasm', shapes, seed, compute);
  expect(result.shape).toEqual(reference.shape);
  const scale = Math.max(1e-30, ...reference.values.map(Math.abs));
  result.values.forEach((value, i) => {
    expect(Math.abs(value - (reference.values[i] ?? NaN)) / scale).toBeLessThan(1e-4);
  });
}

const small = (max: number) => fc.integer({ min: 1, max });
const seed = fc.nat();
const settings = { numRuns: 40 };

beforeAll(async () => {
  await nodeEngine('cpu');
  await nodeEngine('wasm');
});

describe('the WASM kernels of this project', () => {
  it('multiply matrices as the CPU does, whichever operand is transposed', () =>
    fc.assert(
      fc.asyncProperty(
        small(9),
        small(9),
        small(9),
        fc.boolean(),
        fc.boolean(),
        seed,
        async (rows, inner, columns, transposeA, transposeB, values) => {
          const a = transposeA ? [inner, rows] : [rows, inner];
          const b = transposeB ? [columns, inner] : [inner, columns];
          await expectAgreement([a, b], values, (x, y) => tf.matMul(x, y, transposeA, transposeB));
        },
      ),
      settings,
    ));

  const convolution = fc
    .record({
      batch: small(4),
      height: fc.integer({ min: 3, max: 9 }),
      width: fc.integer({ min: 3, max: 9 }),
      kernel: fc.integer({ min: 1, max: 5 }),
      channels: small(4),
      filters: small(4),
      stride: fc.integer({ min: 1, max: 3 }),
      padding: fc.constantFrom('same' as const, 'valid' as const),
    })
    .filter(
      ({ padding, kernel, height, width }) =>
        padding === 'same' || kernel <= Math.min(height, width),
    );

  it('convolve as the CPU does', () =>
    fc.assert(
      fc.asyncProperty(convolution, seed, async (c, values) => {
        const input = [c.batch, c.height, c.width, c.channels];
        const filter = [c.kernel, c.kernel, c.channels, c.filters];
        await expectAgreement([input, filter], values, (x, w) =>
          tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, c.stride, c.padding),
        );
      }),
      settings,
    ));

  it('differentiate a convolution by its filter as the CPU does', () =>
    fc.assert(
      fc.asyncProperty(convolution, seed, async (c, values) => {
        const input = [c.batch, c.height, c.width, c.channels];
        const filter = [c.kernel, c.kernel, c.channels, c.filters];
        await expectAgreement([input, filter], values, (x, w) =>
          tf.grad((f: tf.Tensor) =>
            tf.sum(tf.square(tf.conv2d(x as tf.Tensor4D, f as tf.Tensor4D, c.stride, c.padding))),
          )(w),
        );
      }),
      settings,
    ));

  it('differentiate a convolution by its input as the CPU does', () =>
    fc.assert(
      fc.asyncProperty(convolution, seed, async (c, values) => {
        const input = [c.batch, c.height, c.width, c.channels];
        const filter = [c.kernel, c.kernel, c.channels, c.filters];
        await expectAgreement([input, filter], values, (x, w) =>
          tf.grad((v: tf.Tensor) =>
            tf.sum(tf.square(tf.conv2d(v as tf.Tensor4D, w as tf.Tensor4D, c.stride, c.padding))),
          )(x),
        );
      }),
      settings,
    ));

  const pool = fc
    .record({
      batch: small(3),
      height: fc.integer({ min: 1, max: 9 }),
      width: fc.integer({ min: 1, max: 9 }),
      channels: small(4),
      size: small(4),
      stride: small(4),
    })
    .filter(({ size, height, width }) => size <= Math.min(height, width));

  it.each([
    ['max', tf.maxPool],
    ['average', tf.avgPool],
  ])('differentiate %s pooling as the CPU does', (_name, pooled) =>
    fc.assert(
      fc.asyncProperty(pool, seed, async (p, values) => {
        const input = [p.batch, p.height, p.width, p.channels];
        await expectAgreement([input], values, (x) =>
          tf.grad((v: tf.Tensor) =>
            tf.sum(tf.square(pooled(v as tf.Tensor4D, p.size, p.stride, 'valid'))),
          )(x),
        );
      }),
      settings,
    ),
  );

  it('sum rows by segment as the CPU does', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 20 }),
        small(3),
        seed,
        async (segments, width, values) => {
          for (const shape of [[segments.length], [segments.length, width]]) {
            await expectAgreement([shape], values, (x) =>
              tf.unsortedSegmentSum(x, tf.tensor1d(segments, 'int32'), 5),
            );
          }
        },
      ),
      settings,
    ));

  it('hand the share of a window of equals to the first of them, as the CPU does', () =>
    expectAgreement([[1, 4, 4, 2]], 1, (x) =>
      tf.grad((v: tf.Tensor) => tf.sum(tf.maxPool(v as tf.Tensor4D, 2, 2, 'valid')))(
        tf.zerosLike(x),
      ),
    ));
});
