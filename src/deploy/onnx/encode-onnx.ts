import proto from 'onnx-proto';
import { BATCH_NORM_EPSILON } from '../../engine/constants';
import type { Layer, PoolLayer, Shape } from '../../experiment/architecture';
import { parameterOf } from '../parameter-of';
import type { PackedNetwork } from '../whittle-file';
import { Graph, TYPES } from './graph';
import { isSameEitherWay, onnxShape } from './layout';
import { writeQuantize } from './write-grid';
import { writeConv, writeDense } from './write-units';
import { asFloats, floatConstant, inOrder } from './writing';
import type { Flow, OnnxFormat, Writing } from './writing';

/** The first with integers of four bits; ONNX Runtime knows it from version 1.18 on. */
const OPSET = 21;
const IR_VERSION = 10;

export interface OnnxOptions {
  readonly format: OnnxFormat;
  /** What the file says of itself, by key: `link`, `accuracy`, `version`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The network as an ONNX file (docs/onnx.md). Its input, `input`, is `[batch, features]` or
 * `[batch, channels, height, width]` in float32 (`onnxInputs`); its output, `output`, the logits or values,
 * `[batch, outputs]`. Nodes and weights are called as the layers are: `dense1/Gemm`, `dense1.kernel`.
 *
 * It computes what the network does, activations on grids included; `int8weights` and `int4weights` leave those
 * grids out. In formats of integers every kernel has to be on grids that `kernelCodes` can read.
 * @throws WhittleError `beyondFloat16`
 */
export function encodeOnnx(network: PackedNetwork, { format, metadata }: OnnxOptions): Uint8Array {
  const { task, input, outputs, layers } = network.architecture;
  const writing: Writing = { graph: new Graph(), network, format };
  const { graph } = writing;
  const isHalf = format === 'float16';
  const given = isHalf ? graph.node('input', 'Cast', ['input'], { to: TYPES.float16 }) : 'input';
  const written = layersIn(format, layers);
  const made = written.reduce<Flow>(
    (flow, layer, index) => writeLayer(writing, layer, flow, written[index + 1]),
    { tensor: given, grid: null, flattened: null },
  );
  if (isHalf) graph.node('output', 'Cast', [made.tensor], { to: TYPES.float32 });
  graph.end('output');
  const said = { ...metadata, task };
  return proto.onnx.ModelProto.encode({
    irVersion: IR_VERSION,
    producerName: 'Whittle',
    opsetImport: [{ domain: '', version: OPSET }],
    metadataProps: Object.entries(said).map(([key, value]) => ({ key, value })),
    graph: {
      name: 'network',
      node: graph.nodes,
      initializer: graph.initializers,
      input: [valueInfo('input', onnxShape(input))],
      output: [valueInfo('output', [outputs])],
    },
  }).finish();
}

function valueInfo(name: string, shape: Shape) {
  const dim = [{ dimParam: 'batch' }, ...shape.map((dimValue) => ({ dimValue }))];
  return { name, type: { tensorType: { elemType: TYPES.float32, shape: { dim } } } };
}

/** The layers in an order that suits the format, and computes the same. */
function layersIn(format: OnnxFormat, layers: readonly Layer[]): readonly Layer[] {
  switch (format) {
    case 'float32':
    case 'float16':
      return layers;
    case 'int8weights':
    case 'int4weights':
      return layers.filter(({ type }) => type !== 'quantize');
    case 'int8':
      return gridsFirst(layers);
  }
}

/** Of rounded numbers the largest is the largest one rounded. */
const KEEPS_GRIDS: readonly Layer['type'][] = ['maxpool', 'flatten', 'dropout'];

/** Grids right behind whatever computes, where integers come out of it. */
function gridsFirst(layers: readonly Layer[]): readonly Layer[] {
  const moved: Layer[] = [];
  for (const layer of layers) {
    let at = moved.length;
    if (layer.type === 'quantize') {
      while (KEEPS_GRIDS.some((type) => type === moved[at - 1]?.type)) at -= 1;
    }
    moved.splice(at, 0, layer);
  }
  return moved;
}

function writeLayer(writing: Writing, layer: Layer, flow: Flow, next: Layer | undefined): Flow {
  const { graph } = writing;
  const { name, input } = layer;
  switch (layer.type) {
    case 'dense':
      return writeDense(writing, layer, flatten(writing, layer, flow));
    case 'conv':
      return writeConv(writing, layer, flow, next);
    case 'maxpool':
      return { ...flow, tensor: graph.node(name, 'MaxPool', [flow.tensor], windowOf(layer)) };
    case 'avgpool': {
      const floats = asFloats(writing, name, flow);
      const tensor = graph.node(name, 'AveragePool', [floats], windowOf(layer));
      return { ...flow, tensor, grid: null };
    }
    case 'batchnorm': {
      const parameters = (['scale', 'shift', 'mean', 'variance'] as const).map((role) => {
        const { values } = parameterOf(writing.network, `${name}.${role}`);
        const ordered = inOrder(values, flow);
        return floatConstant(writing, `${name}.${role}`, ordered, [input.at(-1) ?? 1]);
      });
      const inputs = [asFloats(writing, name, flow), ...parameters];
      const epsilon = { epsilon: { float: BATCH_NORM_EPSILON } };
      const tensor = graph.node(name, 'BatchNormalization', inputs, epsilon);
      return { ...flow, tensor, grid: null };
    }
    case 'quantize':
      return writeQuantize(writing, layer, flow);
    case 'dropout':
      return flow;
    case 'flatten':
      return flatten(writing, layer, flow);
  }
}

function windowOf({ size, stride }: PoolLayer) {
  return { kernel_shape: [size, size], strides: [stride, stride] };
}

/** A picture as a row; a row as it is. */
function flatten({ graph }: Writing, { name, input }: Layer, flow: Flow): Flow {
  if (input.length === 1) return flow;
  const tensor = graph.node(name, 'Flatten', [flow.tensor]);
  return { ...flow, tensor, flattened: isSameEitherWay(input) ? null : input };
}
