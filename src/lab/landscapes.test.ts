import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openCourse } from './course';
import { valueOf } from './expression';
import { jetOf } from './jet';
import { LANDSCAPES } from './landscapes';
import { labOptionsSchema, optionOfFormula } from './options';
import { parseFormula } from './parse-formula';
import { minimumNear, reliefOf } from './relief';
import { eigenvalues } from './surface';

const coordinate = fc.double({ min: 0.3, max: 2, noNaN: true });

/** Central differences: their error is of the order of h² for the first, and of rounding over h² for the second. */
function differences(formula: string, x: number, y: number) {
  const expression = parseFormula(formula);
  const f = (dx: number, dy: number) => valueOf(expression, x + dx, y + dy);
  const h = 1e-4;
  return {
    x: (f(h, 0) - f(-h, 0)) / (2 * h),
    y: (f(0, h) - f(0, -h)) / (2 * h),
    xx: (f(h, 0) - 2 * f(0, 0) + f(-h, 0)) / h ** 2,
    xy: (f(h, h) - f(h, -h) - f(-h, h) + f(-h, -h)) / (4 * h ** 2),
    yy: (f(0, h) - 2 * f(0, 0) + f(0, -h)) / h ** 2,
    size: 1 + Math.abs(f(0, 0)),
  };
}

describe('derivatives', () => {
  const formulas = [
    ...Object.values(LANDSCAPES).map(({ formula }) => formula),
    ...['x / y', 'x^y', '2^(x y)', 'sqrt(x y) + ln(x + y)', 'x^-2 + y^0.5', 'log10(x) log2(y)'],
    ...['sin(x y) cos(x - y) + tan(x/2)', 'atan(x/y) + tanh(x) sinh(y) + cosh(x y)'],
    ...['abs(x + y) exp(-x^2)', 'min(x, x + y) + max(x y, -1)', 'x^0 + y^1 + (x y)^2'],
  ];
  test.each(formulas)('of %s agree with differences', (formula) => {
    const expression = parseFormula(formula);
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        const { size, ...wanted } = differences(formula, x, y);
        const { value, ...jet } = jetOf(expression, x, y);
        expect(value).toBe(valueOf(expression, x, y));
        const scale = size + Math.hypot(...Object.values(jet));
        for (const name of ['x', 'y', 'xx', 'xy', 'yy'] as const) {
          expect(Math.abs(jet[name] - wanted[name]) / scale).toBeLessThan(1e-5);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('are none where the formula has no number, in the smaller and the larger of two as well', () => {
    for (const text of ['min(log(x), y)', 'min(y, log(x))', 'max(log(x), y)', 'max(y, log(x))']) {
      expect(jetOf(parseFormula(text), -1, 2).value, text).toBeNaN();
    }
  });

  test('of a power exist where its base is zero', () => {
    expect(jetOf(parseFormula('x^2 + y^1 + x^0'), 0, 0)).toEqual({
      ...{ value: 1, x: 0, y: 1, xx: 2, xy: 0, yy: 0 },
    });
  });
});

test('the gradient of Beale’s function is the one derived by hand', () => {
  fc.assert(
    fc.property(coordinate, coordinate, (x, y) => {
      const [a, b, c] = [1.5 - x + x * y, 2.25 - x + x * y ** 2, 2.625 - x + x * y ** 3];
      const jet = jetOf(parseFormula(LANDSCAPES.beale.formula), x, y);
      const byX = 2 * (a * (y - 1) + b * (y ** 2 - 1) + c * (y ** 3 - 1));
      const byY = 2 * x * (a + 2 * b * y + 3 * c * y ** 2);
      expect(Math.abs(jet.x - byX)).toBeLessThan(1e-9 * (1 + Math.abs(byX)));
      expect(Math.abs(jet.y - byY)).toBeLessThan(1e-9 * (1 + Math.abs(byY)));
    }),
  );
});

const typed = (formula: string) =>
  openCourse(
    labOptionsSchema.parse({ function: 'expression', expr: optionOfFormula(formula), x: 1, y: 1 }),
  ).relief;

describe('the minima', () => {
  test.each([
    ['rosenbrock', [[1, 1]]],
    ['beale', [[3, 0.5]]],
    // Himmelblau 1972, to six decimals.
    [
      'himmelblau',
      [
        [3, 2],
        [-2.805118, 3.131313],
        [-3.77931, -3.283186],
        [3.584428, -1.848127],
      ],
    ],
    ['stretched', [[0, 0]]],
    ['bowl10', [[0, 0]]],
  ] as const)('of %s are where they are known to be, and zero', (id, wanted) => {
    const { minima, lowest } = openCourse(labOptionsSchema.parse({ function: id })).relief;
    expect(minima).toHaveLength(wanted.length);
    wanted.forEach(([x, y], i) => {
      expect(minima[i]?.[0]).toBeCloseTo(x, 6);
      expect(minima[i]?.[1]).toBeCloseTo(y, 6);
    });
    const expression = parseFormula(LANDSCAPES[id].formula);
    for (const [x, y] of minima) expect(valueOf(expression, x, y)).toBeLessThan(1e-20);
    expect(lowest).toBeLessThan(1e-20);
  });

  test('of a saddle are none', () => {
    expect(openCourse(labOptionsSchema.parse({ function: 'saddle' })).relief.minima).toEqual([]);
    expect(minimumNear(parseFormula('x^2 - y^2'), 1, 1)).toBeNull();
  });

  test('of a typed formula are found', () => {
    const [minimum] = typed('(x - 0.7)^2 + 3 (y + 1.1)^4 + (y + 1.1)^2').minima;
    expect(minimum?.[0]).toBeCloseTo(0.7, 9);
    expect(minimum?.[1]).toBeCloseTo(-1.1, 9);
  });
});

describe('a picture', () => {
  test('has gaps where the formula has no value', () => {
    const { values, side } = typed('ln(x) + y^2');
    const finite = values.filter(Number.isFinite);
    // x > 0 on the right half alone.
    expect(finite.length).toBe(side * Math.floor(side / 2));
  });

  test('of a formula without any value is refused', () => {
    expect(() => typed('sqrt(-1 - x^2)')).toThrow(/anywhere in the picture/);
    expect(() => typed('9^9^9^9 + x')).toThrow(/anywhere in the picture/);
  });

  test('reads its grid from the bottom left, row by row', () => {
    const frame = { left: 0, right: 2, bottom: 0, top: 4 };
    const { values } = reliefOf(parseFormula('x + 10 y'), frame, 3, null);
    expect([...values]).toEqual([0, 1, 2, 20, 21, 22, 40, 41, 42]);
  });

  test('reaches as far as the start', () => {
    const options = labOptionsSchema.parse({ function: 'bowl', x: 7, y: -1 });
    expect(openCourse(options).relief.frame).toEqual({ left: -3, right: 7, bottom: -3, top: 3 });
  });

  test('tells heights apart by ratio where they span decades', () => {
    expect(typed('exp(3 x^2 + 3 y^2)').levels).toBe('log');
    expect(typed('x^2 + y^2').levels).toBe('linear');
  });
});

test('eigenvalues of [[2, 1], [1, 2]] are 1 and 3', () => {
  expect(eigenvalues(2, 1, 2)).toEqual([1, 3]);
});
