import { BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM, LEAKY_SLOPE } from '../../engine/constants';
import type { Architecture, Layer } from '../../experiment/architecture';
import { indented, numberText, wrapCall } from './write';

/** `keras.Sequential([…])`, layers called as in the link. */
export function kerasNetwork({ input, layers }: Architecture): string {
  const shape = `keras.Input((${input.join(', ')}${input.length === 1 ? ',' : ''}))`;
  const lines = [shape, ...layers.flatMap(layerLines)].map((line) => `${line},`);
  return `keras.Sequential([\n${indented(lines, '    ').join('\n')}\n])`;
}

const SCALES = { he: '2.0, "fan_in"', glorot: '1.0, "fan_avg"', lecun: '1.0, "fan_in"' } as const;

function layerLines(layer: Layer): readonly string[] {
  const named = `name="${layer.name}"`;
  const of = (type: string, ...args: readonly string[]) =>
    `keras.layers.${type}(${[...args, named].join(', ')})`;
  switch (layer.type) {
    case 'dense':
    case 'conv': {
      const { activation, initializer } = layer;
      const drawn = `keras.initializers.VarianceScaling(${SCALES[initializer]}, "untruncated_normal")`;
      const active = activation === 'none' || activation === 'leaky' ? [] : [`"${activation}"`];
      const size =
        layer.type === 'dense'
          ? [String(layer.units)]
          : [
              ...[String(layer.filters), String(layer.kernel)],
              ...(layer.stride === 1 ? [] : [`strides=${String(layer.stride)}`]),
              ...(layer.padding === 'valid' ? [] : ['padding="same"']),
            ];
      const args = [
        ...size,
        ...active.map((each) => `activation=${each}`),
        `kernel_initializer=${drawn}`,
      ];
      const leaky =
        activation === 'leaky'
          ? [
              `keras.layers.LeakyReLU(negative_slope=${numberText(LEAKY_SLOPE)}, name="${layer.name}_leaky")`,
            ]
          : [];
      const call = wrapCall(`keras.layers.${layer.type === 'dense' ? 'Dense' : 'Conv2D'}`, [
        ...args,
        named,
      ]);
      return [call, ...leaky];
    }
    case 'maxpool':
    case 'avgpool': {
      const strided = layer.stride === layer.size ? [] : [`strides=${String(layer.stride)}`];
      const type = layer.type === 'maxpool' ? 'MaxPooling2D' : 'AveragePooling2D';
      return [of(type, String(layer.size), ...strided)];
    }
    case 'batchnorm':
      return [
        of(
          'BatchNormalization',
          `momentum=${numberText(BATCH_NORM_MOMENTUM)}`,
          `epsilon=${numberText(BATCH_NORM_EPSILON)}`,
        ),
      ];
    case 'dropout':
      return [of('Dropout', numberText(layer.rate))];
    case 'flatten':
      return layer.input.length > 1 ? [of('Flatten')] : [];
    case 'quantize':
      return [];
  }
}
