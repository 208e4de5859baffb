import type { Format } from '../../i18n/format';
import type { Translate } from '../../i18n/translate';
import { guessMargin } from './chance';
import type {
  Advice,
  Bits,
  WeightBits,
  Change,
  Confusion,
  Guess,
  Score,
  Sentence,
  SpeedReason,
} from './sentence';

/** The language that sentences are written in, and the data set, which says what examples are called. */
export interface Writer {
  readonly t: Translate;
  readonly format: Format;
  /** Its id, without noise. */
  readonly dataset: string;
}

/** A sentence in the page's language. */
export function sentenceText(sentence: Sentence, writer: Writer): string {
  const { t, format } = writer;
  switch (sentence.key) {
    case 'empty':
      return t(`inWords.empty.${sentence.why}`, names(writer));
    case 'learned': {
      const { accuracy, wrong, examples, mistake } = sentence;
      return t(wrong === 0 ? 'inWords.learnedAll' : 'inWords.learned', {
        count: wrong,
        accuracy: percent(accuracy, examples, writer),
        wrong: format.number(wrong, 0),
        things: things(examples, writer),
        mistake:
          mistake === null
            ? ''
            : t(
                mistake.count === wrong ? 'inWords.mistakeAll' : 'inWords.mistake',
                confusion(mistake, writer),
              ),
      });
    }
    case 'margin':
      return t('inWords.margin', {
        low: format.percent(sentence.low),
        high: format.percent(sentence.high),
      });
    case 'guessed':
      return t('inWords.guessed', {
        accuracy: percent(sentence.accuracy, sentence.examples, writer),
        things: things(sentence.examples, writer),
        guess: guessText(sentence.guess, sentence.examples, writer),
      });
    case 'fitted':
      return t('inWords.fitted', {
        r2: decimal(sentence.r2, writer),
        mse: decimal(sentence.mse, writer),
        things: things(sentence.examples, writer),
      });
    case 'unfitted':
      return t('inWords.unfitted', { r2: decimal(sentence.r2, writer) });
    case 'pending':
    case 'pendingIdle':
    case 'addStep':
    case 'noBaseline':
    case 'speedUnknown':
      return t(`inWords.${sentence.key}`, names(writer));
    case 'brought':
      return t(`inWords.brought.${sentence.compressions.join('-')}`);
    case 'outcome':
      return t('inWords.outcome', {
        change: changeText(sentence.change, writer),
        score: scoreText(sentence.score, writer),
      });
    case 'size':
      return t(`inWords.size.${sentence.verdict}`, {
        times: times(sentence.times, writer),
        after: format.bytes(sentence.bytes),
        before: format.bytes(sentence.before),
      });
    case 'speed':
      return t(`inWords.speed.${sentence.verdict}`, {
        one: t(`inWords.one.${writer.dataset}`, {}, t('inWords.one.other')),
        times: times(sentence.times, writer),
        reason: sentence.reason === null ? '' : reasonText(sentence.reason, writer),
      });
    case 'ownSpeed':
    case 'ownBaseline':
      return t(`inWords.${sentence.key}.${sentence.verdict}`, {
        times: times(sentence.times, writer),
      });
    case 'advice':
      return adviceText(sentence.advice, writer);
  }
}

function changeText(change: Change, { t, format }: Writer): string {
  const key = `inWords.change.${change.kind}`;
  const bits = 'bits' in change && change.bits !== null ? bitsText(change.bits, t) : '';
  switch (change.kind) {
    case 'untouched':
      return t(key);
    case 'quantized':
      return t(key, { bits });
    case 'pruned':
    case 'both':
      return t(key, {
        bits,
        what: t(`inWords.what.${change.of}`),
        share: share(change.share, format),
      });
    case 'smaller':
    case 'replaced':
      return t(key, {
        parameters: format.number(change.parameters, 0),
        before: format.number(change.before, 0),
        details: detailsText(change.zeros, change.bits === null ? null : bits, { t, format }),
      });
  }
}

/** What was done to the weights of a network that is another one. */
function detailsText(
  zeros: number | null,
  bits: string | null,
  { t, format }: Pick<Writer, 't' | 'format'>,
): string {
  if (zeros === null && bits === null) return '';
  return t('inWords.change.details', {
    zeros: zeros === null ? '' : t('inWords.change.zeros', { share: share(zeros, format) }),
    rounded: bits === null ? '' : t('inWords.change.rounded', { bits }),
  });
}

function bitsText({ weights, activations }: Bits, t: Writer['t']): string {
  const text = weightsText(weights, t);
  if (activations === null) return text;
  const given = { weights: text, activations: t('unit.bits', { count: activations }) };
  return t('inWords.bits.activations', given);
}

function weightsText(bits: WeightBits, t: Writer['t']): string {
  if (bits === 'byLayer') return t('inWords.bits.byLayer');
  if (typeof bits === 'number') return t('unit.bits', { count: bits });
  return t('inWords.bits.average', { bits: t('unit.bits', { count: bits.average }) });
}

function scoreText(score: Score, writer: Writer): string {
  const { t, format } = writer;
  switch (score.kind) {
    case 'fell':
    case 'rose':
      return t(`inWords.score.${score.kind}`, {
        count: score.wrong,
        points: format.number(score.points, 2),
        wrong: format.number(score.wrong, 0),
        things: things(score.examples, writer),
        where: score.where === null ? '' : t('inWords.where', confusion(score.where, writer)),
        verdict: score.verdict === 'chance' ? t('inWords.chance') : '',
      });
    case 'same':
      return t(score.wrong === 0 ? 'inWords.score.sameAll' : 'inWords.score.same', {
        count: score.wrong,
        accuracy: percent(score.accuracy, score.examples, writer),
        wrong: format.number(score.wrong, 0),
        things: things(score.examples, writer),
      });
    case 'guessing':
      return t(score.before === null ? 'inWords.score.guessing' : 'inWords.score.collapsed', {
        accuracy: percent(score.accuracy, score.examples, writer),
        before: score.before === null ? '' : percent(score.before, score.examples, writer),
        guess: guessText(score.guess, score.examples, writer),
      });
    case 'accuracy':
      return t('inWords.score.accuracy', {
        accuracy: percent(score.accuracy, score.examples, writer),
        things: things(score.examples, writer),
      });
    case 'fitFell':
    case 'fitRose':
    case 'fitAbout':
      return t(`inWords.score.${score.kind}`, {
        r2: decimal(score.r2, writer),
        mse: decimal(score.mse, writer),
        mseBefore: decimal(score.mseBefore, writer),
        things: things(score.examples, writer),
      });
    case 'noFit':
      return t(score.r2Before === null ? 'inWords.score.noFit' : 'inWords.score.fitCollapsed', {
        r2: decimal(score.r2, writer),
        r2Before: score.r2Before === null ? '' : decimal(score.r2Before, writer),
      });
    case 'fit':
      return t('inWords.score.fit', {
        r2: decimal(score.r2, writer),
        mse: decimal(score.mse, writer),
      });
  }
}

function reasonText(reason: SpeedReason, writer: Writer): string {
  const key = `inWords.reason.${reason.kind}`;
  switch (reason.kind) {
    case 'larger':
      return writer.t(key, { more: times(reason.more, writer) });
    case 'smaller':
    case 'despite':
      return writer.t(key, { less: times(reason.less, writer) });
    case 'start':
      return writer.t(key, {
        less: times(reason.less, writer),
        batch: reason.batch,
        times: times(reason.times, writer),
      });
    case 'integers':
    case 'integersDespite':
    case 'zeros':
    case 'rounded':
    case 'zerosRounded':
    case 'unchanged':
      return writer.t(key);
  }
}

function adviceText(advice: Advice, writer: Writer): string {
  if (advice.kind === 'roundingGrows') {
    const key = advice.perChannel ? 'roundingGrowsByChannel' : 'roundingGrows';
    const { format } = writer;
    return writer.t(`inWords.advice.${key}`, {
      after: format.bytes(advice.bytes),
      before: format.bytes(advice.before),
    });
  }
  const bits = 'bits' in advice ? writer.t('unit.bits', { count: advice.bits }) : '';
  return writer.t(`inWords.advice.${advice.kind}`, { bits, ...names(writer) });
}

/** What the page's own buttons and steps are called. */
function names({ t }: Writer) {
  return {
    play: t('header.play'),
    train: t('technique.train'),
    prune: t('technique.prune'),
    quantize: t('technique.quantize'),
    lowrank: t('technique.lowrank'),
    distill: t('technique.distill'),
  };
}

/** `10,000 test digits`. */
function things(count: number, { t, format, dataset }: Writer): string {
  const gaps = { count, formatted: format.number(count, 0) };
  const named = t(`inWords.things.${dataset}`, gaps, '');
  return named === '' ? t('inWords.things.other', gaps) : named;
}

function confusion({ label, answer, count }: Confusion, writer: Writer) {
  const { t, format, dataset } = writer;
  const key = dataset === 'mnist' ? 'inWords.confused.digits' : 'inWords.confused.classes';
  return {
    confused: t(key, { label: className(label, writer), answer: className(answer, writer) }),
    times: format.number(count, 0),
  };
}

function guessText({ answer, share, stuckOn }: Guess, examples: number, writer: Writer): string {
  return stuckOn === null
    ? writer.t('inWords.guess.best', {
        answer: className(answer, writer),
        share: percent(share, examples, writer),
        most: percent(Math.min(1, share + guessMargin(share, examples)), examples, writer),
      })
    : writer.t('inWords.guess.stuck', { answer: className(stuckOn, writer) });
}

function className(name: string, { t }: Writer): string {
  return t(`compare.className.${name}`, {}, name);
}

/** Accuracy with as many digits as the number of examples gives meaning to. */
function percent(value: number, examples: number, { format }: Writer): string {
  return format.percent(value, examples >= 1_000 ? 2 : 1);
}

/** `90 %`, `87.5 %`; not rounded up to everything. */
function share(value: number, format: Format): string {
  const rounded = Math.round(value * 1_000) / 10;
  return `${format.number(value < 1 ? Math.min(99.9, rounded) : rounded)} %`;
}

/** R² and errors as the table writes them. */
function decimal(value: number, { format }: Writer): string {
  return format.number(value, Math.abs(value) < 0.1 ? 4 : 3);
}

/** Ratios as the table writes them. */
function times(ratio: number, { format }: Writer): string {
  return format.number(ratio, ratio < 1.05 ? 2 : ratio < 10 ? 1 : 0);
}
