import type { Checkpoint } from '../experiment/checkpoint';
import type { TechniqueId, TechniqueOptions } from '../experiment/step';
import type { RunTechnique } from './run';

/** A technique without training inside: a pure function of the checkpoint and the options. */
export type InstantTechnique<Id extends TechniqueId> = (
  checkpoint: Checkpoint,
  options: TechniqueOptions[Id],
) => Checkpoint;

/** Runs an instant technique like any other: it yields nothing and returns the next checkpoint. */
export function instantly<Id extends TechniqueId>(apply: InstantTechnique<Id>): RunTechnique<Id> {
  // eslint-disable-next-line require-yield -- there is nothing between the beginning and the end
  return async function* (checkpoint, options) {
    return await Promise.resolve(apply(checkpoint, options));
  };
}
