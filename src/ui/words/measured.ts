import type { Experiment } from '../../experiment/experiment';
import type { Variant } from '../../experiment/report';
import type { Page } from '../../state/page-state';

/** Variants with the experiment that they were measured of. */
export interface Measured {
  readonly variants: readonly Variant[];
  readonly experiment: Experiment;
}

let last: Measured | null = null;

/**
 * The page's variants, with the experiment as it was when they came: after an edit the old ones stay
 * until the worker has answered, and must not be told in the words of the new experiment.
 */
export function measuredOf({ variants, link }: Page): Measured {
  // Of nothing measured the present experiment is the only one to speak of.
  if (
    last?.variants !== variants ||
    (variants.length === 0 && last.experiment !== link.experiment)
  ) {
    last = { variants, experiment: link.experiment };
  }
  return last;
}
