import { ACTIVATIONS } from './architecture';
import type { Architecture, Layer } from './architecture';
import { assemble, withFlattens } from './assemble';
import type { Checkpoint } from './checkpoint';
import { resolveDataset } from './dataset';
import type { DatasetInfo } from './dataset';
import type { Experiment, ModelRef } from './experiment';
import { defaultInitializer, parseLayer, printLayer, unknownLayer } from './layer-text';
import type { LayerPlan } from './layer-text';
import { modelError, shorten } from './model-errors';
import { initialParameters } from './parameters';
import { WhittleError } from './problem';
import { randomOf } from './random';
import { sizeOf } from './shapes';

export { countParameters } from './parameters';
export { multiplyAdds } from './multiply-adds';

/** Ids of the reference networks of docs/definitions.md. */
export const REFERENCE_MODELS = ['lenet-300-100', 'lenet-5', 'lenet-5-classic'] as const;

/** The reference networks as layer strings. */
const REFERENCES: Readonly<Record<(typeof REFERENCE_MODELS)[number], string>> = {
  'lenet-300-100': 'mlp:300-100',
  'lenet-5': 'net:conv-20-k5,maxpool-2,conv-50-k5,maxpool-2,dense-500',
  'lenet-5-classic': 'net:conv-6-k5-same,avgpool-2,conv-16-k5,avgpool-2,dense-120,dense-84',
};

/** Longer layer strings would not fit in a link. */
const MAX_TEXT = 1_500;

/**
 * The network that `ref` names on a data set, with every shape checked. The output layer is added, and
 * a flatten where a dense layer comes to stand on a picture.
 * @throws WhittleError `at: 'model'`, naming the layer, where the string cannot be read or shapes do not fit.
 */
export function resolveModel(
  ref: ModelRef,
  { task, shape, outputs }: Pick<DatasetInfo, 'task' | 'shape' | 'outputs'>,
): Architecture {
  const output: LayerPlan = {
    type: 'dense',
    units: outputs,
    activation: 'none',
    initializer: defaultInitializer('none'),
  };
  const plans = withFlattens([...readModel(ref), output], shape);
  return assemble({ task, input: shape, outputs }, plans);
}

function readModel(ref: ModelRef): readonly LayerPlan[] {
  if (ref.length > MAX_TEXT) throw modelError('tooLongModel', { count: ref.length, max: MAX_TEXT });
  const reference = REFERENCE_MODELS.find((id) => id === ref);
  const text = reference === undefined ? withoutSpaces(ref) : REFERENCES[reference];
  const body = text.slice(4);
  if (text.startsWith('net:')) return body === '' ? [] : readLayers(body.split(','));
  const mlp = /^mlp:((?:\d+(?:-\d+)*)?)(?::([a-z]+))?$/.exec(text);
  const activation = ACTIVATIONS.find((each) => each === (mlp?.[2] ?? 'relu'));
  if (mlp === null || activation === undefined) throw unknownModel(ref);
  const units = (mlp[1] ?? '').split('-').filter((each) => each !== '');
  return units.map((each) => parseLayer(`dense-${each}-${activation}`, each));
}

function readLayers(texts: readonly string[]): readonly LayerPlan[] {
  const missing = texts.indexOf('');
  if (missing !== -1) throw missingLayer(missing, texts.length);
  return texts.map((text) => {
    const plan = parseLayer(text);
    // Its grid is found on data, by a step.
    if (plan.type === 'quantize') throw unknownLayer(text);
    return plan;
  });
}

/** The same reference without the spaces that somebody typed between its parts: links have none. */
export function withoutSpaces(ref: ModelRef): ModelRef {
  return ref.trim().replace(/\s*([,:])\s*/g, '$1');
}

/**
 * The shortest layer string of the hidden layers: `resolveModel` makes the same network of it on data
 * of the same shape.
 */
export function layerString({ layers }: Pick<Architecture, 'layers'>): string {
  const hidden = layers.slice(0, -1).filter((layer, index) => {
    const isAutomatic =
      layer.type === 'flatten' && layer.input.length > 1 && layers[index + 1]?.type === 'dense';
    return !isAutomatic;
  });
  return `net:${hidden.map(printLayer).join(',')}`;
}

/** The shortest reference to the same network: a reference network's own name, `mlp:16-16`, else as it is. */
export function shortestRef(ref: ModelRef): ModelRef {
  const plans = readModel(ref);
  const units = plans.flatMap((plan) => (plan.type === 'dense' ? [plan.units] : []));
  const mlp = units.length === plans.length ? [`mlp:${units.join('-')}`] : [];
  const textOf = (of: readonly LayerPlan[]) => of.map(printLayer).join();
  const text = textOf(plans);
  return [...REFERENCE_MODELS, ...mlp].find((id) => textOf(readModel(id)) === text) ?? ref;
}

/** Whatever shape goes in comes out. */
const PASSING: readonly Layer['type'][] = ['batchnorm', 'dropout', 'quantize'];

/** The network in a line, in any language: `784 – 300 – 100 – 10`, `28×28×1 – 20@5×5 – BN – ↓2 – … – 10`. */
export function describeModel({ input, layers }: Pick<Architecture, 'input' | 'layers'>): string {
  const starts = layers.find(({ type }) => !PASSING.includes(type));
  const first =
    starts?.type === 'dense' || starts?.type === 'flatten'
      ? String(sizeOf(input))
      : input.join('×');
  return [first, ...layers.flatMap(describeLayer)].join(' – ');
}

function describeLayer(layer: Layer): readonly string[] {
  switch (layer.type) {
    case 'dense':
      return [String(layer.units)];
    case 'conv':
      return [`${String(layer.filters)}@${String(layer.kernel)}×${String(layer.kernel)}`];
    case 'maxpool':
    case 'avgpool':
      return [`↓${String(layer.size)}`];
    case 'batchnorm':
      return ['BN'];
    case 'dropout':
      return [`drop ${String(layer.rate)}`];
    case 'quantize':
      return [`Q${String(layer.bits)}`];
    case 'flatten':
      return [];
  }
}

/**
 * The checkpoint before the first step: kernels drawn from the experiment's seed, in layer order.
 * @throws WhittleError `at: 'data'` or `'model'` where the reference names nothing or the network does not fit.
 */
export function initialCheckpoint({
  dataset,
  model,
  seed,
}: Pick<Experiment, 'dataset' | 'model' | 'seed'>): Checkpoint {
  const resolved = resolveDataset(dataset);
  if (resolved === null) throw unknownDataset(dataset);
  const architecture = resolveModel(model, resolved.info);
  const random = randomOf(seed);
  const parameters = initialParameters(architecture, random);
  return {
    dataset,
    architecture,
    parameters,
    masks: {},
    quantizers: {},
    optimizer: null,
    random: random.state(),
    iteration: 0,
    epoch: 0,
  };
}

export function unknownDataset(ref: string): WhittleError {
  const dataset = shorten(ref);
  return new WhittleError({
    code: 'unknownDataset',
    params: { dataset },
    at: 'data',
    message: `There is no data set "${dataset}". Choose one from the list.`,
  });
}

function missingLayer(index: number, count: number): WhittleError {
  if (index === count - 1) {
    return modelError('lastLayerMissing', {});
  }
  return modelError('layerMissing', { number: index + 1 });
}

function unknownModel(ref: ModelRef): WhittleError {
  return modelError('unknownModel', { model: shorten(ref), known: REFERENCE_MODELS.join(', ') });
}
