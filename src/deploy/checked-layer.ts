import { parseLayer, printLayer, type LayerPlan } from '../experiment/layer-text';
import { toProblem, type WhittleError } from '../experiment/problem';

/**
 * The layer as its text says it: within the limits of links and files, since a network that was read has to be
 * read again from those.
 * @throws what `bad` makes of the reason
 */
export function checkedLayer(plan: LayerPlan, bad: (reason: string) => WhittleError): LayerPlan {
  try {
    return parseLayer(printLayer(plan));
  } catch (error) {
    throw bad(toProblem(error).message.replace(/\.$/, ''));
  }
}
