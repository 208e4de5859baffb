import { describe, expect, it } from 'vitest';
import { en } from '../../i18n/en';
import { zh } from '../../i18n/zh';
import { formatFor } from '../../i18n/format';
import { translator } from '../../i18n/translate';
import { sentenceText } from './sentence-text';
import type { Advice, Change, Score, Sentence, SpeedReason } from './sentence';

const english = translator('en', en);
const chinese = translator('zh', zh);

function inEnglish(sentence: Sentence, dataset = 'mnist'): string {
  return sentenceText(sentence, { t: english.t, format: formatFor('en'), dataset });
}
function inChinese(sentence: Sentence, dataset = 'mnist'): string {
  return sentenceText(sentence, { t: chinese.t, format: formatFor('zh'), dataset });
}

const where = { label: '4', answer: '9', count: 12 };
const guess = { answer: '1', share: 0.1135, stuckOn: null };
const fit = { r2: 0.95, mse: 0.05, mseBefore: 0.01, examples: 1_000 };
const fell = {
  kind: 'fell',
  points: 0.31,
  wrong: 31,
  examples: 10_000,
  verdict: 'clear',
  where,
} as const;
const pruned = { kind: 'pruned', of: 'weights', share: 0.9 } as const;

const FOUR = { weights: 4, activations: null };

const changes: readonly Change[] = [
  { kind: 'untouched' },
  pruned,
  { kind: 'quantized', bits: { weights: 1, activations: null } },
  { kind: 'quantized', bits: { weights: { average: 3.5 }, activations: 8 } },
  { kind: 'quantized', bits: { weights: 'byLayer', activations: null } },
  { kind: 'both', of: 'parameters', share: 0.9996, bits: FOUR },
  ...[null, 0.5].flatMap((zeros) =>
    [null, FOUR].flatMap((bits) =>
      (['smaller', 'replaced'] as const).map((kind) => ({
        ...{ kind, parameters: 26_010, before: 266_610, zeros, bits },
      })),
    ),
  ),
];
const scores: readonly Score[] = [
  fell,
  { ...fell, kind: 'rose', where: null, verdict: 'chance' },
  { kind: 'same', accuracy: 0.98, wrong: 1, examples: 45 },
  { kind: 'same', accuracy: 1, wrong: 0, examples: 45 },
  { kind: 'guessing', accuracy: 0.11, before: 0.98, examples: 10_000, guess },
  { kind: 'guessing', accuracy: 0.11, before: null, examples: 10_000, guess },
  { kind: 'accuracy', accuracy: 0.98, examples: 10_000 },
  { kind: 'fitFell', ...fit },
  { kind: 'fitRose', ...fit },
  { kind: 'fitAbout', ...fit },
  { kind: 'noFit', r2: -0.2, r2Before: 0.99 },
  { kind: 'noFit', r2: -0.2, r2Before: null },
  { kind: 'fit', r2: 0.99, mse: 0.01 },
];
const reasons: readonly SpeedReason[] = [
  ...(
    ['zeros', 'rounded', 'zerosRounded', 'unchanged', 'integers', 'integersDespite'] as const
  ).map((kind) => ({ kind })),
  { kind: 'smaller', less: 4 },
  { kind: 'larger', more: 2 },
  { kind: 'despite', less: 4 },
  { kind: 'start', less: 4, batch: 64, times: 3 },
];
const advices: readonly Advice[] = [
  ...(
    ['trainMore', 'moreExamples', 'retrain', 'pruneLess', 'pruneLessOfBoth', 'pruneMore'] as const
  ).map((kind) => ({ kind })),
  ...(['trainThin', 'lessThin', 'thinner', 'largerStudent', 'smallerStudent'] as const).map(
    (kind) => ({ kind }),
  ),
  ...(['moreBits', 'moreBitsOfBoth', 'perChannel', 'fewerBits', 'furtherBoth'] as const).map(
    (kind) => ({ kind, bits: 2 }),
  ),
  ...[true, false].map((perChannel) => ({
    kind: 'roundingGrows' as const,
    perChannel,
    bytes: 530,
    before: 470,
  })),
];
const everything: readonly Sentence[] = [
  ...(['idle', 'running', 'failed', 'noSteps'] as const).map((why) => ({
    key: 'empty' as const,
    why,
  })),
  { key: 'learned', accuracy: 0.9814, wrong: 186, examples: 10_000, mistake: where },
  { key: 'learned', accuracy: 0.9814, wrong: 12, examples: 10_000, mistake: where },
  { key: 'learned', accuracy: 1, wrong: 0, examples: 45, mistake: null },
  { key: 'margin', low: 0.921, high: 1 },
  { key: 'guessed', accuracy: 0.11, examples: 10_000, guess: { ...guess, stuckOn: '1' } },
  { key: 'fitted', r2: 0.99, mse: 0.01, examples: 1_000 },
  { key: 'unfitted', r2: 0.01 },
  ...(['pending', 'pendingIdle', 'addStep', 'noBaseline', 'speedUnknown'] as const).map((key) => ({
    key,
  })),
  ...([['prune'], ['quantize'], ['prune', 'quantize']] as const).map((compressions) => ({
    key: 'brought' as const,
    compressions,
  })),
  ...changes.map((change) => ({ key: 'outcome' as const, change, score: fell })),
  ...scores.map((score) => ({ key: 'outcome' as const, change: pruned, score })),
  ...(['smaller', 'same', 'larger'] as const).map((verdict) => ({
    key: 'size' as const,
    verdict,
    times: 8.4,
    bytes: 121_000,
    before: 1_070_000,
  })),
  ...(['faster', 'same', 'slower'] as const).flatMap((verdict) =>
    [null, ...reasons].map((reason) => ({ key: 'speed' as const, verdict, times: 2, reason })),
  ),
  ...(['faster', 'same', 'slower'] as const).map((verdict) => ({
    key: 'ownSpeed' as const,
    verdict,
    times: 2,
  })),
  ...(['faster', 'same', 'slower'] as const).map((verdict) => ({
    key: 'ownBaseline' as const,
    verdict,
    times: 2,
  })),
  ...advices.map((advice) => ({ key: 'advice' as const, advice })),
];

describe('every sentence', () => {
  it('is written in both languages, with every gap filled, and ends', () => {
    for (const sentence of everything) {
      for (const dataset of ['mnist', 'fashion-mnist', 'iris', 'spiral']) {
        expect(inEnglish(sentence, dataset)).toMatch(/^(?!.*(inWords|\{\{|\.\.| {2})).+\.$/);
        expect(inChinese(sentence, dataset)).toMatch(
          /^(?!.*(inWords|\{\{|。。)).*[\u4e00-\u9fff].*。$/,
        );
      }
    }
  });
});

describe('in English', () => {
  it('what was lost is told as in the design', () => {
    expect(inEnglish({ key: 'outcome', change: pruned, score: fell })).toBe(
      '90 % of the weights are gone and accuracy fell by 0.31 points: 31 more of the 10,000 test digits are wrong, above all 4s read as 9s (12 more).',
    );
    expect(
      inEnglish({ key: 'size', verdict: 'smaller', times: 8.4, bytes: 121_000, before: 1_070_000 }),
    ).toBe('The file is 8.4 times smaller (121\u00a0KB instead of 1.07\u00a0MB).');
    expect(inEnglish({ key: 'speed', verdict: 'same', times: 1, reason: { kind: 'zeros' } })).toBe(
      'A single image takes as long as before, because this runtime multiplies the zeros too.',
    );
  });

  it('a network in place of another is told with all that was done to it', () => {
    const change = { kind: 'smaller', parameters: 26_010, before: 266_610 } as const;
    const said = (zeros: number | null, bits: typeof FOUR | null) =>
      inEnglish({ key: 'outcome', change: { ...change, zeros, bits }, score: fell });
    const shrunk = 'The network has shrunk to 26,010 of its 266,610 parameters';
    expect(said(null, null)).toMatch(`${shrunk} and accuracy fell`);
    expect(said(0.5, FOUR)).toMatch(
      `${shrunk}, 50 % of them zero, each weight rounded to 4 bits, and accuracy fell`,
    );
  });

  it('one is, others are', () => {
    const one = { ...fell, points: 0.2, wrong: 1, examples: 500, where: null } as const;
    expect(
      inEnglish({ key: 'outcome', change: pruned, score: { ...one, verdict: 'chance' } }, 'spiral'),
    ).toBe(
      '90 % of the weights are gone and accuracy fell by 0.20 points: 1 more of the 500 test examples is wrong, no more than chance can explain.',
    );
  });

  it('nearly all is not rounded to all', () => {
    expect(
      inEnglish({ key: 'outcome', change: { ...pruned, share: 0.9996 }, score: fell }),
    ).toMatch(/^99\.9 %/);
  });
});

describe('in Chinese', () => {
  it('what was lost is told likewise', () => {
    expect(inChinese({ key: 'outcome', change: pruned, score: fell })).toBe(
      '90 % 的权重已被剪去，准确率下降 0.31 个百分点：10,000 个测试数字中多错了 31 个，主要是把 4 认成 9（多 12 次）。',
    );
  });

  it('classes are named in Chinese where they have a name', () => {
    const mistake = { label: 'Shirt', answer: 'T-shirt', count: 50 };
    const learned = { key: 'learned', accuracy: 0.9, wrong: 1_000, examples: 10_000 } as const;
    expect(inChinese({ ...learned, mistake }, 'fashion-mnist')).toContain(
      '把“衬衫”认成“T 恤”（50 次）',
    );
  });
});
