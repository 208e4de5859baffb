import { atOnce } from '../at-once';
import type { RunTechnique } from '../run';

/** Puts two thin layers in place of dense ones. What takes a kernel apart loads when it is first used. */
export const runLowRank: RunTechnique<'lowrank'> = (checkpoint, options) =>
  atOnce(async () => {
    const { lowRank } = await import('./low-rank');
    return lowRank(checkpoint, options);
  });
