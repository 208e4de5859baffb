import { shorten } from './model-errors';
import type { Problem } from './problem';

/** More are counted and not listed: a garbled link has one thing wrong with it, not a thousand. */
const MAX_LISTED = 20;

interface Replaced {
  /** The reserved key, the technique, or `<technique>.<option>`. */
  readonly key: string;
  readonly held: string;
  /** What is used instead; empty where it is left out. */
  readonly used: string;
}

/** Collects what was wrong with a link: each thing with its key, what it held, and what is used instead. */
export class LinkProblems {
  private readonly listed: Problem[] = [];
  private unlisted = 0;

  replaced(what: Replaced): void {
    this.add('linkReplaced', what, (key, held, used) =>
      used === ''
        ? `The link's "${key}" held "${held}", which cannot be read, so it is left out.`
        : `The link's "${key}" held "${held}", which cannot be read; ${used} is used instead.`,
    );
  }

  unfit(what: Replaced, reason: string): void {
    this.add(
      'linkUnfit',
      what,
      (key, held, used) => `The link's "${key}" held "${held}"; ${used} is used instead. ${reason}`,
      { reason },
    );
  }

  unknownKey(key: string, held: string): void {
    this.add(
      'linkUnknownKey',
      { key, held, used: '' },
      (name, value) =>
        `The link holds "${name}=${value}", which is no step or setting known here; it is left out.`,
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
      { length: held.length, max },
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
      message: `${String(count)} more things in the link could not be read.`,
    };
    return [...this.listed, more];
  }

  private add(
    code: string,
    what: Replaced,
    sentence: (key: string, held: string, used: string) => string,
    more: Readonly<Record<string, string | number>> = {},
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
      params: { key, held, used, ...more },
      at: 'link',
      message: sentence(key, held, used),
    });
  }
}
