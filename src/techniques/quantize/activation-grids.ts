import type { Engine } from '../../engine/trainer';
import type { ActivationGrid, Architecture, Layer } from '../../experiment/architecture';
import type { Checkpoint } from '../../experiment/checkpoint';
import type { Batch } from '../../experiment/dataset';
import { MAX_SCALE } from '../../experiment/layer-text';
import { WhittleError } from '../../experiment/problem';
import { withoutGrids } from '../float-activations';
import { inputsOf } from '../inner-values';
import { unitLayers } from '../unit-layers';
import { fitGrid, type Range } from './grid';
import { roundHalfEven } from './round';

/** By layer with units: the grid of what it takes in. */
export type ActivationGrids = Readonly<Record<string, ActivationGrid>>;

/** The float32 number on the grid that is nearest to `value`. */
export function onGrid(value: number, { bits, scale, zeroPoint }: ActivationGrid): number {
  const code = roundHalfEven(value / scale) + zeroPoint;
  return Math.fround((Math.max(0, Math.min(2 ** bits - 1, code)) - zeroPoint) * scale);
}

/**
 * Affine grids of so many bits that cover what every layer with units takes in on these examples, zero
 * included. Grids that there are already are not looked through.
 * @throws WhittleError `activationsNotFinite`, naming the layer
 */
export async function calibrate(
  checkpoint: Checkpoint,
  { bits, range }: { readonly bits: number; readonly range: Range },
  examples: Batch,
  engine: Engine,
): Promise<ActivationGrids> {
  const plain = { ...checkpoint, architecture: withoutGrids(checkpoint.architecture) };
  const grids: Record<string, ActivationGrid> = {};
  for (const layer of unitLayers(plain.architecture)) {
    const values = await inputsOf(layer, plain, examples, engine);
    if (!values.every(Number.isFinite)) throw notFinite(layer.name);
    const all = { values, mask: undefined, offset: 0, stride: 1, end: values.length };
    const { scale, zeroPoint } = fitGrid('affine', bits, all, range);
    grids[layer.name] = { bits, scale: Math.min(scale, MAX_SCALE), zeroPoint };
  }
  return grids;
}

/** The network with these grids before its layers, in place of those that it had. */
export function withGrids(architecture: Architecture, grids: ActivationGrids): Architecture {
  let count = 0;
  const layers = withoutGrids(architecture).layers.flatMap((layer): Layer[] => {
    const grid = grids[layer.name];
    if (grid === undefined) return [layer];
    count += 1;
    const { input } = layer;
    const name = `quantize${String(count)}`;
    return [{ type: 'quantize', ...grid, name, input, output: input }, layer];
  });
  return { ...architecture, layers };
}

function notFinite(layer: string): WhittleError {
  return new WhittleError({
    code: 'activationsNotFinite',
    params: { layer },
    at: 'target',
    message: `What ${layer} takes in is not always a finite number, so it cannot be quantized. Train again with a smaller learning rate, or quantize the weights alone.`,
  });
}
