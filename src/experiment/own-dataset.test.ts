import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolveDataset } from './dataset';
import {
  MAX_OWN_CLASSES,
  MAX_OWN_EXAMPLES,
  MAX_OWN_INPUTS,
  MIN_OWN_EXAMPLES,
  ownId,
  ownRef,
  splitCounts,
} from './own-dataset';

const shapes = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: MAX_OWN_INPUTS })),
  fc.tuple(
    fc.integer({ min: 1, max: 128 }),
    fc.integer({ min: 1, max: 128 }),
    fc.constantFrom(1, 3),
  ),
);
const tasks = fc.oneof(
  fc.record({
    task: fc.constant('classification' as const),
    outputs: fc.integer({ min: 2, max: MAX_OWN_CLASSES }),
  }),
  fc.record({ task: fc.constant('regression' as const), outputs: fc.constant(1) }),
);
const counts = fc.integer({ min: MIN_OWN_EXAMPLES, max: MAX_OWN_EXAMPLES });

describe("a reference to a user's set", () => {
  it('says the shape, the task and the size of each part, in link characters', () => {
    fc.assert(
      fc.property(shapes, tasks, counts, fc.nat(0xffffffff), (shape, what, count, checksum) => {
        const ref = ownRef(checksum, count, { shape, ...what });
        expect(ref).toMatch(/^[A-Za-z0-9._~:-]+$/);
        const info = resolveDataset(ref)?.info;
        expect(info).toMatchObject({ id: 'own', shape, ...what, ...splitCounts(count) });
        expect(info?.classes).toHaveLength(what.outputs);
        expect(ownId(ref)).toBe(`${checksum.toString(16).padStart(8, '0')}-${count.toString(36)}`);
      }),
    );
  });

  it.each([
    'own',
    'own:',
    'own:9f3a2b1c-8k',
    'own:9f3a2b1c-8k:12',
    'own:9f3a2b1c-8k:12:c1',
    'own:9f3a2b1c-8k:12:c101',
    'own:9f3a2b1c-8k:12:n2',
    'own:9f3a2b1c-8k:1001:n1',
    'own:9f3a2b1c-8k:012:n1',
    'own:9f3a2b1c-8k:28x28:c5',
    'own:9f3a2b1c-8k:28x28x2:c5',
    'own:9f3a2b1c-8k:129x28x1:c5',
    'own:9f3a2b1c-9:12:n1',
    'own:9f3a2b1c-zzzzz:12:n1',
    'own:9f3a2b1-8k:12:n1',
    'own:9f3a2b1c-8k:12:n1:0.1',
  ])('%s names none', (ref) => {
    expect(resolveDataset(ref)).toBeNull();
  });
});

it('a fifth is for testing, a tenth for validation, the rest for training, and nothing is lost', () => {
  expect(splitCounts(150)).toEqual({ train: 105, validation: 15, test: 30 });
  expect(splitCounts(10)).toEqual({ train: 7, validation: 1, test: 2 });
  fc.assert(
    fc.property(counts, (count) => {
      const { train, validation, test } = splitCounts(count);
      expect(train + validation + test).toBe(count);
      expect(Math.min(validation, test)).toBeGreaterThan(0);
    }),
  );
});
