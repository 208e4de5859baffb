import proto, { type onnx } from 'onnx-proto';
import { randomOf } from '../../../experiment/random';
import { Graph, floats, type Attribute } from '../graph';

/** Random weights of this shape, as a file of another program might have them. */
export function weights(seed: number, dims: readonly number[]) {
  const random = randomOf(seed);
  const length = dims.reduce((product, side) => product * side, 1);
  return floats(
    Float32Array.from({ length }, () => 0.3 * random.normal()),
    dims,
  );
}

/** A node: operator, inputs besides the one that goes through, attributes. */
export type Step = readonly [
  operator: string,
  besides?: readonly string[],
  attributes?: Readonly<Record<string, Attribute>>,
];

/** A file as another program would write it: nodes in a chain, named as PyTorch names them. */
export function foreignFile(
  input: readonly number[],
  constants: Readonly<Record<string, ReturnType<typeof weights>>>,
  steps: readonly Step[],
  change: (model: onnx.IModelProto) => void = () => {},
): Uint8Array {
  const graph = new Graph();
  for (const [name, value] of Object.entries(constants)) graph.constant(name, value);
  let tensor = 'x';
  for (const [i, [operator, besides = [], attributes = {}]] of steps.entries()) {
    tensor = graph.node(`/layer${String(i)}`, operator, [tensor, ...besides], attributes);
  }
  graph.end('y');
  const sides = (dims: readonly number[]) => ({
    dim: [{ dimParam: 'n' }, ...dims.map((dimValue) => ({ dimValue }))],
  });
  const model: onnx.IModelProto = {
    irVersion: 8,
    opsetImport: [{ domain: '', version: 17 }],
    graph: {
      name: 'main_graph',
      node: graph.nodes,
      initializer: graph.initializers,
      input: [{ name: 'x', type: { tensorType: { elemType: 1, shape: sides(input) } } }],
      output: [{ name: 'y', type: { tensorType: { elemType: 1 } } }],
    },
  };
  change(model);
  return proto.onnx.ModelProto.encode(model).finish();
}
