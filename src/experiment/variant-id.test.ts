import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readVariantId, variantId } from './variant-id';

test('an id says which step made the variant, and whether alone', () => {
  expect([variantId(0), variantId(3, true)]).toEqual(['s0', 's3-alone']);
  fc.assert(
    fc.property(fc.nat(), fc.boolean(), (step, alone) => {
      expect(readVariantId(variantId(step, alone))).toEqual({ step, alone });
    }),
  );
});

test.each(['', 's', 's1-', 's1-alone-', 'x1', 's-1', ' s1'])('“%s” is no id', (text) => {
  expect(readVariantId(text)).toBeNull();
});
