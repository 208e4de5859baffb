import { atOnce } from '../at-once';
import type { RunTechnique } from '../run';
import { fold } from './fold';

/** Folds batch norm into the layers beside it, at once. */
export const runFold: RunTechnique<'fold'> = (checkpoint) => atOnce(() => fold(checkpoint));
