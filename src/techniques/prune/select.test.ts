import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomOf } from '../../experiment/random';
import { pruneLowest } from './select';

const weights = fc
  .array(fc.oneof(fc.float({ noNaN: true }), fc.constantFrom(-1, -0.5, 0, -0, 0.5, 1)), {
    minLength: 1,
    maxLength: 60,
  })
  .map((values) => Float32Array.from(values));

const tensorsAndCount = fc
  .array(weights, { minLength: 1, maxLength: 4 })
  .chain((tensors) =>
    fc.tuple(
      fc.constant(tensors),
      fc.integer({ min: 0, max: tensors.reduce((sum, { length }) => sum + length, 0) }),
    ),
  );

const fresh = (tensors: readonly Float32Array[]) =>
  tensors.map((values) => ({ scores: values, mask: undefined }));

/** The definition, by sorting: stable, so of equal scores the lower flat index goes first. */
function bySorting(tensors: readonly Float32Array[], k: number): number[] {
  const flat = tensors.flatMap((values) => Array.from(values));
  const order = flat.map((_, i) => i).sort((a, b) => (flat[a] ?? 0) - (flat[b] ?? 0));
  const pruned = new Set(order.slice(0, k));
  return flat.map((_, i) => (pruned.has(i) ? 0 : 1));
}

test('it prunes exactly the k weights that sorting by score and flat index puts first', () => {
  fc.assert(
    fc.property(tensorsAndCount, ([tensors, k]) => {
      const masks = pruneLowest(fresh(tensors), k);
      expect(masks.flatMap((mask) => Array.from(mask))).toEqual(bySorting(tensors, k));
    }),
  );
});

test('of equal scores the lower flat index goes first, whatever the tensor and the sign of a zero', () => {
  const masks = pruneLowest(fresh([Float32Array.of(0.5, 0), Float32Array.of(-0, 0, 1)]), 2);
  expect(masks).toEqual([Uint8Array.of(1, 0), Uint8Array.of(0, 1, 1)]);
});

test('weights that are pruned already count towards k, before zeros that are not', () => {
  const values = Float32Array.of(0, 0, 3, 0, 1);
  const mask = Uint8Array.of(1, 1, 1, 0, 1);
  expect(pruneLowest([{ scores: values, mask }], 2)).toEqual([Uint8Array.of(0, 1, 1, 0, 1)]);
});

test('nothing that was pruned comes back when less is asked for', () => {
  const values = Float32Array.of(0, 0, 3);
  const mask = Uint8Array.of(0, 0, 1);
  expect(pruneLowest([{ scores: values, mask }], 1)).toEqual([mask]);
});

test('it leaves the masks that it is given unchanged', () => {
  const mask = Uint8Array.of(1, 1);
  pruneLowest([{ scores: Float32Array.of(1, 2), mask }], 1);
  expect(mask).toEqual(Uint8Array.of(1, 1));
});

test('it agrees with sorting on as many normal weights as LeNet-300-100 has', () => {
  const random = randomOf(5);
  const values = Float32Array.from({ length: 266_200 }, () => random.normal());
  const [mask] = pruneLowest(fresh([values]), 239_580);
  expect(Array.from(mask ?? [])).toEqual(bySorting([values], 239_580));
});
