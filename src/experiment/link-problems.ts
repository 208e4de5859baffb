import { DEFAULT_NOISE, MAX_NOISE } from './dataset';
import { shorten } from './model-errors';
import type { NumberMeta } from './options';
import type { Problem } from './problem';

/** More are counted and not listed: a garbled link has one thing wrong with it, not a thousand. */
const MAX_LISTED = 20;

interface Replaced {
  /** The reserved key, the technique, or `<technique>.<option>`. */
  readonly key: string;
  readonly held: string;
  readonly used: string;
}

/** The numbers that an option takes. */
type Range = Pick<NumberMeta, 'min' | 'max' | 'integer'>;

/** What a problem tells beside the key and its value. */
interface More {
  readonly params?: Problem['params'];
  readonly cause?: Problem;
}

/** Collects what was wrong with a link: each thing with its key, what it held, and what is used instead. */
export class LinkProblems {
  private readonly listed: Problem[] = [];
  private unlisted = 0;

  replaced(what: Replaced): void {
    this.add(
      'linkReplaced',
      what,
      (key, held, used) =>
        `The link's "${key}" held "${held}", which cannot be read; ${used} is used instead.`,
    );
  }

  leftOut(key: string, held: string): void {
    this.add(
      'linkLeftOut',
      { key, held, used: '' },
      (name, value) =>
        `The link's "${name}" held "${value}", which cannot be read, so it is left out.`,
    );
  }

  /** No number, or one out of its range. */
  notInRange(what: Replaced, { min, max, integer }: Range): void {
    this.add(
      integer ? 'linkNeedsInteger' : 'linkNeedsNumber',
      what,
      (key, held, used) =>
        `The link's "${key}" held "${held}"; a ${integer ? 'whole ' : ''}number from ${String(min)} to ${String(max)} is needed, so ${used} is used instead.`,
      { params: { min, max } },
    );
  }

  wrongNoise(held: string, dataset: string): void {
    this.add(
      'linkNoise',
      { key: 'data', held, used: dataset },
      (key, value, used) =>
        `The link's "${key}" held "${value}"; noise goes from 0 to ${String(MAX_NOISE)}, so ${used} with a noise of ${String(DEFAULT_NOISE)} is used instead.`,
      { params: { max: MAX_NOISE, noise: DEFAULT_NOISE } },
    );
  }

  noNoise(held: string, dataset: string): void {
    this.add(
      'linkNoNoise',
      { key: 'data', held, used: dataset },
      (key, value, used) =>
        `The link's "${key}" held "${value}"; ${used} takes no noise, so it is used as it is.`,
    );
  }

  unfit(what: Replaced, cause: Problem): void {
    this.add(
      'linkUnfit',
      what,
      (key, held, used) =>
        `The link's "${key}" held "${held}"; ${used} is used instead. ${cause.message}`,
      { params: { reason: cause.message }, cause },
    );
  }

  recipe(held: string, hasSteps: boolean): void {
    const used = hasSteps ? 'the steps of the link' : 'the default recipe';
    this.add(
      hasSteps ? 'linkRecipeAndSteps' : 'linkRecipe',
      { key: 'recipe', held, used },
      (key, value) =>
        `The link's "${key}" held "${value}", which cannot be read; ${used} ${hasSteps ? 'are' : 'is'} used instead.`,
    );
  }

  /** `written`: as the link has it, with or without an equals sign. */
  unknownKey(key: string, held: string, written: string): void {
    const shown = shorten(written);
    this.add(
      'linkUnknownKey',
      { key, held, used: '' },
      () => `The link holds "${shown}", which is no step or setting known here; it is left out.`,
      { params: { written: shown } },
    );
  }

  unknownOption(key: string, held: string): void {
    this.add(
      'linkUnknownOption',
      { key, held, used: '' },
      (name, value) =>
        `The link sets "${name}" to "${value}"; there is no such option, so it is left out.`,
    );
  }

  repeated(what: Replaced): void {
    this.add(
      'linkRepeated',
      what,
      (key, held, used) =>
        `The link gives "${key}" more than once; "${used}" counts, "${held}" is left out.`,
    );
  }

  newerVersion(held: string, used: string): void {
    this.add(
      'linkVersion',
      { key: 'v', held, used },
      () =>
        `The link was made by a newer Whittle (version ${shorten(held)} of links; this one reads ${used}), so parts of it may be missing.`,
    );
  }

  tooLong(held: string, max: number): void {
    this.add(
      'linkTooLong',
      { key: '', held, used: '' },
      () =>
        `The link is ${String(held.length)} characters long; at most ${String(max)} are read. The default experiment is shown instead.`,
      { params: { length: held.length, max } },
    );
  }

  tooManySteps(held: string, max: number): void {
    this.add(
      'linkTooManySteps',
      { key: 'recipe', held, used: String(max) },
      () => `The link has ${held} steps; the first ${String(max)} are used.`,
    );
  }

  all(): readonly Problem[] {
    if (this.unlisted === 0) return this.listed;
    const count = this.unlisted;
    const more: Problem = {
      code: 'linkMore',
      params: { count },
      at: 'link',
      message: `${String(count)} more ${count === 1 ? 'thing' : 'things'} in the link could not be read.`,
    };
    return [...this.listed, more];
  }

  private add(
    code: string,
    what: Replaced,
    sentence: (key: string, held: string, used: string) => string,
    { params, cause }: More = {},
  ): void {
    if (this.listed.length >= MAX_LISTED) {
      this.unlisted += 1;
      return;
    }
    const key = shorten(what.key);
    const held = shorten(what.held);
    const used = shorten(what.used);
    this.listed.push({
      code,
      params: { key, held, used, ...params },
      at: 'link',
      message: sentence(key, held, used),
      ...(cause === undefined ? {} : { cause }),
    });
  }
}
