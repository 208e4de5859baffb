import { useMemo } from 'react';
import type { DatasetRef } from '../../experiment/experiment';
import { isOwn } from '../../experiment/own-dataset';
import { inked, usePalette } from './palette';
import { asGrey, type Tone } from './pixel-colours';

/** How grey pictures of a data set are shown: a user's own as they are, others as ink on the page. */
export function useTone(dataset: DatasetRef): Tone {
  const palette = usePalette();
  return useMemo(
    () => (isOwn(dataset) ? asGrey : (value: number) => inked(value, palette)),
    [dataset, palette],
  );
}
