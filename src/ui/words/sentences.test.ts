import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../experiment/experiment';
import { parseLink } from '../../experiment/link';
import type { Latency, Metrics, Variant } from '../../experiment/report';
import { techniqueSpecs } from '../../techniques/registry';
import * as fixtures from '../compare/fixtures';
import { sentences, subjectOf, titleOf } from './sentences';
import type { Context } from './sentences';

const { variantWith } = fixtures;
const timed = (batch: number, medianMs: number, vsBaseline: number) =>
  fixtures.timed(batch, medianMs, vsBaseline, 'tfjs-wasm');

const DEFAULT = 'v=1&data=mnist&train=epochs:3&prune=sparsity:0.9&train=epochs:1&quantize=bits:8';

function experimentOf(link: string): Experiment {
  return parseLink(link, techniqueSpecs).link.experiment;
}

function context(link = DEFAULT, parts: Partial<Context> = {}): Context {
  return { experiment: experimentOf(link), status: 'done', differing: null, ...parts };
}

/** Ten classes of a thousand: `wrong` of the first are called by the name of the second. */
function digits(wrong: number): Metrics {
  const confusion = Array.from({ length: 10 }, (_, label) =>
    Array.from({ length: 10 }, (_, answer): number => (label === answer ? 1_000 : 0)),
  );
  confusion[0] = [1_000 - wrong, wrong, 0, 0, 0, 0, 0, 0, 0, 0];
  return {
    examples: 10_000,
    loss: 0.1,
    accuracy: 1 - wrong / 10_000,
    perClass: confusion.map(() => ({ precision: 1, recall: 1, f1: 1, support: 1_000 })),
    confusion,
  };
}

const FULL = { parameters: 266_610, nonzero: 266_610, packedBytes: 1_000_000 };

const baseline = variantWith('baseline', {
  metrics: digits(186),
  size: FULL,
  latency: [timed(1, 0.2, 1), timed(64, 1, 1)],
});
/** A tenth of 266,200 weights is left. */
const pruned = variantWith('pruned', {
  step: 2,
  metrics: digits(317),
  size: { ...FULL, nonzero: 27_030, packedBytes: 125_000 },
  multiplyAdds: { effective: 26_620 },
  latency: [timed(1, 0.2, 1.04)],
});
const quantized = variantWith('quantized', {
  id: 's3-alone',
  step: 3,
  metrics: digits(186),
  size: { ...FULL, packedBytes: 250_000 },
  latency: [timed(1, 0.2, 0.95)],
});
const both = variantWith('combined', {
  step: 3,
  metrics: digits(317),
  size: { ...FULL, nonzero: 27_030, packedBytes: 40_000 },
  multiplyAdds: { effective: 26_620 },
  latency: [timed(1, 0.2, 1)],
});

/** The sentence of a key. */
function said(variants: readonly Variant[], key: string, given = context()) {
  return sentences(variants, given).find((sentence) => sentence.key === key);
}

describe('before anything is measured', () => {
  it('the card says what to press', () => {
    expect(sentences([], context(DEFAULT, { status: 'idle' }))).toEqual([
      { key: 'empty', why: 'idle' },
    ]);
  });

  it('it says that the first step is under way, paused or not, or that it failed', () => {
    for (const status of ['running', 'paused', 'measuring'] as const) {
      expect(sentences([], context(DEFAULT, { status }))).toEqual([
        { key: 'empty', why: 'running' },
      ]);
    }
    expect(sentences([], context(DEFAULT, { status: 'failed' }))).toEqual([
      { key: 'empty', why: 'failed' },
    ]);
  });

  it('it asks for steps where the recipe has none', () => {
    const empty = { ...experimentOf(DEFAULT), recipe: [] };
    expect(sentences([], { ...context(), experiment: empty })).toEqual([
      { key: 'empty', why: 'noSteps' },
    ]);
  });
});

describe('of the trained network alone', () => {
  it('accuracy, the wrong and the commonest mistake are told', () => {
    expect(sentences([baseline], context())).toEqual([
      {
        key: 'learned',
        accuracy: 0.9814,
        wrong: 186,
        examples: 10_000,
        mistake: { label: '0', answer: '1', count: 186 },
      },
      { key: 'pending' },
    ]);
  });

  it('a step to add is named where the recipe only trains', () => {
    expect(sentences([baseline], context('v=1&data=mnist&train=epochs:3')).at(-1)).toEqual({
      key: 'addStep',
    });
  });

  it('a file that had compressed it is told of, alone and beside what was done since', () => {
    const brought = ['prune', 'quantize'] as const;
    const came = { ...baseline, brought };
    const link = 'v=1&data=mnist&load&prune=sparsity:0.9';
    const told = { key: 'brought', compressions: brought };
    expect(said([came], 'brought', context(link))).toEqual(told);
    expect(said([came, pruned], 'brought', context(link))).toEqual(told);
    expect(said([baseline, pruned], 'brought')).toBeUndefined();
  });

  it('a small test set is told with its margin', () => {
    const iris = variantWith('baseline', { metrics: { examples: 45, accuracy: 1 } });
    const margin = said([iris], 'margin', context('v=1&data=iris'));
    expect(margin).toMatchObject({ high: 1 });
    expect(margin).toHaveProperty('low', expect.closeTo(0.9213, 4));
  });

  it('R² and the squared error are told of a regression', () => {
    const { accuracy: _, ...metrics } = digits(0);
    const fitted = {
      ...baseline,
      metrics: { ...metrics, examples: 1_000, r2: 0.99, mse: 0.01 },
    };
    expect(sentences([fitted], context('v=1&data=linear'))[0]).toEqual({
      key: 'fitted',
      r2: 0.99,
      mse: 0.01,
      examples: 1_000,
    });
    const unfitted = { ...fitted, metrics: { ...fitted.metrics, r2: 0.04 } };
    expect(sentences([unfitted], context('v=1&data=linear')).map(({ key }) => key)).toEqual([
      'unfitted',
      'advice',
    ]);
  });

  it('guessing is called guessing, and more training is suggested', () => {
    const guessing = { ...baseline, metrics: { ...digits(0), accuracy: 0.1 } };
    expect(sentences([guessing], context())).toEqual([
      {
        key: 'guessed',
        accuracy: 0.1,
        examples: 10_000,
        guess: { answer: '0', share: 0.1, stuckOn: null },
      },
      { key: 'advice', advice: { kind: 'trainMore' } },
    ]);
  });

  it('a test set that can tell nothing asks for more examples: of five, 3/5 + 2√(0.24/5) is above 1', () => {
    const perClass = [3, 2].map((support) => ({ precision: 1, recall: 1, f1: 1, support }));
    const confusion = [
      [3, 0],
      [0, 2],
    ];
    const perfect = {
      ...baseline,
      metrics: { examples: 5, loss: 0.1, accuracy: 1, perClass, confusion },
    };
    expect(said([perfect], 'advice')).toMatchObject({ advice: { kind: 'moreExamples' } });
  });
});

describe('of a pruned network', () => {
  const link = 'v=1&data=mnist&train=epochs:3&prune=sparsity:0.9&train=epochs:1';

  it('outcome, size, speed and a suggestion are told: 131 more wrong are 1.31 points', () => {
    expect(sentences([baseline, pruned], context(link))).toEqual([
      {
        key: 'outcome',
        change: { kind: 'pruned', of: 'weights', share: expect.closeTo(0.9, 10) },
        score: {
          kind: 'fell',
          points: 1.31,
          wrong: 131,
          examples: 10_000,
          verdict: 'clear',
          where: { label: '0', answer: '1', count: 131 },
        },
      },
      { key: 'size', verdict: 'smaller', times: 8, bytes: 125_000, before: 1_000_000 },
      { key: 'speed', verdict: 'same', times: 1.04, reason: { kind: 'zeros' } },
      { key: 'advice', advice: { kind: 'pruneLess' } },
    ]);
  });

  it('retraining is suggested where none followed', () => {
    const bare = { ...pruned, step: 1, id: 's1' };
    const recipe = context('v=1&data=mnist&train=epochs:3&prune=sparsity:0.9');
    expect(said([baseline, bare], 'advice', recipe)).toEqual({
      key: 'advice',
      advice: { kind: 'retrain' },
    });
  });

  it('an accuracy that held invites to go on', () => {
    const held = { ...pruned, metrics: digits(188) };
    expect(said([baseline, held], 'advice', context(link))).toEqual({
      key: 'advice',
      advice: { kind: 'pruneMore' },
    });
    expect(said([baseline, held], 'outcome', context(link))).toMatchObject({
      score: { kind: 'fell', wrong: 2, points: 0.02, verdict: 'chance', where: null },
    });
  });

  it('nothing is suggested where it cannot be said whether accuracy held', () => {
    const open = { ...pruned, metrics: digits(217) };
    expect(said([baseline, open], 'advice', context(link))).toBeUndefined();
    expect(said([baseline, open], 'advice', context(link, { differing: 60 }))).toBeDefined();
  });

  it('as many wrong as before is the same accuracy, fewer a better one', () => {
    const same = { ...pruned, metrics: digits(186) };
    const better = { ...pruned, metrics: digits(100) };
    expect(said([baseline, same], 'outcome', context(link))).toMatchObject({
      score: { kind: 'same', wrong: 186 },
    });
    expect(said([baseline, better], 'outcome', context(link))).toMatchObject({
      score: { kind: 'rose', wrong: 86, points: 0.86, verdict: 'clear', where: null },
    });
  });

  it('a fall to chance is told as guessing, with where it came from', () => {
    const lost = { ...pruned, metrics: { ...digits(0), accuracy: 0.1 } };
    expect(said([baseline, lost], 'outcome', context(link))).toMatchObject({
      score: { kind: 'guessing', accuracy: 0.1, before: 0.9814 },
    });
  });

  it('weights that only shrank are not called gone', () => {
    const shrunk = variantWith('pruned', { step: 1, metrics: digits(186) });
    expect(said([baseline, shrunk], 'outcome')).toMatchObject({ change: { kind: 'untouched' } });
  });

  it('of convolutions, whose weights are not counted apart, the share is of all parameters', () => {
    const conv = variantWith('pruned', {
      step: 2,
      metrics: digits(186),
      size: { parameters: 431_080, nonzero: 43_108 },
      multiplyAdds: { dense: 2_293_000, effective: 900_000 },
    });
    const full = { ...baseline, size: { ...baseline.size, parameters: 431_080 } };
    expect(said([full, conv], 'outcome', context(`${link}&model=lenet-5`))).toMatchObject({
      change: { kind: 'pruned', of: 'parameters', share: 0.9 },
    });
  });
});

describe('of a network with units removed', () => {
  const link = 'v=1&data=mnist&train=epochs:3&prune=pattern:units,sparsity:0.5';
  const smaller = (latency: Variant['latency']) =>
    variantWith('pruned', {
      step: 1,
      metrics: digits(186),
      size: { parameters: 125_860, nonzero: 125_860 },
      multiplyAdds: { dense: 66_550, effective: 66_550 },
      ...(latency === undefined ? {} : { latency }),
    });

  it('the parameters that are left are told, not a share of zeros', () => {
    expect(said([baseline, smaller(undefined)], 'outcome', context(link))).toMatchObject({
      change: { kind: 'smaller', parameters: 125_860, before: 266_610, zeros: null, bits: null },
    });
  });

  it('what is faster is so because of fewer multiplications: 266,200 / 66,550 = 4', () => {
    const faster = smaller([timed(1, 0.1, 0.5), timed(64, 2, 0.4)]);
    expect(said([baseline, faster], 'speed', context(link))).toEqual({
      key: 'speed',
      verdict: 'faster',
      times: 2,
      reason: { kind: 'smaller', less: 4 },
    });
  });

  it('what is not faster is bound by starting the layers, where 64 at once take 3 times one', () => {
    const bound = smaller([timed(1, 0.1, 1), timed(64, 0.3, 1)]);
    expect(said([baseline, bound], 'speed', context(link))).toMatchObject({
      verdict: 'same',
      reason: { kind: 'start', less: 4, batch: 64, times: expect.closeTo(3, 10) },
    });
    const unclear = smaller([timed(1, 0.1, 1), timed(64, 4, 1)]);
    expect(said([baseline, unclear], 'speed', context(link))).toMatchObject({
      reason: { kind: 'despite', less: 4 },
    });
  });
});

describe('of a quantized network', () => {
  const link = 'v=1&data=mnist&train=epochs:3&quantize=bits:4';

  it('the bits are the recipe’s, and rounded weights are as slow as others', () => {
    const four = { ...quantized, id: 's1', step: 1 };
    expect(said([baseline, four], 'outcome', context(link))).toMatchObject({
      change: { kind: 'quantized', bits: { weights: 4, activations: null } },
    });
    const changeOf = (step: string) =>
      said([baseline, four], 'outcome', context(`v=1&data=mnist&train=epochs:3&quantize=${step}`));
    expect(changeOf('bits:4,layers:dense1~3')).toMatchObject({
      change: { kind: 'quantized', bits: { weights: 'byLayer' } },
    });
    expect(changeOf('bits:4,target:both,abits:6')).toMatchObject({
      change: { kind: 'quantized', bits: { weights: 4, activations: 6 } },
    });
    expect(changeOf('widths:budget,budget:3.5')).toMatchObject({
      change: { kind: 'quantized', bits: { weights: { average: 3.5 } } },
    });
    expect(said([baseline, four], 'speed', context(link))).toMatchObject({
      verdict: 'same',
      reason: { kind: 'rounded' },
    });
    expect(said([baseline, four], 'advice', context(link))).toEqual({
      key: 'advice',
      advice: { kind: 'fewerBits', bits: 4 },
    });
  });

  it('a file that rounding made larger is told, with what takes the room', () => {
    const larger = {
      ...quantized,
      id: 's1',
      step: 1,
      size: { ...quantized.size, packedBytes: 1_100_000 },
    };
    const advice = { kind: 'roundingGrows', bytes: 1_100_000, before: 1_000_000 };
    expect(said([baseline, larger], 'advice', context(link))).toEqual({
      key: 'advice',
      advice: { ...advice, perChannel: true },
    });
    const both = {
      ...quantized,
      role: 'combined' as const,
      compressions: ['prune', 'quantize'] as const,
      id: 's3',
      size: { ...quantized.size, packedBytes: 126_000 },
    };
    expect(said([baseline, pruned, both], 'advice')).toMatchObject({
      advice: { kind: 'roundingGrows', bytes: 126_000, before: 125_000 },
    });
  });

  it('nothing more is suggested where the loss rose, though accuracy did not fall', () => {
    const unsure = { ...quantized, id: 's1', step: 1, metrics: { ...digits(186), loss: 0.13 } };
    expect(said([baseline, unsure], 'advice', context(link))).toBeUndefined();
  });

  it('more bits are suggested where accuracy fell, or a finer scale where there is one', () => {
    const worse = { ...quantized, id: 's1', step: 1, metrics: digits(500) };
    expect(said([baseline, worse], 'advice', context(link))).toMatchObject({
      advice: { kind: 'moreBits', bits: 4 },
    });
    expect(said([baseline, worse], 'advice', context(`${link},granularity:tensor`))).toMatchObject({
      advice: { kind: 'perChannel', bits: 4 },
    });
  });
});

describe('of a pruned and quantized network', () => {
  it('it is the one told about, against the baseline', () => {
    const all = [baseline, pruned, both, quantized];
    expect(subjectOf(all)).toEqual({ network: both, baseline });
    expect(titleOf(all)).toEqual({
      ...{ role: 'combined', compressions: ['prune', 'quantize'], compared: true },
    });
    expect(said(all, 'outcome')).toMatchObject({ change: { kind: 'both', bits: { weights: 8 } } });
    expect(said(all, 'speed')).toMatchObject({ reason: { kind: 'zerosRounded' } });
  });

  it('the suggestion concerns what costs more by itself', () => {
    // Pruned 317 wrong, quantized 186: pruning. Quantized 400: quantizing.
    expect(said([baseline, pruned, both, quantized], 'advice')).toEqual({
      key: 'advice',
      advice: { kind: 'pruneLessOfBoth' },
    });
    const coarse = { ...quantized, metrics: digits(400) };
    expect(said([baseline, pruned, both, coarse], 'advice')).toEqual({
      key: 'advice',
      advice: { kind: 'moreBitsOfBoth', bits: 8 },
    });
  });
});

describe('of a network in place of another', () => {
  const link = 'v=1&data=mnist&train=epochs:3&prune=pattern:units&quantize=bits:4';
  const small = { ...FULL, parameters: 50_000, nonzero: 49_950, packedBytes: 200_000 };
  const reshaped = variantWith('reshaped', {
    ...{ step: 1, metrics: digits(200), size: small, latency: [timed(1, 0.1, 0.5)] },
    multiplyAdds: { dense: 49_000, effective: 49_000 },
  });

  it('it is told by its parameters, and nothing is said to be rounded or gone', () => {
    const said = sentences([baseline, reshaped], context(link));
    expect(said.slice(0, 1)).toMatchObject([
      { change: { kind: 'smaller', parameters: 50_000, before: 266_610, zeros: null, bits: null } },
    ]);
    expect(said).toContainEqual(expect.objectContaining({ key: 'speed', verdict: 'faster' }));
  });

  it('a larger one is not called smaller, nor faster for it', () => {
    const larger = {
      ...reshaped,
      size: { ...reshaped.size, parameters: 400_000 },
      multiplyAdds: { dense: 399_300, effective: 399_300 },
      latency: [timed(1, 0.3, 1.5)],
    };
    const all = [baseline, larger];
    expect(said(all, 'outcome', context(link))).toMatchObject({ change: { kind: 'replaced' } });
    expect(said(all, 'speed', context(link))).toMatchObject({
      ...{ verdict: 'slower', reason: { kind: 'larger', more: 1.5 } },
    });
  });

  it('one with as many products has no reason to be faster that is known', () => {
    const folded = {
      ...reshaped,
      size: { ...reshaped.size, parameters: 266_000 },
      multiplyAdds: baseline.multiplyAdds,
    };
    expect(said([baseline, folded], 'speed', context(link))).toMatchObject({
      ...{ verdict: 'faster', reason: null },
    });
  });

  it('that was pruned and rounded as well, all of it is told', () => {
    const all = variantWith('combined', {
      ...{ step: 2, compressions: ['prune', 'quantize', 'reshape'] },
      ...{ metrics: digits(200), size: { ...small, nonzero: 25_000 } },
      multiplyAdds: { dense: 49_000, effective: 24_000 },
    });
    const given = [baseline, reshaped, all];
    expect(titleOf(given)).toMatchObject({ compressions: ['prune', 'quantize', 'reshape'] });
    expect(said(given, 'outcome', context(link))).toMatchObject({
      change: { kind: 'smaller', zeros: 0.5, bits: { weights: 4 } },
    });
  });

  it('more rank, training or units are suggested where it lost, less where it did not', () => {
    const train = 'v=1&data=mnist&train=epochs:3';
    const adviceFor = (recipe: string, wrong: number, step = 1) =>
      said(
        [baseline, { ...reshaped, step, metrics: digits(wrong) }],
        'advice',
        context(`${train}&${recipe}`),
      );
    const advising = (kind: string) => ({ key: 'advice', advice: { kind } });
    expect(adviceFor('lowrank=rank:8', 500)).toEqual(advising('trainThin'));
    expect(adviceFor('lowrank=rank:8&distill=', 500, 2)).toEqual(advising('lessThin'));
    expect(adviceFor('lowrank=rank:8', 186)).toEqual(advising('thinner'));
    expect(adviceFor('distill=student:mlp:30', 500)).toEqual(advising('largerStudent'));
    expect(adviceFor('distill=student:mlp:30', 186)).toEqual(advising('smallerStudent'));
    expect(adviceFor('fold=', 186)).toBeUndefined();
  });

  it('is the one told about where nothing came behind it', () => {
    const rounded = variantWith('combined', { step: 1, compressions: ['prune', 'quantize'] });
    const student = { ...reshaped, step: 3, id: 's3' };
    expect(subjectOf([baseline, rounded, student]).network).toBe(student);
    const rounder = variantWith('combined', { step: 4, compressions: ['quantize', 'reshape'] });
    expect(subjectOf([baseline, student, rounder]).network).toBe(rounder);
  });
});

describe('speed', () => {
  /** The ONNX file, with 99 ms of its own and a paired ratio. */
  const integers = (ratio: number) => ({ ...fixtures.timed(1, 99, ratio), format: 'int8' });
  const rounded = (...latency: Latency[]): Variant => ({
    ...pruned,
    ...{ compressions: ['quantize'], latency },
  });

  it('is not told before it is measured', () => {
    const { latency: _, ...untimed } = pruned;
    expect(said([baseline, untimed], 'speedUnknown')).toEqual({ key: 'speedUnknown' });
    expect(said([baseline, untimed], 'speed')).toBeUndefined();
  });

  it('is that of the ONNX file where it is timed, else where the network trains', () => {
    const slow = integers(4);
    expect(said([baseline, rounded(slow, timed(1, 1, 1))], 'speed')).toMatchObject({ times: 4 });
    expect(said([baseline, rounded(timed(1, 1, 1))], 'speed')).toMatchObject({ verdict: 'same' });
  });

  it('is the paired ratio’s, not the medians’, and the same within a tenth', () => {
    const at = (ratio: number) => said([baseline, rounded(integers(ratio))], 'speed');
    expect(at(1.09)).toMatchObject({ verdict: 'same' });
    expect(at(0.92)).toMatchObject({ verdict: 'same' });
    expect(at(1.25)).toMatchObject({
      verdict: 'slower',
      times: 1.25,
      reason: { kind: 'integersDespite' },
    });
    expect(at(0.8)).toMatchObject({ verdict: 'faster', reason: { kind: 'integers' } });
  });

  it('is the same as in the table where the work is the same, whatever the machine made of it', () => {
    const slower = { ...pruned, latency: [timed(1, 0.3, 1.5)] };
    expect(said([baseline, slower], 'speed')).toMatchObject({
      verdict: 'same',
      reason: { kind: 'zeros' },
    });
  });

  it('of Whittle’s own runtime is told beside it, against ONNX Runtime', () => {
    const own = (medianMs: number) => fixtures.timed(1, medianMs, 1, 'whittle');
    const at = (medianMs: number) => {
      const latency = [fixtures.timed(1, 0.03, 1), own(medianMs)];
      return said([baseline, { ...pruned, latency }], 'ownSpeed');
    };
    expect(at(0.003)).toEqual({ key: 'ownSpeed', verdict: 'faster', times: 10 });
    expect(at(0.031)).toMatchObject({ verdict: 'same' });
    expect(at(0.06)).toMatchObject({ verdict: 'slower', times: 2 });
    expect(said([baseline, pruned], 'ownSpeed')).toBeUndefined();
    const latency = [fixtures.timed(1, 0.03, 1), fixtures.timed(1, 0.006, 0.5, 'whittle')];
    expect(said([baseline, { ...pruned, latency }], 'ownBaseline')).toMatchObject({ times: 2 });
  });
});

describe('regression', () => {
  const link = 'v=1&data=linear&train=epochs:3&prune=sparsity:0.9';
  const fit = (role: Variant['role'], mse: number, step: number) => {
    const variant = variantWith(role, { step });
    const { accuracy: _, ...metrics } = variant.metrics;
    return { ...variant, metrics: { ...metrics, examples: 1_000, mse, r2: 1 - mse } };
  };

  it('a larger error is a fall, one within chance is not', () => {
    expect(
      said([fit('baseline', 0.01, 0), fit('pruned', 0.05, 1)], 'outcome', context(link)),
    ).toMatchObject({ score: { kind: 'fitFell', r2: 0.95, mseBefore: 0.01, mse: 0.05 } });
    expect(
      said([fit('baseline', 0.01, 0), fit('pruned', 0.011, 1)], 'outcome', context(link)),
    ).toMatchObject({ score: { kind: 'fitAbout', mseBefore: 0.01 } });
    expect(
      said([fit('baseline', 0.05, 0), fit('pruned', 0.01, 1)], 'outcome', context(link)),
    ).toMatchObject({ score: { kind: 'fitRose' } });
  });

  it('an R² near zero is told as no better than the mean', () => {
    expect(
      said([fit('baseline', 0.01, 0), fit('pruned', 1.2, 1)], 'outcome', context(link)),
    ).toMatchObject({ score: { kind: 'noFit', r2Before: 0.99 } });
  });
});

describe('without a baseline', () => {
  it('the network is described, not compared', () => {
    const first = context('v=1&data=mnist&prune=sparsity:0.9&train=epochs:1');
    const only = { ...pruned, step: 1, id: 's1' };
    expect(sentences([only], first)).toEqual([
      {
        key: 'outcome',
        change: { kind: 'pruned', of: 'weights', share: expect.closeTo(0.9, 10) },
        score: { kind: 'accuracy', accuracy: 1 - 317 / 10_000, examples: 10_000 },
      },
      { key: 'noBaseline' },
    ]);
    expect(titleOf([only])).toMatchObject({ role: 'pruned', compared: false });
  });
});
