import { parseLayer, printLayer, type LayerPlan } from '../experiment/layer-text';
import { toProblem, type WhittleError } from '../experiment/problem';
import type { Reason } from './reason';

/**
 * The layer as its text says it: within the limits of links and files, since a network that was read has to be
 * read again from those.
 * @throws what `bad` makes of the reason
 */
export function checkedLayer(plan: LayerPlan, bad: (reason: Reason) => WhittleError): LayerPlan {
  try {
    return parseLayer(printLayer(plan));
  } catch (error) {
    const problem = toProblem(error);
    throw bad({ ...problem, message: problem.message.replace(/\.$/, '') });
  }
}
