import type { Architecture } from '../../experiment/architecture';
import type { Checkpoint } from '../../experiment/checkpoint';
import { WhittleError } from '../../experiment/problem';
import { sizeOf } from '../../experiment/shapes';
import { atOnce } from '../at-once';
import type { RunTechnique } from '../run';

/**
 * Goes on with the network of a file: its layers, weights, masks and grids.
 * @throws WhittleError where the file is not in this browser, or takes or gives other numbers than the data has
 */
export const runLoad: RunTechnique<'load'> = (checkpoint, { file }, { network }) =>
  atOnce(async () => {
    if (network === undefined) throw new RangeError('Nothing keeps files here.');
    const found = await network(file);
    const loaded = { ...found, architecture: onPictures(found.architecture, checkpoint) };
    const fits = interfaceOf(loaded.architecture) === interfaceOf(checkpoint.architecture);
    if (!fits) throw unfit(loaded.architecture, checkpoint.architecture);
    return { ...checkpoint, ...loaded, optimizer: null };
  });

/** What a network has to have in common with the data: `28 × 28 × 1 → 10 classes`. */
function interfaceOf({ task, input, outputs }: Architecture): string {
  const things = task === 'classification' ? 'classes' : 'numbers';
  return `${input.join(' × ')} → ${String(outputs)} ${things}`;
}

/** A network of rows on pictures of as many numbers: they are flattened first. */
function onPictures(architecture: Architecture, { architecture: { input } }: Checkpoint) {
  const [length, ...others] = architecture.input;
  if (others.length > 0 || input.length === 1 || length !== sizeOf(input)) return architecture;
  const flatten = { type: 'flatten', name: 'flatten1', input, output: architecture.input } as const;
  return { ...architecture, input, layers: [flatten, ...architecture.layers] };
}

function unfit(is: Architecture, wanted: Architecture): WhittleError {
  return new WhittleError({
    code: 'fileUnfit',
    params: { is: interfaceOf(is), wanted: interfaceOf(wanted) },
    at: 'file',
    message: `The file's network is ${interfaceOf(is)}, and the data needs ${interfaceOf(wanted)}. Choose another file, or other data.`,
  });
}
