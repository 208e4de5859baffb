import { useEffect, useState } from 'react';
import type { Batch } from '../../experiment/dataset';
import type { DatasetRef } from '../../experiment/experiment';
import { useWhittle, whittleSession } from '../../state/store';

/** Points drawn over a decision surface. More would hide it. */
const LIMIT = 400;

/** The training points of a data set; null until they are there, or where they cannot be had. */
export function usePoints(dataset: DatasetRef): Batch | null {
  const seed = useWhittle(({ link }) => link.experiment.seed);
  const key = `${dataset} ${String(seed)}`;
  const [found, setFound] = useState<{ readonly key: string; readonly points: Batch } | null>(null);

  useEffect(() => {
    const abort = new AbortController();
    whittleSession()
      .client.request(
        'examples',
        { dataset, seed, split: 'train', limit: LIMIT },
        { signal: abort.signal },
      )
      .then((points) => {
        if (!abort.signal.aborted) setFound({ key, points });
      })
      // Why data cannot be loaded is told at the data; the surface is drawn without points.
      .catch(() => undefined);
    return () => {
      abort.abort();
    };
  }, [dataset, seed, key]);
  return found?.key === key ? found.points : null;
}
