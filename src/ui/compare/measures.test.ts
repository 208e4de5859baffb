import { describe, expect, it } from 'vitest';
import { timed, variantWith } from './fixtures';
import { en } from '../../i18n/en';
import { barLength, changeOf, measuresOf, splitMeasures } from './measures';
import type { MeasureId } from './measures';
import { isAlone } from '../../experiment/variant-id';
import { baselineOf, inOrder, mainVariants, pairOf, withSide } from './variants';
import type { Variant } from '../../experiment/report';

const baseline = variantWith('baseline', { latency: [timed(1, 0.03, 1), timed(64, 0.9, 1)] });

/** A file that is computed in integers. */
const integers = (batch: number, ratio: number) => ({
  ...timed(batch, 0.03, ratio),
  format: 'int8',
});

function change(id: MeasureId, variant: Variant) {
  const measure = measuresOf([baseline, variant]).find((one) => one.id === id);
  return measure === undefined ? undefined : changeOf(measure, variant, baseline);
}

describe('the change from the baseline', () => {
  it('is none for the baseline itself', () => {
    expect(change('accuracy', baseline)).toBe(null);
  });

  it('is in points for accuracy, and less is worse', () => {
    const variant = variantWith('pruned', { metrics: { accuracy: 0.977 } });
    expect(change('accuracy', variant)).toEqual({
      verdict: 'worse',
      value: expect.closeTo(-0.3, 9),
    });
  });

  it('of a few examples of ten thousand is chance, neither better nor worse', () => {
    for (const accuracy of [0.9801, 0.9799]) {
      const variant = variantWith('pruned', { metrics: { accuracy } });
      expect(change('accuracy', variant)?.verdict).toBe('chance');
    }
  });

  it('is the same where the written digits are the same', () => {
    const variant = variantWith('pruned', { metrics: { accuracy: 0.98004 } });
    expect(change('accuracy', variant)?.verdict).toBe('same');
  });

  it('judges a lower loss as better', () => {
    const variant = variantWith('pruned', { metrics: { loss: 0.08 } });
    expect(change('loss', variant)).toEqual({ verdict: 'better', value: expect.closeTo(-0.02, 9) });
  });

  it('counts the fourth digit of small errors, which are written with four', () => {
    const small = variantWith('baseline', { metrics: { loss: 0.0109 } });
    const measure = measuresOf([small]).find(({ id }) => id === 'loss');
    const against = (loss: number) =>
      measure && changeOf(measure, variantWith('pruned', { metrics: { loss } }), small)?.verdict;
    expect(against(0.0113)).toBe('worse');
    expect(against(0.01091)).toBe('same');
  });

  it('is a ratio for sizes: 8.4 times smaller', () => {
    const variant = variantWith('combined', { size: { packedBytes: 1_066_700 / 8.4 } });
    expect(change('packed', variant)).toEqual({ verdict: 'better', value: expect.closeTo(8.4, 9) });
  });

  it('takes the median of the paired ratios for latency, not the ratio of medians', () => {
    const variant = variantWith('quantized', { latency: [integers(1, 0.5)] });
    expect(change('onnx1', variant)).toEqual({ verdict: 'better', value: 2 });
  });

  it('calls timings within a tenth the same, faster or slower', () => {
    for (const [ratio, verdict] of [
      [1.09, 'same'],
      [0.92, 'same'],
      [1.2, 'worse'],
      [0.8, 'better'],
    ] as const) {
      const variant = variantWith('quantized', { latency: [integers(64, ratio)] });
      expect(change('onnxMany', variant)?.verdict).toBe(verdict);
    }
  });

  it('of a dense runtime is none where the work is the very same', () => {
    const pruned = variantWith('pruned', { latency: [timed(1, 0.2, 1.5)] });
    expect(change('onnx1', pruned)?.verdict).toBe('same');
  });

  it('is none where the variant was not timed', () => {
    expect(change('onnx1', variantWith('pruned'))).toBe(null);
  });
});

describe('the measures shown', () => {
  it('are those that were measured', () => {
    const classes = measuresOf([variantWith('baseline')]).map(({ id }) => id);
    expect(classes).toContain('accuracy');
    expect(classes).not.toContain('r2');
    expect(classes).not.toContain('onnx1');
  });

  it('for a regression have the squared error once', () => {
    const { accuracy: _none, ...metrics } = variantWith('baseline').metrics;
    const regression = { ...baseline, metrics: { ...metrics, mse: 0.1, mae: 0.2, r2: 0.9 } };
    const ids = measuresOf([regression]).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['r2', 'mse', 'mae']));
    expect(ids).not.toContain('loss');
  });

  it('begin with accuracy, file and speed, and leave none out', () => {
    const { first, rest } = splitMeasures([baseline]);
    expect(first.map(({ id }) => id)).toEqual(['accuracy', 'packed', 'onnx1', 'loss', 'nonzero']);
    expect(first.length + rest.length).toBe(measuresOf([baseline]).length);
  });

  it('each have a name and a unit in words', () => {
    const { accuracy: _none, ...metrics } = baseline.metrics;
    const regression = { ...baseline, metrics: { ...metrics, mse: 0.1, mae: 0.2, r2: 0.9 } };
    const full = variantWith('baseline', {
      metrics: { precision: 0.9, recall: 0.9, f1: 0.9 },
      size: { onnxBytes: 1_070_000 },
      latency: [1, 64].flatMap((batch) => [
        timed(batch, 1, 1),
        timed(batch, 1, 1, 'onnxruntime-wasm', 2),
        timed(batch, 1, 1, 'onnxruntime-webgpu'),
        timed(batch, 1, 1, 'whittle'),
        timed(batch, 1, 1, 'tfjs-wasm'),
      ]),
    });
    const ids = [...measuresOf([full]), ...measuresOf([regression])].map(({ id }) => id);
    const { measure, unit } = en.compare;
    expect([...new Set(ids)].sort()).toEqual(Object.keys(measure).sort());
    expect(Object.keys(unit)).toEqual(expect.arrayContaining(ids));
  });

  it('have bars of the whole for shares and of the largest for amounts', () => {
    const [accuracy] = measuresOf([baseline]);
    const packed = measuresOf([baseline]).find(({ id }) => id === 'packed');
    expect(accuracy && barLength(accuracy, 0.98, [0.98])).toBe(0.98);
    expect(packed && barLength(packed, 25, [25, 100])).toBe(0.25);
  });
});

describe('the variants shown', () => {
  const variants = [
    variantWith('baseline', { step: 0 }),
    variantWith('pruned', { step: 1 }),
    variantWith('pruned', { step: 2 }),
    variantWith('combined', { step: 3 }),
    variantWith('quantized', { step: 3, id: 's3-alone' }),
  ];

  it('stand in the order baseline, pruned, quantized, both', () => {
    expect(inOrder(variants).map(({ id }) => id)).toEqual(['s0', 's1', 's2', 's3-alone', 's3']);
  });

  it('are first the last of each role', () => {
    expect(mainVariants(variants).map(({ id }) => id)).toEqual(['s0', 's2', 's3-alone', 's3']);
  });

  it('hold a step without a part where it is the newest', () => {
    const running = [variantWith('baseline', { step: 0 }), variantWith('other', { step: 1 })];
    expect(mainVariants(running).map(({ id }) => id)).toEqual(['s0', 's1']);
    const later = [...running, variantWith('pruned', { step: 2 })];
    expect(mainVariants(later).map(({ id }) => id)).toEqual(['s0', 's2']);
  });

  it('are compared with the baseline, or with the first where there is none', () => {
    expect(baselineOf(variants)?.id).toBe('s0');
    expect(baselineOf(variants.slice(1))?.id).toBe('s1');
    expect(baselineOf([])).toBe(undefined);
  });

  it('know whether they stand for a step alone', () => {
    expect(variants.filter(isAlone).map(({ id }) => id)).toEqual(['s3-alone']);
  });
});

describe('the two variants in detail', () => {
  const variants = [
    variantWith('baseline', { step: 0 }),
    variantWith('pruned', { step: 1 }),
    variantWith('combined', { step: 2 }),
  ];
  const ids = (pair: ReturnType<typeof pairOf>) => pair?.map(({ id }) => id);

  it('are those chosen while both are there, else the baseline and the most compressed', () => {
    expect(ids(pairOf(variants, ['s1', 's0']))).toEqual(['s1', 's0']);
    expect(ids(pairOf(variants, ['s1', 's7']))).toEqual(['s0', 's2']);
    expect(ids(pairOf(variants, null))).toEqual(['s0', 's2']);
    expect(pairOf(variants.slice(0, 1), null)).toBe(null);
  });

  it('change places when one is given the other', () => {
    const pair = pairOf(variants, ['s0', 's1']);
    expect(pair && withSide(pair, 0, 's2')).toEqual(['s2', 's1']);
    expect(pair && withSide(pair, 0, 's1')).toEqual(['s1', 's0']);
    expect(pair && withSide(pair, 1, 's0')).toEqual(['s1', 's0']);
  });
});
