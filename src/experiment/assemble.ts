import type { Architecture, Layer, Shape } from './architecture';
import type { LayerPlan } from './layer-text';
import { modelError } from './model-errors';
import { denseMultiplyAdds } from './multiply-adds';
import { countParameters } from './parameters';
import type { WhittleError } from './problem';
import { placeLayer, sizeOf } from './shapes';

export const MAX_LAYERS = 40;
export const MAX_PARAMETERS = 5_000_000;
/** Numbers that one layer may put out for one example, so that a batch fits in memory. */
const MAX_OUTPUTS = 2 ** 18;
/** For one example, so that an iteration ends while somebody waits. */
const MAX_MULTIPLY_ADDS = 200_000_000;

/**
 * The network of these layers, names and shapes filled in, its size checked. Layers are named by
 * `nameLayers` unless `names` are given.
 * @throws WhittleError `at: 'model'`, naming the layer, where shapes do not fit or a limit is passed.
 */
export function assemble(
  { task, input, outputs }: Pick<Architecture, 'task' | 'input' | 'outputs'>,
  plans: readonly LayerPlan[],
  names: readonly string[] = nameLayers(plans),
): Architecture {
  if (plans.length > MAX_LAYERS) {
    throw modelError('tooManyLayers', { count: plans.length, max: MAX_LAYERS });
  }
  const layers: Layer[] = [];
  plans.forEach((plan, index) => {
    const name = names[index] ?? plan.type;
    const layer = placeLayer(plan, name, layers.at(-1)?.output ?? input);
    if (sizeOf(layer.output) > MAX_OUTPUTS) throw layerTooWide(layer);
    layers.push(layer);
  });
  const architecture: Architecture = { task, input, outputs, layers };
  checkSize(architecture);
  return architecture;
}

/** Names by type, in order: `conv1`, `conv2`, `dense1`. */
export function nameLayers(plans: readonly Pick<LayerPlan, 'type'>[]): readonly string[] {
  const count = new Map<LayerPlan['type'], number>();
  return plans.map(({ type }) => {
    const number = (count.get(type) ?? 0) + 1;
    count.set(type, number);
    return `${type}${String(number)}`;
  });
}

/** The layers with a flatten wherever a dense layer comes to stand on a picture. */
export function withFlattens(plans: readonly LayerPlan[], input: Shape): readonly LayerPlan[] {
  let isPicture = input.length > 1;
  return plans.flatMap((plan): readonly LayerPlan[] => {
    const flattens = plan.type === 'dense' && isPicture;
    if (plan.type === 'dense' || plan.type === 'flatten') isPicture = false;
    return flattens ? [{ type: 'flatten' }, plan] : [plan];
  });
}

function checkSize(architecture: Architecture): void {
  const parameters = countParameters(architecture);
  if (parameters > MAX_PARAMETERS) {
    throw modelError('tooManyParameters', { count: parameters, max: MAX_PARAMETERS });
  }
  const products = denseMultiplyAdds(architecture);
  if (products > MAX_MULTIPLY_ADDS) {
    throw modelError('tooManyMultiplyAdds', { count: products, max: MAX_MULTIPLY_ADDS });
  }
}

function layerTooWide({ name, output }: Layer): WhittleError {
  return modelError('layerTooWide', { layer: name, numbers: sizeOf(output), max: MAX_OUTPUTS });
}
