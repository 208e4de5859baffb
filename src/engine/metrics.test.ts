import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classificationMetrics, classMetrics, predictions, regressionMetrics } from './metrics';

/** Logits that predict these classes. */
function oneHot(predicted: readonly number[], classes: number): Float32Array {
  return Float32Array.from({ length: predicted.length * classes }, (_, i) =>
    i % classes === predicted[Math.floor(i / classes)] ? 1 : 0,
  );
}

describe('classification', () => {
  test('labels 0 0 1 1 2 predicted as 0 1 1 1 0 have the metrics of the definition', () => {
    const labels = Int32Array.from([0, 0, 1, 1, 2]);
    const metrics = classificationMetrics(oneHot([0, 1, 1, 1, 0], 3), labels, 3);
    expect(metrics.examples).toBe(5);
    expect(metrics.accuracy).toBe(0.6);
    expect(metrics.recall).toBeCloseTo(0.5, 12);
    expect(metrics.precision).toBeCloseTo((1 / 2 + 2 / 3 + 0) / 3, 12);
    expect(metrics.precision).toBeCloseTo(0.3889, 4);
    expect(metrics.f1).toBeCloseTo((1 / 2 + 4 / 5 + 0) / 3, 12);
    expect(metrics.f1).toBeCloseTo(0.4333, 4);
    expect(metrics.confusion).toEqual([
      [1, 1, 0],
      [0, 2, 0],
      [1, 0, 0],
    ]);
    expect(metrics.perClass).toMatchObject([
      { precision: 0.5, recall: 0.5, f1: 0.5, support: 2 },
      { recall: 1, f1: 0.8, support: 2 },
      { precision: 0, recall: 0, f1: 0, support: 1 },
    ]);
    expect(metrics.perClass?.[1]?.precision).toBeCloseTo(2 / 3, 12);
  });

  test('a class that is neither there nor predicted counts as 0, not as NaN', () => {
    const metrics = classificationMetrics(oneHot([0, 1], 3), Int32Array.from([0, 1]), 3);
    expect(metrics.perClass?.[2]).toEqual({ precision: 0, recall: 0, f1: 0, support: 0 });
    expect(metrics.recall).toBeCloseTo(2 / 3, 12);
  });

  test('the loss of equal logits is ln 10 for ten classes', () => {
    const metrics = classificationMetrics(new Float32Array(20), Int32Array.from([3, 9]), 10);
    expect(metrics.loss).toBeCloseTo(Math.LN10, 12);
  });

  test('the loss is −ln of the probability of the label', () => {
    // Probabilities 1/4 and 3/4.
    const logits = Float32Array.from([0, Math.log(3)]);
    expect(classificationMetrics(logits, Int32Array.from([0]), 2).loss).toBeCloseTo(Math.log(4), 6);
    expect(classificationMetrics(logits, Int32Array.from([1]), 2).loss).toBeCloseTo(
      Math.log(4 / 3),
      6,
    );
  });

  test('logits of a thousand overflow nothing', () => {
    const logits = Float32Array.from([1000, -1000, 0]);
    expect(classificationMetrics(logits, Int32Array.from([0]), 3).loss).toBe(0);
    expect(classificationMetrics(logits, Int32Array.from([1]), 3).loss).toBe(2000);
  });

  test('a logit that is not a number makes the loss not finite', () => {
    const logits = Float32Array.from([NaN, 0]);
    expect(classificationMetrics(logits, Int32Array.from([1]), 2).loss).toBeNaN();
  });

  test('of equal logits the lowest class is predicted', () => {
    expect([...predictions(Float32Array.from([1, 1, 0, 0, 2, 2]), 3)]).toEqual([0, 1]);
  });

  test('micro-averaged over classes, recall is accuracy', () => {
    const pairs = fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(pairs, (examples) => {
        const labels = Int32Array.from(examples, ([label]) => label);
        const logits = oneHot(
          examples.map(([, predicted]) => predicted),
          5,
        );
        const {
          accuracy,
          perClass = [],
          confusion = [],
        } = classificationMetrics(logits, labels, 5);
        const hits = perClass.reduce((sum, { recall, support }) => sum + recall * support, 0);
        expect(hits / examples.length).toBeCloseTo(accuracy ?? NaN, 12);
        expect(confusion.flat().reduce((a, b) => a + b, 0)).toBe(examples.length);
        for (const { precision, recall, f1 } of classMetrics(confusion)) {
          const harmonic =
            precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
          expect(f1).toBeCloseTo(harmonic, 12);
        }
      }),
    );
  });

  test('adding the same number to every logit of an example changes nothing but rounding', () => {
    const rows = fc.array(fc.tuple(fc.nat(2), fc.float({ min: -8, max: 8, noNaN: true })), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(rows, (examples) => {
        const labels = Int32Array.from(examples, ([label]) => label);
        const logits = (shift: number) =>
          Float32Array.from(examples.flatMap(([, z]) => [shift, shift + Math.round(z), shift + 2]));
        expect(classificationMetrics(logits(64), labels, 3)).toEqual(
          classificationMetrics(logits(0), labels, 3),
        );
      }),
    );
  });
});

describe('regression', () => {
  test('1, 2, 3 predicted as 1, 2, 5 has MSE 4/3, MAE 2/3 and R² −1', () => {
    const metrics = regressionMetrics(Float32Array.from([1, 2, 5]), Float32Array.from([1, 2, 3]));
    expect(metrics).toEqual({ examples: 3, loss: 4 / 3, mse: 4 / 3, mae: 2 / 3, r2: 1 - 4 / 2 });
  });

  test('predicting the mean has R² 0, predicting exactly has 1', () => {
    const targets = Float32Array.from([1, 2, 3, 6]);
    expect(regressionMetrics(new Float32Array(4).fill(3), targets).r2).toBe(0);
    expect(regressionMetrics(targets, targets).r2).toBe(1);
  });

  test('targets that do not vary have R² 0', () => {
    expect(regressionMetrics(Float32Array.from([1, 2]), Float32Array.from([2, 2])).r2).toBe(0);
  });

  test('of two outputs each varies around its own mean', () => {
    const targets = Float32Array.from([0, 100, 2, 102]);
    const { r2, mse, examples } = regressionMetrics(
      Float32Array.from([1, 101, 1, 101]),
      targets,
      2,
    );
    expect({ r2, mse, examples }).toEqual({ r2: 0, mse: 1, examples: 2 });
  });
});
