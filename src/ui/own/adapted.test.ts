import { expect, it } from 'vitest';
import { defaultExperiment } from '../../experiment/link';
import { onDataset } from '../../state/adapt';
import { techniqueSpecs } from '../../techniques/registry';
import { adaptedNote } from './adapted';

const small = 'own:9f3a2b1c-8k:12:c5';

it('what changes along with the data is told, and nothing where nothing does', () => {
  const pictures = defaultExperiment(techniqueSpecs, 'mnist');
  const rows = onDataset(pictures, small);
  expect(adaptedNote(pictures, rows, 'wine')).toMatchObject({
    ...{ code: 'adapted', params: { name: 'wine' } },
    message: expect.stringContaining('adapted to “wine”'),
  });
  expect(adaptedNote(rows, onDataset(rows, 'iris'), 'wine')).toBeNull();
});
