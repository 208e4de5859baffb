import type { Experiment } from '../../experiment/experiment';
import type { Problem } from '../../experiment/problem';

/** What changed along with the data, which is called `name`; null where nothing did. It goes with the next edit. */
export function adaptedNote(before: Experiment, after: Experiment, name: string): Problem | null {
  const same =
    before.model === after.model && JSON.stringify(before.recipe) === JSON.stringify(after.recipe);
  if (same) return null;
  return {
    code: 'adapted',
    params: { name },
    at: 'adapted',
    message: `The network and its training were adapted to “${name}”, since those before do not suit it. Undo takes that back, and the choice of the data with it.`,
  };
}
