import type { OptionValue } from '../../../state/recipe';

export interface Paper {
  readonly name: string;
  readonly url: string;
}

/** What a step computes, in TeX, with what its letters mean, and where it comes from. */
export interface Source {
  readonly tex: string;
  /** Keys of the texts that explain it, `formula.<key>`. */
  readonly texts: readonly string[];
  readonly paper?: Paper;
}

/** A step's options by name. */
export type Options = (name: string) => OptionValue | undefined;
