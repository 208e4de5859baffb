import { zipSync } from 'fflate';
import { BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM, LEAKY_SLOPE } from '../../engine/constants';
import type { Activation, Architecture, Layer } from '../../experiment/architecture';
import type { Checkpoint, ParameterRole } from '../../experiment/checkpoint';
import { layerParameters } from '../../experiment/parameters';
import { WhittleError } from '../../experiment/problem';
import { factTexts, type FileFacts } from '../file-facts';
import { FLOAT_BYTES, writeFloats } from '../float-bytes';
import { parameterOf } from '../parameter-of';

/** The two files that `tf.loadLayersModel` reads. */
export interface TfjsFiles {
  readonly model: string;
  readonly weights: Uint8Array;
}

export const MODEL_FILE = 'model.json';
export const WEIGHTS_FILE = 'weights.bin';

/** What Keras calls a parameter. */
export const KERAS_NAMES: Readonly<Record<Exclude<ParameterRole, 'step'>, string>> = {
  kernel: 'kernel',
  bias: 'bias',
  scale: 'gamma',
  shift: 'beta',
  mean: 'moving_mean',
  variance: 'moving_variance',
};

interface KerasLayer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** Both files in one, since the one is of no use without the other. */
export function zipTfjs({ model, weights }: TfjsFiles): Uint8Array {
  const files = { [MODEL_FILE]: new TextEncoder().encode(model), [WEIGHTS_FILE]: weights };
  // A date of its own would make other bytes of the same network every time.
  return zipSync(files, { mtime: '1980-01-02' });
}

/**
 * The network as a Keras model for TensorFlow.js. It gives what the network gives: logits, or values.
 * @throws WhittleError `tfjsRoundsNothing` where activations are rounded: Keras has no layer for that, and without
 * it the model would not give the answers whose accuracy the page shows.
 */
export function encodeTfjs(
  network: Pick<Checkpoint, 'architecture' | 'parameters'>,
  facts: FileFacts,
): TfjsFiles {
  const { architecture } = network;
  const rounding = architecture.layers.find(({ type }) => type === 'quantize');
  if (rounding !== undefined) throw roundsNothing(rounding);
  const tensors = architecture.layers.flatMap((layer) =>
    layerParameters(layer).flatMap(({ name, role, shape }) => {
      const { values } = parameterOf(network, name);
      return role === 'step' ? [] : [{ name: `${layer.name}/${KERAS_NAMES[role]}`, shape, values }];
    }),
  );
  const model = {
    format: 'layers-model',
    generatedBy: `Whittle ${facts.version}`,
    convertedBy: null,
    modelTopology: {
      keras_version: '2.15.0',
      backend: 'tensor_flow.js',
      class_name: 'Sequential',
      config: { name: 'whittle', layers: kerasLayers(architecture) },
    },
    weightsManifest: [
      {
        paths: [WEIGHTS_FILE],
        weights: tensors.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
      },
    ],
    userDefinedMetadata: {
      ...factTexts(facts),
      task: architecture.task,
      output: architecture.task === 'classification' ? 'logits' : 'values',
    },
  };
  return { model: JSON.stringify(model), weights: bytesOf(tensors.map(({ values }) => values)) };
}

function bytesOf(tensors: readonly Float32Array[]): Uint8Array {
  const count = tensors.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(FLOAT_BYTES * count);
  writeFloats(bytes, 0, tensors);
  return bytes;
}

function kerasLayers({ input, layers }: Architecture): readonly KerasLayer[] {
  const [first, ...rest] = layers.flatMap(kerasLayersOf);
  if (first === undefined) throw new RangeError('A network has at least one layer.');
  const shaped = { ...first.config, batch_input_shape: [null, ...input], dtype: 'float32' };
  return [{ ...first, config: shaped }, ...rest];
}

/** One layer, or with what Keras has as a layer of its own: a flatten before, an activation behind. */
function kerasLayersOf(layer: Layer): readonly KerasLayer[] {
  const { name } = layer;
  const of = (class_name: string, config: object = {}, called = name): KerasLayer => ({
    class_name,
    config: { name: called, ...config },
  });
  switch (layer.type) {
    case 'dense': {
      const config = { units: layer.units, activation: kerasActivation(layer), use_bias: true };
      return [
        ...(layer.input.length > 1 ? [of('Flatten', {}, `${name}_flatten`)] : []),
        of('Dense', config),
        ...activationBehind(layer),
      ];
    }
    case 'conv':
      return [
        of('Conv2D', {
          filters: layer.filters,
          kernel_size: [layer.kernel, layer.kernel],
          strides: [layer.stride, layer.stride],
          padding: layer.padding,
          data_format: 'channels_last',
          activation: kerasActivation(layer),
          use_bias: true,
        }),
        ...activationBehind(layer),
      ];
    case 'maxpool':
    case 'avgpool':
      return [
        of(layer.type === 'maxpool' ? 'MaxPooling2D' : 'AveragePooling2D', {
          pool_size: [layer.size, layer.size],
          strides: [layer.stride, layer.stride],
          padding: 'valid',
          data_format: 'channels_last',
        }),
      ];
    case 'batchnorm':
      return [
        of('BatchNormalization', {
          ...{ axis: -1, momentum: BATCH_NORM_MOMENTUM, epsilon: BATCH_NORM_EPSILON },
          ...{ center: true, scale: true },
        }),
      ];
    case 'dropout':
      return [of('Dropout', { rate: layer.rate })];
    case 'flatten':
      // Keras refuses to flatten what is flat.
      return layer.input.length > 1 ? [of('Flatten', { data_format: 'channels_last' })] : [];
    case 'quantize':
      return [];
  }
}

/** The leaky ReLU is a layer in Keras, not an activation. */
function kerasActivation({ activation }: { readonly activation: Activation }): string {
  return activation === 'none' || activation === 'leaky' ? 'linear' : activation;
}

function activationBehind(layer: {
  readonly name: string;
  readonly activation: Activation;
}): readonly KerasLayer[] {
  if (layer.activation !== 'leaky') return [];
  return [{ class_name: 'LeakyReLU', config: { name: `${layer.name}_leaky`, alpha: LEAKY_SLOPE } }];
}

function roundsNothing({ name }: Layer): WhittleError {
  return new WhittleError({
    code: 'tfjsRoundsNothing',
    params: { layer: name },
    message: `TensorFlow.js has no layer that rounds activations, as ${name} does, so its answers would not be those that were measured. Download another format, or a network whose weights alone are quantized.`,
  });
}
