import type { RunTechnique } from '../run';
import { judge } from './judge';
import { prune } from './prune';

// eslint-disable-next-line require-yield -- nothing is trained between the beginning and the end
export const runPrune: RunTechnique<'prune'> = async function* (checkpoint, options, context) {
  const { judgement, random } = await judge(checkpoint, options, context);
  return { ...prune(checkpoint, options, judgement), random };
};
