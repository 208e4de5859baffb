import { BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM, LEAKY_SLOPE } from '../../engine/constants';
import type { Architecture, Layer } from '../../experiment/architecture';
import { numberText } from './write';

/** `tf.sequential({ layers: […] })`, layers called as in the link. */
export function tfjsNetwork({ input, layers }: Architecture, seed: number): string {
  const lines = layers.flatMap((layer, index) => layerLines(layer, seed + index));
  const all = [`tf.layers.inputLayer({ inputShape: [${input.join(', ')}] })`, ...lines];
  return `tf.sequential({\n  layers: [\n${all.map((line) => `    ${line},`).join('\n')}\n  ],\n})`;
}

const INITIALIZERS = { he: 'heNormal', glorot: 'glorotNormal', lecun: 'leCunNormal' } as const;

function layerLines(layer: Layer, seed: number): readonly string[] {
  const named = `name: '${layer.name}'`;
  const of = (type: string, ...settings: readonly string[]) =>
    `tf.layers.${type}({ ${[named, ...settings].join(', ')} })`;
  switch (layer.type) {
    case 'dense':
    case 'conv': {
      const { activation } = layer;
      const active =
        activation === 'none' || activation === 'leaky' ? [] : [`activation: '${activation}'`];
      const drawn = `tf.initializers.${INITIALIZERS[layer.initializer]}({ seed: ${String(seed)} })`;
      const size =
        layer.type === 'dense'
          ? [`units: ${String(layer.units)}`]
          : [
              ...[`filters: ${String(layer.filters)}`, `kernelSize: ${String(layer.kernel)}`],
              ...(layer.stride === 1 ? [] : [`strides: ${String(layer.stride)}`]),
              ...(layer.padding === 'valid' ? [] : ["padding: 'same'"]),
            ];
      const settings = [named, ...size, ...active, `kernelInitializer: ${drawn}`];
      const type = layer.type === 'dense' ? 'dense' : 'conv2d';
      return [
        `tf.layers.${type}({\n${settings.map((each) => `      ${each},`).join('\n')}\n    })`,
        ...(activation === 'leaky'
          ? [
              `tf.layers.leakyReLU({ name: '${layer.name}_leaky', alpha: ${numberText(LEAKY_SLOPE)} })`,
            ]
          : []),
      ];
    }
    case 'maxpool':
    case 'avgpool':
      return [
        of(
          layer.type === 'maxpool' ? 'maxPooling2d' : 'averagePooling2d',
          `poolSize: ${String(layer.size)}`,
          `strides: ${String(layer.stride)}`,
        ),
      ];
    case 'batchnorm':
      return [
        of(
          'batchNormalization',
          `momentum: ${numberText(BATCH_NORM_MOMENTUM)}`,
          `epsilon: ${numberText(BATCH_NORM_EPSILON)}`,
        ),
      ];
    case 'dropout':
      return [of('dropout', `rate: ${numberText(layer.rate)}`)];
    case 'flatten':
      return layer.input.length > 1 ? [of('flatten')] : [];
    case 'quantize':
      return [];
  }
}
