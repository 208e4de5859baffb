import { createRequire } from 'node:module';
import type { onnx } from 'onnx-proto';
import type { Activation, ConvLayer, Shape } from '../../src/experiment/architecture';
import type { Checkpoint } from '../../src/experiment/checkpoint';
import { sizeOf } from '../../src/experiment/shapes';

// A CommonJS module, whose names Node does not find out.
const proto = createRequire(import.meta.url)('onnx-proto') as { onnx: typeof onnx };
const { AttributeProto, ModelProto } = proto.onnx;

/** A float32 ONNX file of a network of dense layers, convolutions and pools. */
export function denseOnnx({
  architecture,
  parameters,
}: Pick<Checkpoint, 'architecture' | 'parameters'>): Uint8Array {
  const { input, outputs, layers } = architecture;
  const nodes: onnx.INodeProto[] = [];
  const initializer: onnx.ITensorProto[] = [];
  const values = (name: string) => parameters[name]?.values ?? new Float32Array();
  const constant = (name: string, dims: Shape, numbers: Float32Array) => {
    initializer.push({
      name,
      dims: [...dims],
      dataType: 1,
      rawData: new Uint8Array(numbers.buffer),
    });
    return name;
  };
  let last = 'input';
  const node = (
    opType: string,
    inputs: readonly string[],
    attribute: onnx.IAttributeProto[] = [],
  ) => {
    const output = `${opType}${String(nodes.length)}`;
    nodes.push({ opType, input: [last, ...inputs], output: [output], attribute });
    last = output;
  };
  const isPicture = layers.some(({ type }) => type === 'conv');
  /** The picture that was flattened, whose numbers come channel by channel. */
  let flattened: Shape = [];
  for (const layer of layers) {
    const { name } = layer;
    const kernel = values(`${name}.kernel`);
    switch (layer.type) {
      case 'dense': {
        const dims = [sizeOf(layer.input), layer.units];
        const rows =
          flattened.length === 3 ? byChannel(kernel, flattened, layer.units) : kernel.slice();
        flattened = [];
        node('Gemm', [
          constant(`${name}.kernel`, dims, rows),
          constant(`${name}.bias`, [layer.units], values(`${name}.bias`).slice()),
        ]);
        break;
      }
      case 'conv': {
        const { kernel: side, filters } = layer;
        const dims = [filters, layer.input.at(-1) ?? 1, side, side];
        node(
          'Conv',
          [
            constant(`${name}.kernel`, dims, byFilter(kernel, layer)),
            constant(`${name}.bias`, [filters], values(`${name}.bias`).slice()),
          ],
          [ints('kernel_shape', [side, side]), ints('pads', padsOf(layer))],
        );
        break;
      }
      case 'maxpool':
      case 'avgpool':
        node(
          layer.type === 'maxpool' ? 'MaxPool' : 'AveragePool',
          [],
          [
            ints('kernel_shape', [layer.size, layer.size]),
            ints('strides', [layer.stride, layer.stride]),
          ],
        );
        break;
      case 'flatten':
        if (isPicture) {
          flattened = layer.input;
          node('Flatten', []);
        }
        break;
      case 'batchnorm':
      case 'dropout':
      case 'quantize':
        throw new Error(`The bench has no ONNX operator for ${layer.type}.`);
    }
    if ('activation' in layer && layer.activation !== 'none') {
      node(operatorOf(layer.activation), []);
    }
  }
  const [height = 1, width = 1, channels = 1] = input;
  return ModelProto.encode({
    irVersion: 8,
    opsetImport: [{ domain: '', version: 13 }],
    graph: {
      name: 'dense',
      node: nodes,
      initializer,
      input: [described('input', isPicture ? [channels, height, width] : [sizeOf(input)])],
      output: [described(last, [outputs])],
    },
  }).finish();
}

function operatorOf(activation: Activation): string {
  switch (activation) {
    case 'relu':
      return 'Relu';
    case 'tanh':
      return 'Tanh';
    case 'sigmoid':
      return 'Sigmoid';
    case 'leaky':
    case 'gelu':
    case 'none':
      throw new Error(`The bench has no ONNX operator for ${activation}.`);
  }
}

function ints(name: string, values: readonly number[]): onnx.IAttributeProto {
  return { name, type: AttributeProto.AttributeType.INTS, ints: [...values] };
}

function described(name: string, shape: Shape): onnx.IValueInfoProto {
  const dim = [{ dimParam: 'count' }, ...shape.map((dimValue) => ({ dimValue }))];
  return { name, type: { tensorType: { elemType: 1, shape: { dim } } } };
}

function padsOf({ padding, kernel }: ConvLayer): readonly number[] {
  const all = padding === 'same' ? kernel - 1 : 0;
  const [before, after] = [all >> 1, all - (all >> 1)];
  return [before, before, after, after];
}

/** `[y, x, channel, filter]` as `[filter, channel, y, x]`. */
function byFilter(kernel: Float32Array, { kernel: side, input, filters }: ConvLayer): Float32Array {
  const channels = input.at(-1) ?? 1;
  return Float32Array.from(kernel, (_, i) => {
    const place = i % (side * side);
    const channel = Math.floor(i / (side * side)) % channels;
    const filter = Math.floor(i / (side * side * channels));
    return kernel[(place * channels + channel) * filters + filter] ?? 0;
  });
}

/** The rows of a dense kernel over `[height, width, channels]`, for inputs `[channels, height, width]`. */
function byChannel(kernel: Float32Array, picture: Shape, units: number): Float32Array {
  const channels = picture.at(-1) ?? 1;
  const pixels = sizeOf(picture) / channels;
  return Float32Array.from(kernel, (_, i) => {
    const row = Math.floor(i / units);
    const from = (row % pixels) * channels + Math.floor(row / pixels);
    return kernel[from * units + (i % units)] ?? 0;
  });
}
