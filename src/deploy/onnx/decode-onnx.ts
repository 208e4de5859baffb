import proto, { type onnx } from 'onnx-proto';
import type { Architecture, Shape } from '../../experiment/architecture';
import { assemble, MAX_LAYERS, MAX_PARAMETERS, nameLayers } from '../../experiment/assemble';
import type { Parameter, Quantizer } from '../../experiment/checkpoint';
import { shorten } from '../../experiment/model-errors';
import { parameterShapes } from '../../experiment/parameters';
import { toProblem, WhittleError } from '../../experiment/problem';
import { sizeOf } from '../../experiment/shapes';
import { isName, MAX_SIDE } from '../architecture-text';
import { checkedLayer } from '../checked-layer';
import { taskOf } from '../task-of';
import type { PackedNetwork } from '../whittle-file';
import { told } from '../reason';
import { badOnnx, unsupportedNode } from './bad-onnx';
import { Chain } from './chain';
import { checkWire } from './check-wire';
import { isUnit, outputsOf, planOf, type Draft } from './draft';
import { fold } from './fold';
import { foundQuantizer } from './found-quantizer';
import { readNode } from './node';
import { readTensor, type Tensor } from './tensor';

/** Some twenty for each layer there may be. */
const MAX_NODES = 20 * MAX_LAYERS;
/** Numbers read and made of others, before there is too much to do. */
const MAX_WORK = 6 * MAX_PARAMETERS;

/**
 * The network in an ONNX file, of this exporter or of another program: a chain of dense and convolutional layers,
 * pools, batch norm, flatten, dropout and activations, with one input `[batch, features]` or
 * `[batch, channels, height, width]`. Weights that the file has as integers come back with their grids; what
 * changes nothing at inference (dropout, softmax at the end) may be missing.
 * @throws WhittleError `badOnnxFile` or `onnxOperator`, which names the node, whatever the bytes are, before it has
 * taken more memory than some times the largest network allowed.
 */
export function decodeOnnx(bytes: Uint8Array): PackedNetwork {
  checkWire(bytes);
  const model = parsed(bytes);
  const { graph, metadataProps } = model;
  if (!graph || (graph.node?.length ?? 0) === 0) throw badOnnx('it holds no network');
  const task = metadataProps?.find(({ key }) => key === 'task')?.value;
  return networkOf(readGraph(graph), task);
}

function parsed(bytes: Uint8Array): onnx.IModelProto {
  try {
    return proto.onnx.ModelProto.decode(bytes);
  } catch {
    throw badOnnx('it ends in the middle, or is damaged');
  }
}

function readGraph(graph: onnx.IGraphProto): Chain {
  const nodes = graph.node ?? [];
  if (nodes.length > MAX_NODES) throw badOnnx('it has too many nodes');
  const initializers = new Map((graph.initializer ?? []).map((each) => [each.name ?? '', each]));
  const known = new Map<string, Tensor>();
  const seen = new WeakSet<Float32Array>();
  let work = 0;
  const counted = (tensor: Tensor) => {
    // A shape given to numbers is no work.
    if (!seen.has(tensor.values)) work += tensor.values.length;
    seen.add(tensor.values);
    if (work > MAX_WORK)
      throw badOnnx('it holds more numbers than the largest network possible here');
    return tensor;
  };
  const constantOf = (name: string): Tensor | undefined => {
    const made = known.get(name);
    if (made !== undefined) return made;
    const initializer = initializers.get(name);
    if (initializer === undefined) return undefined;
    const tensor = counted(readTensor(initializer, name));
    known.set(name, tensor);
    return tensor;
  };
  const given = (graph.input ?? []).filter(({ name }) => !initializers.has(name ?? ''));
  const [input] = given;
  if (input === undefined || given.length > 1) throw badOnnx('it has not one input, but another number of them'); // prettier-ignore
  const chain = new Chain(shapeOf(input));
  let tensor = input.name ?? '';
  for (const [index, each] of nodes.entries()) {
    const node = readNode(each, index);
    const [output = ''] = node.outputs;
    if (known.has(output) || initializers.has(output))
      throw badOnnx(told`"${output}" is made twice`);
    if (node.operator === 'Constant') {
      const value = node.tensor('value');
      node.need(value !== null, 'its value is no tensor');
      if (value !== null) known.set(output, counted(value));
      continue;
    }
    const inputs = node.inputs.map((name) => (name === tensor ? undefined : constantOf(name)));
    if (!node.inputs.includes(tensor)) {
      const missing = node.inputs.find((name, i) => name !== '' && inputs[i] === undefined);
      node.need(missing === undefined, told`nothing that goes straight through the network makes "${missing ?? ''}"`); // prettier-ignore
      const made = fold(node, inputs);
      if (made === null) throw unsupportedNode(node.operator, node.name, 'weights are not made with it here'); // prettier-ignore
      known.set(output, counted(made));
      continue;
    }
    const lacks = node.inputs.find((name, i) => name !== '' && name !== tensor && inputs[i] === undefined); // prettier-ignore
    node.need(lacks === undefined, told`nothing that goes straight through the network makes "${lacks ?? ''}"`); // prettier-ignore
    node.need(node.inputs.filter((name) => name === tensor).length === 1, 'it takes the same tensor twice'); // prettier-ignore
    read(chain, node, inputs);
    tensor = output;
  }
  if (!(graph.output ?? []).some(({ name }) => name === tensor)) throw badOnnx('its output is not what its last node makes'); // prettier-ignore
  return chain;
}

function read(
  chain: Chain,
  node: ReturnType<typeof readNode>,
  inputs: readonly (Tensor | undefined)[],
): void {
  try {
    chain.read(node, inputs);
  } catch (error) {
    throw asOnnxProblem(error);
  }
}

/** One example's, channels last. */
function shapeOf({ name, type }: onnx.IValueInfoProto): Shape {
  const dims = (type?.tensorType?.shape?.dim ?? []).map(({ dimValue }) => Number(dimValue ?? 0));
  const [, ...sides] = dims;
  const [first = 0, second = 0, third = 0] = sides;
  if (
    sides.length < 1 ||
    sides.length > 3 ||
    !sides.every((side) => side >= 1 && side <= MAX_SIDE)
  ) {
    throw badOnnx(told`its input "${name ?? ''}" is not [batch, features] or [batch, channels, height, width] with known sides`); // prettier-ignore
  }
  if (sides.length === 1) return sides;
  return sides.length === 2 ? [first, second, 1] : [second, third, first];
}

/** `task` as the file says it. */
function networkOf(chain: Chain, task: string | null | undefined): PackedNetwork {
  const { drafts, input } = chain;
  const outputs = sizeOf(chain.end());
  const last = drafts.at(-1);
  if (last?.type !== 'dense') throw badOnnx('its last layer is not a dense one');
  if (last.activation !== 'none') {
    throw badOnnx(told`its last layer, ${shorten(last.node)}, has an activation`);
  }
  try {
    const plans = drafts.map((draft) =>
      checkedLayer(planOf(draft), (reason) => badOnnx(told`${shorten(draft.node)}: ${reason}`)),
    );
    const description = { task: taskOf(task, outputs), input, outputs };
    const architecture = assemble(description, plans, namesOf(drafts));
    return { architecture, masks: {}, ...parametersOf(architecture, drafts) };
  } catch (error) {
    throw asOnnxProblem(error);
  }
}

/** A network that is too large, or does not fit together, is told of as what is wrong with the file. */
function asOnnxProblem(error: unknown): WhittleError {
  const problem = toProblem(error);
  return error instanceof WhittleError && ['badOnnxFile', 'onnxOperator'].includes(problem.code)
    ? error
    : badOnnx(told`its network cannot be: ${problem}`);
}

/** Names as the file has them, where they can be names of layers here: `fc1` of `/fc1/Gemm`. */
function namesOf(drafts: readonly Draft[]): readonly string[] {
  const usual = nameLayers(drafts.map(planOf));
  const found = drafts.map(
    ({ node }) =>
      node
        .split('/')
        .filter((part) => part !== '')
        .at(-2) ?? '',
  );
  const names = found.map((name, i) =>
    isName(name) && found.lastIndexOf(name) === i ? name : (usual[i] ?? ''),
  );
  return new Set(names).size === names.length ? names : usual;
}

function parametersOf(
  architecture: Architecture,
  drafts: readonly Draft[],
): Pick<PackedNetwork, 'parameters' | 'quantizers'> {
  const parameters: Record<string, Parameter> = {};
  const quantizers: Record<string, Quantizer> = {};
  const drafted = new Map(architecture.layers.map(({ name }, i) => [name, drafts[i]]));
  for (const { name, role, shape } of parameterShapes(architecture)) {
    const draft = drafted.get(name.slice(0, name.lastIndexOf('.')));
    const found = isUnit(draft) && role === 'kernel' ? foundQuantizer(draft.kernel) : null;
    if (found !== null) quantizers[name] = found.quantizer;
    const values = found?.values ?? valuesOf(draft, role);
    if (values?.length !== sizeOf(shape))
      throw badOnnx(told`${name} has not as many numbers as it needs`);
    if (!values.every(Number.isFinite)) throw badOnnx(told`${name} holds what is no finite number`);
    parameters[name] = { role, shape, values };
  }
  return { parameters, quantizers };
}

function valuesOf(draft: Draft | undefined, role: Parameter['role']): Float32Array | null {
  if (isUnit(draft)) {
    if (role === 'kernel') return draft.kernel.values;
    return draft.bias ?? new Float32Array(outputsOf(draft));
  }
  if (draft?.type !== 'batchnorm') return null;
  switch (role) {
    case 'scale':
    case 'shift':
    case 'mean':
    case 'variance':
      return draft[role];
    case 'kernel':
    case 'bias':
    case 'step':
      return null;
  }
}
