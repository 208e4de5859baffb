import { useEffect, useState } from 'react';
import { variantAt } from '../../state/details';
import { whittleSession } from '../../state/store';
import type { Measured } from './measured';
import { subjectOf } from './sentences';

/**
 * On how many test examples the subject and its baseline answer differently, asked of the worker; null
 * where that means nothing and until it is known. `busy` until the answer is there.
 */
export function useDiffering(measured: Measured): {
  readonly differing: number | null;
  readonly busy: boolean;
} {
  const [answer, setAnswer] = useState<{ of: Measured; total: number | null } | null>(null);

  useEffect(() => {
    const asked = questionFor(measured);
    if (asked === null) return;
    const ended = new AbortController();
    const take = (total: number | null) => {
      if (!ended.signal.aborted) setAnswer({ of: measured, total });
    };
    whittleSession()
      .client.request('disagreements', { ...asked, limit: 1 }, { signal: ended.signal })
      .then(
        ({ total }) => {
          take(total);
        },
        // Without the answer the sentences leave the question open.
        () => {
          take(null);
        },
      );
    return () => {
      ended.abort();
    };
  }, [measured]);

  const known = answer?.of === measured ? answer : null;
  return {
    differing: known?.total ?? null,
    busy: known === null && questionFor(measured) !== null,
  };
}

/** The two networks to ask about; null where there are no two, or their answers are no classes. */
export function questionFor({ variants, experiment }: Measured) {
  const { network, baseline } = subjectOf(variants);
  if (network === undefined || baseline?.metrics.accuracy === undefined) return null;
  const [a, b] = [variantAt(experiment, baseline.id), variantAt(experiment, network.id)];
  return a === null || b === null ? null : { a, b };
}
