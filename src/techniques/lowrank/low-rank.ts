import type { DenseLayer } from '../../experiment/architecture';
import { MAX_LAYERS } from '../../experiment/assemble';
import type { Checkpoint, Parameter } from '../../experiment/checkpoint';
import { parameterShapes } from '../../experiment/parameters';
import { WhittleError } from '../../experiment/problem';
import { decompose, type Decomposition } from './decompose';
import { denseLayers, factored, smallerAt, thinLayers } from './layers';
import type { LowRankOptions } from './spec';

/**
 * The network with two thin dense layers in place of each dense layer that becomes smaller by it: of all
 * kernels of the rank, their product is the nearest to the kernel that was, by the sum of squares. The bias
 * stays with the second; the first has one of zeros.
 *
 * The product of what is left of a pruned or rounded kernel is neither: its mask and its quantizer go, those
 * of other layers stay. The optimizer's memory belongs to what was.
 * @throws WhittleError at `energy` or `rank` where no layer would change, or there would be too many.
 */
export function lowRank(checkpoint: Checkpoint, options: LowRankOptions): Checkpoint {
  const parts = new Map<string, { decomposition: Decomposition; rank: number }>();
  for (const layer of denseLayers(checkpoint.architecture)) {
    const kernel = checkpoint.parameters[`${layer.name}.kernel`];
    if (kernel === undefined) continue;
    const decomposition = decomposeLayer(layer, kernel);
    const rank = rankOf(layer, decomposition, options);
    if (rank !== null) parts.set(layer.name, { decomposition, rank });
  }
  const architecture = factored(
    checkpoint.architecture,
    ({ name }) => parts.get(name)?.rank ?? null,
  );
  if (parts.size === 0) throw nothingSmaller(options);
  if (architecture.layers.length > MAX_LAYERS) throw tooDeep(architecture.layers.length);
  const replaced = denseLayers(checkpoint.architecture).flatMap((layer) => {
    const part = parts.get(layer.name);
    return part === undefined ? [] : [{ layer, ...part }];
  });
  const gone = new Set(
    replaced.flatMap(({ layer: { name } }) => [`${name}.kernel`, `${name}.bias`]),
  );
  const rest = <Value>(record: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !gone.has(name)));
  const made = replaced.map(({ layer, decomposition, rank }) =>
    thinParameters(layer, checkpoint.parameters, decomposition, rank),
  );
  const parameters = new Map(
    [checkpoint.parameters, ...made].flatMap((record) => Object.entries(record)),
  );
  return {
    ...checkpoint,
    architecture,
    parameters: Object.fromEntries(
      parameterShapes(architecture).flatMap(({ name }) => {
        const parameter = parameters.get(name);
        return parameter === undefined ? [] : [[name, parameter]];
      }),
    ),
    masks: rest(checkpoint.masks),
    quantizers: rest(checkpoint.quantizers),
    optimizer: null,
  };
}

function decomposeLayer({ name }: DenseLayer, kernel: Parameter): Decomposition {
  if (kernel.values.every(Number.isFinite)) return decompose(kernel);
  throw new WhittleError({
    code: 'notFiniteRank',
    params: { layer: name },
    message: `The weights of ${name} are not all finite numbers, so they cannot be taken apart. Train again with a smaller learning rate.`,
  });
}

/** The rank of the layer, no more than its kernel has; null where that makes it no smaller. */
function rankOf(
  layer: DenseLayer,
  { singular }: Decomposition,
  { by, rank, energy }: LowRankOptions,
): number | null {
  const wanted = by === 'rank' ? rank : rankWithEnergy(singular, energy);
  return smallerAt(layer, Math.min(wanted, singular.length));
}

/** The least rank whose singular values make up that share of all their squares, at least 1. */
export function rankWithEnergy(singular: Float64Array, share: number): number {
  const all = singular.reduce((sum, value) => sum + value ** 2, 0);
  let kept = 0;
  const last = singular.findIndex((value) => (kept += value ** 2) >= share * all);
  return last === -1 ? singular.length : last + 1;
}

/** The parameters of the two layers that stand in place of one. */
function thinParameters(
  layer: DenseLayer,
  before: Checkpoint['parameters'],
  { singular, left, right }: Decomposition,
  rank: number,
): Record<string, Parameter> {
  const [first, second] = thinLayers(layer, rank);
  const inputs = left.length / singular.length;
  const bias = before[`${layer.name}.bias`];
  const kernel = (shape: readonly number[], values: Float32Array): Parameter => ({
    ...{ role: 'kernel', shape, values },
  });
  return {
    [`${first.name}.kernel`]: kernel(
      [inputs, rank],
      left.filter((_, i) => i % singular.length < rank),
    ),
    [`${first.name}.bias`]: { role: 'bias', shape: [rank], values: new Float32Array(rank) },
    [`${second.name}.kernel`]: kernel([rank, layer.units], right.slice(0, rank * layer.units)),
    ...(bias && { [`${second.name}.bias`]: bias }),
  };
}

function nothingSmaller({ by, rank, energy }: LowRankOptions): WhittleError {
  const share = Number((100 * energy).toFixed(1));
  return new WhittleError({
    code: by === 'rank' ? 'rankChangesNothing' : 'energyChangesNothing',
    params: { rank, share },
    at: by,
    message: `At ${by === 'rank' ? `rank ${String(rank)}` : `${String(share)} % of the energy`} two thinner layers are no smaller than any dense layer of this network, so nothing would change. Choose less.`,
  });
}

function tooDeep(layers: number): WhittleError {
  return new WhittleError({
    code: 'lowRankTooDeep',
    params: { layers, max: MAX_LAYERS },
    at: 'by',
    message: `With two layers in place of one this network would have ${String(layers)}; at most ${String(MAX_LAYERS)} are possible here. Take a network with fewer layers.`,
  });
}
