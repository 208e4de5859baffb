import type { Link } from './experiment';
import type { Problem } from './problem';
import type { TechniqueSpecs } from './technique';

export const LINK_VERSION = 1;
export const MAX_LINK_LENGTH = 2_000;

/** Reads a fragment, with or without `#`. Never throws: what it cannot read is replaced by the default and named. */
export function parseLink(
  fragment: string,
  specs: TechniqueSpecs,
): { link: Link; problems: readonly Problem[] } {
  throw new Error(`not yet written: ${fragment} ${Object.keys(specs).join()}`);
}

/** The shortest fragment (without `#`) that `parseLink` reads as `link`. */
export function printLink(link: Link, specs: TechniqueSpecs): string {
  throw new Error(`not yet written: ${JSON.stringify(link)} ${Object.keys(specs).join()}`);
}
