import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diverging, inked, mix, parseHex } from './palette';

const palette = {
  negative: parseHex('#d55e00'),
  positive: parseHex('#0072b2'),
  card: parseHex('#ffffff'),
  ink: parseHex('#1f1d1a'),
};

describe('the palette', () => {
  it('reads short and long colours', () => {
    expect(parseHex(' #0072b2')).toEqual([0, 114, 178]);
    expect(parseHex('#fff')).toEqual([255, 255, 255]);
    expect(parseHex('red')).toEqual([0, 0, 0]);
  });

  it('shows zero as the card and the extremes as the two ends', () => {
    expect(diverging(0, palette)).toEqual(palette.card);
    expect(diverging(-1, palette)).toEqual(palette.negative);
    expect(diverging(1, palette)).toEqual(palette.positive);
  });

  it('darkens with the size of a weight', () => {
    const distance = (value: number) =>
      diverging(value, palette).reduce(
        (sum, part, i) => sum + Math.abs(part - (palette.card[i] ?? 0)),
        0,
      );
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b) => {
          const [small, large] = [Math.min(a, b), Math.max(a, b)];
          expect(distance(-large)).toBeGreaterThanOrEqual(distance(-small));
        },
      ),
    );
  });

  it('mixes and clamps', () => {
    expect(mix([0, 0, 0], [200, 100, 50], 0.5)).toEqual([100, 50, 25]);
    expect(inked(3, palette)).toEqual(palette.ink);
  });
});
