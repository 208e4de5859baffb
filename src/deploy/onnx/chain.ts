import { BATCH_NORM_EPSILON, LEAKY_SLOPE } from '../../engine/constants';
import type { Activation, Shape } from '../../experiment/architecture';
import { MAX_LAYERS, MAX_PARAMETERS } from '../../experiment/assemble';
import { outputShape, sizeOf } from '../../experiment/shapes';
import { withOurEpsilon } from '../norm-epsilon';
import { told } from '../reason';
import { badOnnx, unsupportedNode } from './bad-onnx';
import { isUnit, outputsOf, planOf, scaledUnits, withNorm, type Draft } from './draft';
import { GridReading } from './grid-reading';
import { CHANNELS_LAST, FILTERS_LAST, isSameEitherWay, transpose } from './layout';
import type { Node } from './node';
import { moved, type Tensor } from './tensor';
import { paddingOf, poolSize, strideOf } from './window';

type Constants = readonly (Tensor | undefined)[];

/** A map: an object would have a `constructor` among its operators. */
const ACTIVATIONS: ReadonlyMap<string, Activation> = new Map([
  ['Relu', 'relu'],
  ['LeakyRelu', 'leaky'],
  ['Tanh', 'tanh'],
  ['Sigmoid', 'sigmoid'],
  ['Gelu', 'gelu'],
]);
/** Once as they are, and again where a factor and a bias come behind. */
const MAX_WORK = 3 * MAX_PARAMETERS;

const NO_LAYER_BEFORE = 'no layer is before it that it could belong to';

/** Layers read off a graph without branches, node by node. */
export class Chain {
  readonly drafts: Draft[] = [];
  private readonly grids = new GridReading();
  /** Of what goes through for one example, channels last. */
  private shape: Shape;
  /** The picture that was flattened with channels first, where that is another order. */
  private flattened: Shape | null = null;
  /** Whether a picture's channels come last, ready to be flattened. */
  private isTurned = false;
  private hasEnded = false;
  /** Weights that were looked through. */
  private work = 0;

  /** `input` is the shape of an example, channels last where they came first. */
  constructor(public input: Shape) {
    this.shape = input;
  }

  /**
   * The shape of what comes out in the end.
   * @throws WhittleError `onnxOperator` where that is not what the last layer makes
   */
  end(): Shape {
    this.grids.needValues();
    return this.shape;
  }

  /**
   * Takes in the next node; `constants` are its inputs in their order, undefined where the tensor goes in.
   * @throws WhittleError `onnxOperator`, or `at: 'model'` where a layer does not fit on what is before it
   */
  read(node: Node, constants: Constants): void {
    const { operator } = node;
    const [first] = constants;
    node.need(!this.hasEnded, 'nothing may follow a softmax');
    node.need(first === undefined || ['Mul', 'Add'].includes(operator), 'its weights come first');
    node.need(
      !this.isTurned || ['Flatten', 'Reshape'].includes(operator),
      'channels come last here',
    );
    if (this.readMoving(node, constants)) return;
    const grid = this.grids.read(node, constants);
    if (typeof grid === 'object') this.add({ type: 'quantize', ...grid });
    else if (!grid) this.readComputing(node, constants);
  }

  /** What does the same with codes of a grid as with numbers. */
  private readMoving(node: Node, [, second]: Constants): boolean {
    switch (node.operator) {
      case 'Identity':
        return true;
      case 'Dropout': {
        const rate = second?.values[0] ?? node.float('ratio', 0.5);
        // What drops nothing, or more than a layer here may, does nothing at inference either.
        if (rate > 0 && rate <= 0.95) this.add({ type: 'dropout', node: node.name, rate });
        return true;
      }
      case 'MaxPool':
        this.pool(node, 'maxpool');
        return true;
      case 'Flatten':
        node.need(node.integer('axis', 1) === 1, 'it does not keep the examples apart');
        this.flatten(node);
        return true;
      case 'Reshape': {
        const size = sizeOf(this.shape);
        const [, inner] = second?.values ?? [];
        const flattens = second?.values.length === 2 && (inner === size || inner === -1);
        node.need(flattens, 'it does more than flatten an example');
        this.flatten(node);
        return true;
      }
      default:
        return false;
    }
  }

  private readComputing(node: Node, constants: Constants): void {
    const [first, second, third] = constants;
    if (node.operator === 'ConvInteger') {
      this.convolveCodes(node, constants);
      return;
    }
    this.grids.needValues();
    const activation = ACTIVATIONS.get(node.operator);
    if (activation !== undefined) {
      this.activate(node, activation);
      return;
    }
    switch (node.operator) {
      case 'Gemm':
        this.gemm(node, needed(node, second), third);
        return;
      case 'MatMul':
        this.dense(node, needed(node, second), null);
        return;
      case 'Conv':
        this.conv(node, needed(node, second), third?.values ?? null);
        return;
      case 'Add':
      case 'Mul':
        this.changeUnits(node, needed(node, first ?? second));
        return;
      case 'AveragePool':
        this.pool(node, 'avgpool');
        return;
      case 'BatchNormalization':
        this.norm(node, constants);
        return;
      case 'Transpose':
        this.turn(node);
        return;
      case 'Softmax':
      case 'LogSoftmax':
        // Classes are the same with it and without.
        this.hasEnded = true;
        return;
      default:
        throw unsupportedNode(node.operator, node.name, 'no layer here does what it does');
    }
  }

  private gemm(node: Node, given: Tensor, bias: Tensor | undefined): void {
    node.need(given.dims.length === 2, 'its weights are not a matrix');
    node.need(node.integer('transA', 0) === 0, 'it takes its input the other way round');
    const [rows = 0, columns = 0] = given.dims;
    const turn = (values: Float32Array) => transpose(values, given.dims, [1, 0]);
    const isTurned = node.integer('transB', 0) !== 0;
    const kernel = isTurned ? moved(given, [columns, rows], turn) : given;
    const units = isTurned ? rows : columns;
    const beta = node.float('beta', 1);
    const each = bias && spreadOver(bias.values, units);
    node.need(each === undefined || each.length === units, 'its bias has not one number a unit');
    this.dense(node, kernel, each?.map((b) => b * beta) ?? null, node.float('alpha', 1));
  }

  private dense(node: Node, kernel: Tensor, bias: Float32Array | null, alpha = 1): void {
    const [rows = 0] = kernel.dims;
    const [features = 0] = this.shape;
    node.need(kernel.dims.length === 2, 'its weights are not a matrix');
    node.need(this.shape.length === 1, 'it takes a picture that is not flattened');
    const [taken, given] = [String(rows), String(features)];
    node.need(rows === features, told`its weights take ${taken} numbers, and there are ${given}`);
    const unit = { type: 'dense', node: node.name, activation: 'none' } as const;
    const draft = { ...unit, kernel: this.ordered(kernel), bias, stride: 1, padding: 'valid' } as const; // prettier-ignore
    this.add(alpha === 1 ? draft : { ...scaledUnits(draft, () => alpha), bias });
    this.flattened = null;
  }

  /** Rows, or features, in Whittle's order. */
  private ordered(tensor: Tensor): Tensor {
    const { flattened } = this;
    if (flattened === null) return tensor;
    const [height = 1, width = 1, channels = 1] = flattened;
    const shape = [channels, height, width, tensor.values.length / sizeOf(flattened)];
    const turn = (values: Float32Array) => transpose(values, shape, [...CHANNELS_LAST, 3]);
    return moved(tensor, tensor.dims, turn);
  }

  private conv(node: Node, kernel: Tensor, bias: Float32Array | null): void {
    const [filters = 0, channels = 0, side = 0, width = 0] = kernel.dims;
    node.need(kernel.dims.length === 4 && this.shape.length === 3, 'it convolves no pictures');
    const isWhole = node.integer('group', 1) === 1 && channels === this.shape[2];
    node.need(isWhole, 'it convolves channels in groups');
    node.need(side === width && side > 0, 'its window is not a square');
    node.need(bias === null || bias.length === filters, 'its bias has not one number a filter');
    const stride = strideOf(node);
    const padding = paddingOf(node, this.shape, { side, stride });
    const turn = (values: Float32Array) => transpose(values, kernel.dims, FILTERS_LAST);
    const ours = moved(kernel, [side, side, channels, filters], turn);
    const unit = { type: 'conv', node: node.name, activation: 'none' } as const;
    this.add({ ...unit, kernel: ours, bias, stride, padding });
  }

  /** A convolution of codes, whose sums are in steps of the grid. */
  private convolveCodes(node: Node, [, kernel, inputZero, zero]: Constants): void {
    const grid = this.grids.takeCodes(node, inputZero);
    if (grid === null) throw unsupportedNode(node.operator, node.name, 'it takes no codes');
    this.add({ type: 'quantize', ...grid });
    const { dims, values } = needed(node, kernel);
    node.need((zero?.values.length ?? 1) === 1, 'its filters have zero points of their own');
    const [z = 0] = zero?.values ?? [];
    const fill = (value: number) => new Float32Array(values.length).fill(value);
    const inSteps = {
      dims,
      values: values.map((q) => (q - z) / grid.scale),
      grid: { scales: fill(1 / grid.scale), zeros: fill(z) },
    };
    this.conv(node, inSteps, null);
  }

  private pool(node: Node, type: 'maxpool' | 'avgpool'): void {
    const stride = strideOf(node);
    this.add({ type, node: node.name, size: poolSize(node, this.shape, stride), stride });
  }

  private norm(node: Node, [, scale, shift, mean, variance]: Constants): void {
    const vector = (tensor: Tensor | undefined) => {
      const given = needed(node, tensor);
      const fits = given.values.length === this.shape.at(-1);
      node.need(fits, 'it has not one number for each channel');
      return this.ordered(given).values;
    };
    const given = { scale: vector(scale), variance: vector(variance) };
    this.add({
      ...{ type: 'batchnorm', node: node.name, shift: vector(shift), mean: vector(mean) },
      ...withOurEpsilon(given, node.float('epsilon', 1e-5)),
    });
  }

  /** Pictures with channels last, before anything else or on their way to being flattened. */
  private turn(node: Node): void {
    const order = (node.integers('perm') ?? []).join();
    if (order === '0,3,1,2' && this.drafts.length === 0 && this.shape.length === 3) {
      const [height = 1, width = 1, channels = 1] = this.shape;
      // What was taken for channels first was not.
      this.input = [channels, height, width];
      this.shape = this.input;
      return;
    }
    node.need(order === '0,2,3,1' && this.shape.length === 3, 'axes cannot change places here');
    this.isTurned = true;
  }

  private flatten(node: Node): void {
    const { shape } = this;
    if (shape.length === 1) return;
    this.flattened = this.isTurned || isSameEitherWay(shape) ? null : shape;
    this.isTurned = false;
    this.add({ type: 'flatten', node: node.name });
  }

  /** A factor or a bias that has a node of its own. */
  private changeUnits(node: Node, { dims, values }: Tensor): void {
    const last = this.drafts.at(-1);
    if (!isUnit(last) || last.activation !== 'none') {
      throw unsupportedNode(node.operator, node.name, NO_LAYER_BEFORE);
    }
    this.spend(last.kernel);
    const units = outputsOf(last);
    // Of pictures, the two last axes are sides.
    const isByChannel = dims.length >= 3 && dims.slice(-2).every((side) => side === 1);
    const fits = values.length === units && (last.type === 'dense' || isByChannel);
    node.need(fits || values.length === 1, 'it has not one number for each unit');
    const each = spreadOver(values, units);
    const { bias } = last;
    this.drafts[this.drafts.length - 1] =
      node.operator === 'Mul'
        ? scaledUnits(last, (unit) => each[unit] ?? 1)
        : { ...last, bias: each.map((b, unit) => b + (bias?.[unit] ?? 0)) };
  }

  /** The activation of the last layer with units, whatever lies between that changes places with it. */
  private activate(node: Node, activation: Activation): void {
    const slope = node.float('alpha', LEAKY_SLOPE);
    const isOurs = activation !== 'leaky' || Math.abs(slope - LEAKY_SLOPE) < 1e-6;
    node.need(isOurs, told`its slope is ${String(slope)}, and here it is ${String(LEAKY_SLOPE)}`);
    node.need(node.text('approximate', 'none') === 'none', 'it is approximate');
    let at = this.drafts.length - 1;
    const passes = (type: Draft['type'] | undefined) =>
      // The largest number is the largest one activated, where activations only ever rise.
      type === 'dropout' || type === 'flatten' || (type === 'maxpool' && activation !== 'gelu');
    while (passes(this.drafts[at]?.type)) at -= 1;
    const [before, norm] = [this.drafts[at - 1], this.drafts[at]];
    if (norm?.type === 'batchnorm' && isUnit(before) && before.activation === 'none') {
      this.drafts.splice(at - 1, 2, withNorm(before, norm, BATCH_NORM_EPSILON));
      at -= 1;
    }
    const unit = this.drafts[at];
    if (!isUnit(unit) || unit.activation !== 'none') {
      throw unsupportedNode(node.operator, node.name, NO_LAYER_BEFORE);
    }
    this.drafts[at] = { ...unit, activation };
  }

  private add(draft: Draft): void {
    if (isUnit(draft)) this.spend(draft.kernel);
    if (this.drafts.length === MAX_LAYERS) throw badOnnx('it has too many layers');
    this.shape = outputShape(planOf(draft), draft.node, this.shape);
    this.drafts.push(draft);
  }

  /** The same few numbers can be the weights of any number of layers. */
  private spend({ values }: Tensor): void {
    this.work += values.length;
    if (this.work > MAX_WORK) throw badOnnx('it has more weights than the largest network here');
  }
}

function needed(node: Node, tensor: Tensor | undefined): Tensor {
  if (tensor !== undefined) return tensor;
  throw unsupportedNode(node.operator, node.name, 'its weights are computed from the input');
}

function spreadOver(values: Float32Array, count: number): Float32Array {
  return values.length === 1 ? new Float32Array(count).fill(values[0] ?? 0) : values;
}
