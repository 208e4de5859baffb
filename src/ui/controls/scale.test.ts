import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { techniqueSpecs } from '../../techniques/registry';
import { defaultStep, viewStep } from '../../state/recipe';
import { admit, fractionOf, readNumber, scaleOf } from './scale';
import type { NumberMeta } from './scale';

const numbers = Object.values(techniqueSpecs).flatMap(({ id }) =>
  Object.values(viewStep(defaultStep(id)).options).flatMap(({ name, meta }) =>
    meta.kind === 'number' ? [{ name: `${id} ${name}`, meta }] : [],
  ),
);

describe.each(numbers)('the slider of $name', ({ meta }: { meta: NumberMeta }) => {
  const scale = scaleOf(meta);

  it('runs from the least to the greatest value', () => {
    expect(scale.valueAt(0)).toBeCloseTo(meta.min, 10);
    expect(scale.valueAt(scale.length)).toBeCloseTo(meta.max, 10);
    expect(fractionOf(scale, meta.min)).toBe(0);
    expect(fractionOf(scale, meta.max)).toBeCloseTo(1, 10);
  });

  it('changes its value with every step, upwards, within the range', () => {
    let last = -Infinity;
    for (let position = 0; position <= scale.length; position++) {
      const value = scale.valueAt(position);
      expect(value).toBeGreaterThan(last);
      expect(value).toBeGreaterThanOrEqual(meta.min);
      expect(value).toBeLessThanOrEqual(meta.max);
      last = value;
    }
  });

  it('finds its place again within half a step', () => {
    for (let position = 0; position <= scale.length; position++) {
      expect(Math.abs(scale.positionOf(scale.valueAt(position)) - position)).toBeLessThan(0.5);
    }
  });
});

describe('a number that is typed', () => {
  it.each([
    ['0.0003', false, 0.0003],
    ['3e-4', false, 0.0003],
    ['0,5', false, 0.5],
    ['1,000', false, 1000],
    ['−2', false, -2],
    ['1/4', false, 0.25],
    ['90', true, 0.9],
    ['90 %', true, 0.9],
    ['0.9', true, 0.9],
    ['99.5%', true, 0.995],
  ])('%s is read', (text, percent, value) => {
    expect(readNumber(text, percent)).toBeCloseTo(value, 12);
  });

  it.each(['', 'many', '1e', '--1', '1/0', '9 apples', 'Infinity'])('%s is refused', (text) => {
    expect(readNumber(text, false)).toBeNull();
  });

  it('is admitted within the range only, whatever it is', () => {
    const meta = numbers.find(({ name }) => name === 'quantize bits')?.meta;
    if (meta === undefined) throw new Error('quantize has bits');
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        const admitted = admit(value, meta);
        expect(Number.isInteger(admitted) && admitted >= 1 && admitted <= 16).toBe(true);
      }),
    );
  });
});
