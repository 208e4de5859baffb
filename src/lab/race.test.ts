import { beforeAll, describe, expect, test } from 'vitest';
import { createUpdaters } from '../engine/engine';
import type { Updaters } from '../engine/updater';
import { openCourse } from './course';
import { labOptionsSchema, optionOfFormula, racersOf, type LabOptions } from './options';
import { race } from './race';
import type { Track } from './results';
import { stableRate } from './stability';

let planned: Updaters;
let plain: Updaters;
beforeAll(async () => {
  planned = await createUpdaters({ wasmBase: '' });
  plain = await createUpdaters({ wasmBase: '', plan: false });
});

function run(given: Partial<LabOptions>, updaters = planned): Track {
  const options = labOptionsSchema.parse(given);
  const [racer] = racersOf(options);
  if (racer === undefined) throw new Error('nobody races');
  return race(openCourse(options).course, options, racer, updaters);
}

const end = ({ path }: Track) => [...path.slice(-2)];

describe('gradient descent on the bowl', () => {
  const article = { optimizers: 'sgd', lr: 0.01, steps: 1000, x: 2, y: -1.5 };

  test('comes to 0.98¹⁰⁰⁰ of where it began, to float32’s precision, on both engines', () => {
    // NUMERICS: 0.98^1000 = 1.683e-9. A thousand roundings of 2^-24 each.
    for (const updaters of [planned, plain]) {
      const track = run(article, updaters);
      const [x = NaN, y = NaN] = end(track);
      expect(Math.abs(x / (2 * 1.683e-9) - 1)).toBeLessThan(5e-4);
      expect(Math.abs(y / (-1.5 * 1.683e-9) - 1)).toBeLessThan(5e-4);
      expect(Math.abs(x / (2 * 0.98 ** 1000) - 1)).toBeLessThan(1000 * 2 ** -24);
    }
  });

  test('does so in ten dimensions, five times the two', () => {
    const track = run({ ...article, function: 'bowl10' });
    expect(track.path.length).toBe(10 * 1001);
    expect(track.losses[0]).toBeCloseTo(5 * (4 + 2.25), 12);
    expect(end(track)).toEqual(end(run(article)));
    expect(track.closedForm?.at(-1)).toBeCloseTo(-1.5 * 0.98 ** 1000, 20);
  });

  test('follows (1 − ηλ)ᵗ along each axis where they differ', () => {
    // η = 0.009, λ = 2 and 200: factors 0.982 and −0.8.
    const track = run({
      function: 'stretched',
      optimizers: 'sgd',
      lr: 0.009,
      steps: 30,
      x: 2,
      y: 1,
    });
    expect(track.closedForm?.[60]).toBeCloseTo(2 * 0.982 ** 30, 12);
    expect(track.closedForm?.[61]).toBeCloseTo((-0.8) ** 30, 12);
    track.path.forEach((value, i) => {
      expect(value).toBeCloseTo(track.closedForm?.[i] ?? NaN, 5);
    });
  });
});

describe('the engine’s optimizers do what plain arithmetic does', () => {
  const options = { lr: 0.05, steps: 60, x: 2, y: -1.5, momentum: 0.8 };
  /** The bowl's gradient is twice the place; each coordinate moves by itself. */
  const byHand = (update: (g: number, t: number, memory: { a: number; b: number }) => number) =>
    [2, -1.5].map((start) => {
      const memory = { a: 0, b: 0 };
      let place = start;
      for (let t = 1; t <= 60; t++) place -= 0.05 * update(2 * place, t, memory);
      return place;
    });

  test.each([
    ['momentum', byHand((g, _t, memory) => (memory.a = 0.8 * memory.a + g))],
    [
      'nesterov',
      byHand((g, _t, memory) => {
        memory.a = 0.8 * memory.a + g;
        return g + 0.8 * memory.a;
      }),
    ],
    [
      'adam',
      byHand((g, t, memory) => {
        memory.a = 0.9 * memory.a + 0.1 * g;
        memory.b = 0.999 * memory.b + 0.001 * g * g;
        const size = Math.sqrt(memory.b / (1 - 0.999 ** t));
        return memory.a / (1 - 0.9 ** t) / (size + 1e-8);
      }),
    ],
  ])('%s', (optimizers, wanted) => {
    for (const updaters of [planned, plain]) {
      const [x = NaN, y = NaN] = end(run({ ...options, optimizers }, updaters));
      expect(x).toBeCloseTo(wanted[0] ?? NaN, 4);
      expect(y).toBeCloseTo(wanted[1] ?? NaN, 4);
    }
  });
});

describe('what becomes of an optimizer', () => {
  test('on a bowl of curvature λ it diverges just above its largest stable rate, and not below', () => {
    for (const optimizers of ['sgd', 'momentum', 'nesterov'] as const) {
      const limit = stableRate(optimizers, 0.7, 200) ?? NaN;
      const given = { function: 'stretched', optimizers, momentum: 0.7, x: 1, y: 1 } as const;
      const above = run({ ...given, lr: 1.03 * limit }).outcome;
      expect(above).toMatchObject({ kind: 'diverged', curvature: 200, limit });
      expect(run({ ...given, lr: 0.97 * limit }).outcome.kind).not.toBe('diverged');
    }
    expect(stableRate('sgd', 0, 200)).toBe(0.01);
    expect(stableRate('adam', 0.9, 200)).toBeNull();
  });

  test('a step too long for the bowl grows by |1 − ηλ| each time, and the step is named', () => {
    // η = 1.5, λ = 2: the distance doubles with every step, and is beyond ten times 3 first at 2⁴ · 2.
    const { outcome, path, losses } = run({ optimizers: 'sgd', lr: 1.5, x: 2, y: 0, steps: 100 });
    expect(outcome).toEqual({
      ...{ kind: 'diverged', step: 4, onset: 1, curvature: 2, curvedAt: 0, limit: 1 },
    });
    expect([...path.slice(0, 8)]).toEqual([2, 0, -4, 0, 8, 0, -16, 0]);
    // 2 · 2¹⁹ is the first place beyond 10⁶, where it ends.
    expect(losses.length).toBe(20);
  });

  test('at the largest stable rate itself it goes to and fro for ever', () => {
    const { outcome, path } = run({ optimizers: 'sgd', lr: 1, x: 2, y: 0, steps: 11 });
    expect(outcome).toEqual({ kind: 'moving' });
    expect(path.at(-2)).toBe(-2);
  });

  test('it converges from the step on at which the slope stays below a thousandth', () => {
    // 2 · 2 · 0.5ᵗ < 0.001 first at t = 12.
    const { outcome } = run({ optimizers: 'sgd', lr: 0.25, x: 2, y: 0, steps: 40 });
    expect(outcome).toEqual({ kind: 'converged', step: 12 });
  });

  test('out on a plateau it has not arrived, but is on level ground', () => {
    // At (3, 3) all of exp(−x² − y²) and its derivatives are below 10⁻⁶.
    const expr = optionOfFormula('exp(-x^2 - y^2)');
    const hill = { function: 'expression', expr, optimizers: 'sgd', lr: 0.1, steps: 20 } as const;
    expect(run({ ...hill, x: 3, y: 3 }).outcome).toEqual({ kind: 'flat', step: 0 });
    // Its top bends down both ways.
    expect(run({ ...hill, x: 0, y: 0 }).outcome.kind).toBe('saddle');
  });

  test('who steps to where the function has no value, or no slope, is lost there', () => {
    const root = { function: 'expression', optimizers: 'sgd', y: 0, steps: 20 } as const;
    const expr = optionOfFormula('sqrt(x) + y^2');
    // The slope of √x at 0.01 is 5: a step of 0.5 to the left of 0.
    expect(run({ ...root, expr, x: 0.01, lr: 0.1 }).outcome).toEqual({ kind: 'lost', step: 1 });
    // At 1 it is 1/2: a step of 1 to 0, where √x is as steep as can be.
    expect(run({ ...root, expr, x: 1, lr: 2 }).outcome).toEqual({ kind: 'lost', step: 1 });
  });

  test('on a saddle’s ridge it stands still, beside it it falls without end', () => {
    const saddle = { function: 'saddle', optimizers: 'sgd', lr: 0.1, x: 1 } as const;
    expect(run({ ...saddle, y: 0, steps: 200 }).outcome.kind).toBe('saddle');
    expect(run({ ...saddle, y: 0.01, steps: 200 }).outcome.kind).toBe('unbounded');
  });

  test('it is told that there is no going down from where there is no slope', () => {
    expect(() => run({ function: 'expression', expr: 'ln~28x~29', x: -1 })).toThrow(/at the start/);
  });
});

describe('noise', () => {
  const noisy = { optimizers: 'momentum', noise: 0.5, seed: 11, steps: 50 };

  test('is the same for the same seed, bit for bit, and another for another', () => {
    expect(run(noisy).path).toEqual(run(noisy).path);
    expect(run({ ...noisy, seed: 12 }).path).not.toEqual(run(noisy).path);
  });

  test('has the standard deviation that is asked for', () => {
    // Without a slope to follow what moves is the noise: steps of η·σ in each direction.
    const still = { function: 'expression', expr: '0~2Ax', optimizers: 'sgd', lr: 1 } as const;
    const { path } = run({ ...still, noise: 0.5, steps: 2000, x: 0, y: 0 });
    const steps = Array.from(path.slice(2), (value, i) => value - (path[i] ?? 0));
    const variance = steps.reduce((sum, step) => sum + step ** 2, 0) / steps.length;
    // Of 4,000 draws the estimate errs by 1.1 % of σ in one standard deviation.
    expect(Math.abs(Math.sqrt(variance) / 0.5 - 1)).toBeLessThan(0.05);
  });
});
