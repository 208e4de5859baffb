import type { Architecture } from '../../experiment/architecture';
import { WhittleError } from '../../experiment/problem';
import { atOnce } from '../at-once';
import type { RunTechnique } from '../run';

/**
 * Goes on with the network of a file: its layers, weights, masks and grids.
 * @throws WhittleError where the file is not in this browser, or takes or gives other numbers than the data has
 */
export const runLoad: RunTechnique<'load'> = (checkpoint, { file }, { network }) =>
  atOnce(async () => {
    if (network === undefined) throw new RangeError('Nothing keeps files here.');
    const loaded = await network(file);
    const fits = interfaceOf(loaded.architecture) === interfaceOf(checkpoint.architecture);
    if (!fits) throw unfit(loaded.architecture, checkpoint.architecture);
    return { ...checkpoint, ...loaded, optimizer: null };
  });

/** What a network has to have in common with the data: `28 × 28 × 1 → 10 classes`. */
function interfaceOf({ task, input, outputs }: Architecture): string {
  const things = task === 'classification' ? 'classes' : 'numbers';
  return `${input.join(' × ')} → ${String(outputs)} ${things}`;
}

function unfit(is: Architecture, wanted: Architecture): WhittleError {
  return new WhittleError({
    code: 'fileUnfit',
    params: { is: interfaceOf(is), wanted: interfaceOf(wanted) },
    at: 'file',
    message: `The file's network is ${interfaceOf(is)}, and the data needs ${interfaceOf(wanted)}. Choose another file, or other data.`,
  });
}
