import { useEffect, useState } from 'react';
import type { Batch } from '../../experiment/dataset';
import type { DatasetRef } from '../../experiment/experiment';
import { useWhittle, whittleSession } from '../../state/store';

/** Points drawn over a decision surface. More would hide it. */
const LIMIT = 400;

/**
 * The training points of a data set, of all or of those that a network learns from; null until they are there, or
 * where they cannot be had.
 */
export function usePoints(dataset: DatasetRef, learned: Uint32Array | undefined): Batch | null {
  const seed = useWhittle(({ link }) => link.experiment.seed);
  const rows = learned?.subarray(0, LIMIT).join() ?? '';
  const key = [dataset, seed, rows].join(' ');
  const [found, setFound] = useState<{ readonly key: string; readonly points: Batch } | null>(null);

  useEffect(() => {
    const abort = new AbortController();
    const among = rows === '' ? {} : { among: Uint32Array.from(rows.split(','), Number) };
    whittleSession()
      .client.request(
        'examples',
        { dataset, seed, split: 'train', limit: LIMIT, ...among },
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
  }, [dataset, seed, rows, key]);
  return found?.key === key ? found.points : null;
}
