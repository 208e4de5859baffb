import { BATCH_NORM_EPSILON, BATCH_NORM_MOMENTUM, LEAKY_SLOPE } from '../../engine/constants';
import type { Architecture, Layer } from '../../experiment/architecture';
import { sameZeros } from '../../experiment/shapes';
import { numberText } from './write';

/** `nn.Sequential(OrderedDict([…]))`, layers called as in the link. */
export function pytorchNetwork({ layers }: Architecture): string {
  const modules = layers.flatMap((layer) => modulesOf(layer));
  const lines = modules.map(([name, module]) => `    ("${name}", ${module}),`);
  return `nn.Sequential(OrderedDict([\n${lines.join('\n')}\n]))`;
}

type Module = readonly [name: string, code: string];

function modulesOf(layer: Layer): readonly Module[] {
  const { name } = layer;
  const channels = String(layer.input.at(-1) ?? 1);
  switch (layer.type) {
    case 'dense': {
      const inputs = layer.input.reduce((product, side) => product * side, 1);
      return [
        [name, `nn.Linear(${String(inputs)}, ${String(layer.units)})`],
        ...activation(name, layer.activation),
      ];
    }
    case 'conv': {
      const { filters, kernel, stride, padding } = layer;
      const args = [channels, String(filters), String(kernel)];
      const strided = stride === 1 ? [] : [`stride=${String(stride)}`];
      // PyTorch pads a convolution by itself only where it has no stride.
      const pads = padding === 'same' && stride > 1;
      const padded = padding === 'same' && !pads ? ['padding="same"'] : [];
      return [
        ...(pads ? [[`${name}_pad`, `nn.ZeroPad2d(${samePadding(layer)})`] as const] : []),
        [name, `nn.Conv2d(${[...args, ...strided, ...padded].join(', ')})`],
        ...activation(name, layer.activation),
      ];
    }
    case 'maxpool':
    case 'avgpool': {
      const { size, stride, type } = layer;
      const module = type === 'maxpool' ? 'MaxPool2d' : 'AvgPool2d';
      const strided = stride === size ? '' : `, stride=${String(stride)}`;
      return [[name, `nn.${module}(${String(size)}${strided})`]];
    }
    case 'batchnorm':
      return [[name, `nn.BatchNorm${layer.input.length > 1 ? '2d' : '1d'}(${channels}, ${NORM})`]];
    case 'dropout':
      return [[name, `nn.Dropout(${numberText(layer.rate)})`]];
    case 'flatten':
      return [[name, 'nn.Flatten()']];
    case 'quantize':
      return [];
  }
}

/** What TensorFlow puts around a picture: left, right, top and bottom; the odd row and column last. */
function samePadding({ input, kernel, stride }: Extract<Layer, { type: 'conv' }>): string {
  const [height = 1, width = 1] = input;
  const zeros = [width, height].map((side) => sameZeros(side, kernel, stride));
  return `(${zeros.flatMap(({ before, after }) => [before, after]).join(', ')})`;
}

/** Of PyTorch, momentum is the share of what is new. */
const NORM = `eps=${numberText(BATCH_NORM_EPSILON)}, momentum=${numberText(1 - BATCH_NORM_MOMENTUM)}`;

const ACTIVATIONS = {
  relu: 'nn.ReLU()',
  leaky: `nn.LeakyReLU(${numberText(LEAKY_SLOPE)})`,
  tanh: 'nn.Tanh()',
  sigmoid: 'nn.Sigmoid()',
  gelu: 'nn.GELU()',
  none: '',
} as const;

function activation(name: string, id: keyof typeof ACTIVATIONS): readonly Module[] {
  return id === 'none' ? [] : [[`${name}_${id}`, ACTIVATIONS[id]]];
}

/** The layers that are not drawn after He et al. 2015: `glorot=["dense3"], lecun=[]`. */
export function namesOf({ layers }: Architecture): string {
  const list = (initializer: string) =>
    layers
      .filter((layer) => 'initializer' in layer && layer.initializer === initializer)
      .map(({ name }) => `"${name}"`)
      .join(', ');
  return ['glorot', 'lecun'].map((id) => `${id}=[${list(id)}]`).join(', ');
}
