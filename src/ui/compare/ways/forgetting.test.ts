import { describe, expect, it } from 'vitest';
import { variantWith } from '../fixtures';
import { forgettingOf } from './forgetting';

describe('what is left of the old task', () => {
  const trained = variantWith('other', { id: 's0', step: 0, metrics: { accuracy: 0.9 } });
  const tuned = variantWith('baseline', { id: 's1', step: 1, metrics: { accuracy: 0.8 } });
  const at = { epoch: 1, trainLoss: 1, learningRate: 0.1, elapsedMs: 1 };
  const history = [
    { ...at, step: 0, iteration: 1, testLoss: 1, testAccuracy: 0.9 },
    { ...at, step: 1, iteration: 2 },
    { ...at, step: 1, iteration: 3, testLoss: 1, testAccuracy: 0.5, oldAccuracy: 0.7 },
    { ...at, step: 1, iteration: 4, testLoss: 1, testAccuracy: 0.8, oldAccuracy: 0.4 },
    { ...at, step: 2, iteration: 5, testLoss: 1, testAccuracy: 0.9 },
  ];

  it('begins with what it was, along the transfer’s own iterations', () => {
    expect(forgettingOf(1, [trained, tuned], history)).toEqual({
      ...{ isError: false, before: 0.9, after: 0.4 },
      old: [
        { iteration: 0, score: 0.9 },
        { iteration: 2, score: 0.7 },
        { iteration: 3, score: 0.4 },
      ],
      now: [
        { iteration: 2, score: 0.5 },
        { iteration: 3, score: 0.8 },
      ],
    });
  });

  it('is an error where numbers were learned, beside the new one if that is an error too', () => {
    const regression = variantWith('other', { id: 's0', step: 0, metrics: { mse: 0.01 } });
    const { accuracy: _, ...metrics } = regression.metrics;
    const way = [{ ...at, step: 1, iteration: 2, testLoss: 0.3, oldLoss: 0.2 }];
    const before = { ...regression, metrics };
    expect(forgettingOf(1, [before], way)).toMatchObject({
      ...{ isError: true, now: [{ iteration: 1, score: 0.3 }] },
      old: [{ iteration: 0, score: 0.01 }, { score: 0.2 }],
    });
    const classes = way.map((point) => ({ ...point, testAccuracy: 0.9 }));
    expect(forgettingOf(1, [before], classes)?.now).toEqual([]);
  });

  it('is not known where it was not measured', () => {
    expect(forgettingOf(1, [trained, tuned], history.slice(0, 2))).toBeNull();
    expect(forgettingOf(1, [tuned], history)).toBeNull();
  });
});
