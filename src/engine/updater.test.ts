import { describe, expect, test } from 'vitest';
import { OPTIMIZERS } from '../techniques/train/spec';
import { randomOf } from '../experiment/random';
import { createUpdaters } from './engine';

const STEPS = 40;

/** Five numbers moved by gradients that any generator could have drawn. */
async function moved(
  optimizer: (typeof OPTIMIZERS)[number],
  plan: boolean,
): Promise<readonly number[]> {
  const updaters = await createUpdaters({ wasmBase: '', plan });
  const updater = updaters(Float32Array.of(1, -2, 0.5, 3, -0.25), {
    ...{ optimizer, momentum: 0.9, decay: 0.1 },
  });
  const random = randomOf(3);
  let values: readonly number[] = [];
  for (let i = 0; i < STEPS; i++) {
    values = [...updater.update(Float32Array.from({ length: 5 }, random.normal), 0.01)];
  }
  updater.dispose();
  return values;
}

describe('an optimizer without a network', () => {
  test.each(OPTIMIZERS)('%s moves numbers alike on both engines', async (optimizer) => {
    const [planned, plain] = [await moved(optimizer, true), await moved(optimizer, false)];
    planned.forEach((value, i) => {
      expect(value).toBeCloseTo(plain[i] ?? NaN, 5);
    });
  });

  test('leaves the caller’s start as it was', async () => {
    for (const plan of [true, false]) {
      const start = Float32Array.of(1, 2);
      const updaters = await createUpdaters({ wasmBase: '', plan });
      const rule = { optimizer: 'sgd', momentum: 0, decay: 0 } as const;
      const updater = updaters(start, rule);
      expect([...updater.update(Float32Array.of(1, 1), 0.5)]).toEqual([0.5, 1.5]);
      expect([...start]).toEqual([1, 2]);
      updater.dispose();
    }
  });
});
