import type { Engine } from '../../engine/trainer';
import type { Checkpoint } from '../../experiment/checkpoint';
import type { Batch } from '../../experiment/dataset';
import { sumsOf } from '../inner-values';
import { unitLayers, type UnitLayer } from '../unit-layers';

/**
 * The rounded network with biases that give back to every unit the mean that it had: layer by layer, the bias
 * takes the mean difference, over the examples and places, of what the whole and the rounded network put into
 * the activation (Nagel et al. 2019). Layers before are corrected already.
 */
export async function correctBiases(
  whole: Checkpoint,
  rounded: Checkpoint,
  examples: Batch,
  engine: Engine,
): Promise<Checkpoint> {
  let corrected = rounded;
  for (const layer of unitLayers(whole.architecture)) {
    const name = `${layer.name}.bias`;
    const bias = corrected.parameters[name];
    if (bias === undefined) continue;
    const wanted = await meansBefore(layer, whole, examples, engine);
    const given = await meansBefore(layer, corrected, examples, engine);
    const values = bias.values.map((b, unit) => b + (wanted[unit] ?? 0) - (given[unit] ?? 0));
    corrected = {
      ...corrected,
      parameters: { ...corrected.parameters, [name]: { ...bias, values } },
    };
  }
  return corrected;
}

/** The mean of what goes into a layer's activation, by unit. */
async function meansBefore(
  layer: UnitLayer,
  checkpoint: Checkpoint,
  examples: Batch,
  engine: Engine,
): Promise<Float64Array> {
  const sums = new Float64Array(layer.output.at(-1) ?? 1);
  const values = await sumsOf(layer, checkpoint, examples, engine);
  values.forEach((value, i) => {
    const unit = i % sums.length;
    sums[unit] = (sums[unit] ?? 0) + value;
  });
  return sums.map((sum) => (sum * sums.length) / values.length);
}
