import { BATCH_NORM_EPSILON, LEAKY_SLOPE } from '../../engine/constants';
import type { Activation, ActivationGrid, Padding, Shape } from '../../experiment/architecture';
import { outputShape, sizeOf } from '../../experiment/shapes';
import { unsupportedNode } from './bad-onnx';
import { isUnit, outputsOf, planOf, scaledUnits, withNorm, type Draft } from './draft';
import { CHANNELS_LAST, FILTERS_LAST, isSameEitherWay, transpose } from './layout';
import type { Node } from './node';
import type { Tensor } from './tensor';

/** What the one tensor that goes through the network holds at a time. */
type Form =
  | { readonly is: 'values' }
  /** Values that a grid is to follow. */
  | { readonly is: 'clipped' | 'roundedAndClipped'; readonly low: number; readonly high: number }
  /** Values in steps of a grid. */
  | { readonly is: 'divided' | 'rounded' }
  /** Codes of a grid, as integers, as floats, without their zero point. */
  | { readonly is: 'codes' | 'floatCodes' | 'steps'; readonly grid: ActivationGrid };

const VALUES: Form = { is: 'values' };

const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  ...{ Relu: 'relu', LeakyRelu: 'leaky', Tanh: 'tanh', Sigmoid: 'sigmoid', Gelu: 'gelu' },
};

/** Layers read off a graph without branches, node by node. */
export class Chain {
  readonly drafts: Draft[] = [];
  /** Of what the tensor holds for one example, channels last. */
  private shape: Shape;
  private form: Form = VALUES;
  /** The node that the grid began with. */
  private gridNode = '';
  /** The picture that was flattened with channels first. */
  private flattened: Shape | null = null;
  /** Whether a picture's channels come last, ready to be flattened. */
  private isTurned = false;
  private hasEnded = false;

  /** `input` is the shape of an example, channels last where they came first. */
  constructor(public input: Shape) {
    this.shape = input;
  }

  get output(): Shape {
    return this.shape;
  }

  /**
   * Takes in the next node; `constants` are its inputs in their order, undefined where the tensor goes in.
   * @throws WhittleError `onnxOperator`
   */
  read(node: Node, constants: readonly (Tensor | undefined)[]): void {
    if (this.hasEnded)
      throw unsupportedNode(node.operator, node.name, 'nothing may follow a softmax');
    node.need(constants[0] === undefined || ['Mul', 'Add'].includes(node.operator), 'its weights come first'); // prettier-ignore
    if (this.isTurned) node.need(['Flatten', 'Reshape'].includes(node.operator), 'channels come last here'); // prettier-ignore
    if (this.readMoving(node, constants) || this.readGrid(node, constants)) return;
    node.need(this.form.is === 'values', 'numbers on a grid are not what it computes with here');
    const activation = ACTIVATIONS[node.operator];
    if (activation !== undefined) this.activate(node, activation);
    else this.readLayer(node, constants);
  }

  /** What does the same with codes as with numbers. */
  private readMoving(node: Node, [, second]: readonly (Tensor | undefined)[]): boolean {
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

  /** The steps onto a grid and back, as the exports here and others write them. */
  private readGrid(node: Node, [, a, b]: readonly (Tensor | undefined)[]): boolean {
    const { form } = this;
    const [scalar] = a?.values ?? [];
    const isScalar = a?.values.length === 1;
    switch (node.operator) {
      case 'Cast':
        if (form.is === 'codes') this.form = { ...form, is: 'floatCodes' };
        return form.is === 'codes' || form.is === 'values';
      case 'Clip': {
        const [low, high] = [scalar ?? -Infinity, b?.values[0] ?? Infinity];
        if (form.is === 'values' && low === 0 && high === Infinity) this.activate(node, 'relu');
        else if (form.is === 'values') this.form = { is: 'clipped', low, high };
        else if (form.is === 'rounded') this.form = { is: 'roundedAndClipped', low, high };
        else return false;
        return true;
      }
      case 'QuantizeLinear':
        node.need(form.is === 'values' || form.is === 'clipped', 'what it takes in is on a grid');
        node.need(
          isScalar && scalar !== undefined && scalar > 0,
          'its grid is not the same for all',
        );
        this.quantize(node, scalar ?? 1, b?.values[0] ?? 0);
        return true;
      case 'DequantizeLinear':
        if (form.is !== 'codes') return false;
        this.endGrid(form.grid);
        return true;
      case 'Div':
        if (form.is !== 'values' || !isScalar) return false;
        this.gridNode = node.name;
        this.form = { is: 'divided' };
        return true;
      case 'Round':
        if (form.is !== 'divided') return false;
        this.form = { is: 'rounded' };
        return true;
      case 'Sub':
        if (form.is !== 'floatCodes' || scalar !== form.grid.zeroPoint) return false;
        this.form = { ...form, is: 'steps' };
        return true;
      case 'Mul':
        if (form.is === 'steps') this.endGrid(form.grid);
        else if (form.is === 'roundedAndClipped' && scalar !== undefined) {
          const bits = bitsBetween(form.low, form.high);
          this.endGrid({ bits, scale: scalar, zeroPoint: -form.low });
        } else return false;
        return true;
      default:
        return false;
    }
  }

  private quantize(node: Node, scale: number, zero: number): void {
    const { form } = this;
    this.gridNode = node.name;
    const grid =
      form.is === 'clipped'
        ? {
            bits: bitsBetween(Math.round(form.low / scale), Math.round(form.high / scale)),
            zeroPoint: Math.round(-form.low / scale),
          }
        : { bits: 8, zeroPoint: zero };
    this.form = { is: 'codes', grid: { scale, ...grid } };
  }

  private endGrid(grid: ActivationGrid): void {
    this.form = VALUES;
    this.add({ type: 'quantize', node: this.gridNode, ...grid });
  }

  private readLayer(node: Node, constants: readonly (Tensor | undefined)[]): void {
    const [first, second, third] = constants;
    switch (node.operator) {
      case 'Gemm':
        this.gemm(node, second, third);
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

  private gemm(node: Node, kernel: Tensor | undefined, bias: Tensor | undefined): void {
    node.need(node.integer('transA', 0) === 0, 'it takes its input the other way round');
    const given = needed(node, kernel);
    const matrix = node.integer('transB', 0) === 0 ? given : turnedMatrix(node, given);
    const [alpha, beta] = [node.float('alpha', 1), node.float('beta', 1)];
    node.need(bias === undefined || bias.values.length === matrix.dims[1] || bias.values.length === 1, 'its bias has not one number for each unit'); // prettier-ignore
    const values = bias && spreadOver(bias.values, matrix.dims[1] ?? 1).map((b) => b * beta);
    this.dense(node, matrix, values ?? null, alpha);
  }

  private dense(node: Node, kernel: Tensor, bias: Float32Array | null, alpha = 1): void {
    node.need(kernel.dims.length === 2, 'its weights are not a matrix');
    const [rows = 0] = kernel.dims;
    node.need(this.shape.length === 1, 'it takes a picture that is not flattened');
    node.need(rows === this.shape[0], `its weights take ${String(rows)} numbers, and there are ${String(this.shape[0])}`); // prettier-ignore
    const ordered = this.ordered(kernel);
    const draft = { type: 'dense', node: node.name, kernel: ordered, bias, activation: 'none', stride: 1, padding: 'valid' } as const; // prettier-ignore
    this.add(alpha === 1 ? draft : { ...scaledUnits(draft, () => alpha), bias });
    this.flattened = null;
  }

  /** Rows, or features, in Whittle's order. */
  private ordered(tensor: Tensor): Tensor {
    if (this.flattened === null) return tensor;
    const [height = 1, width = 1, channels = 1] = this.flattened;
    const each = tensor.values.length / sizeOf(this.flattened);
    const move = (values: Float32Array) =>
      transpose(Float32Array.from(values), [channels, height, width, each], [...CHANNELS_LAST, 3]);
    return moved(tensor, tensor.dims, move);
  }

  private conv(node: Node, kernel: Tensor, bias: Float32Array | null): void {
    const [filters = 0, channels = 0, height = 0, width = 0] = kernel.dims;
    node.need(
      kernel.dims.length === 4 && this.shape.length === 3,
      'it is no convolution of pictures',
    );
    node.need(node.integer('group', 1) === 1 && channels === this.shape[2], 'it convolves groups of channels'); // prettier-ignore
    node.need(height === width && height > 0, 'its window is not a square');
    node.need(
      bias === null || bias.length === filters,
      'its bias has not one number for each filter',
    );
    const stride = this.strideOf(node);
    const padding = this.paddingOf(node, height, stride);
    const move = (values: Float32Array) => transpose(Float32Array.from(values), kernel.dims, FILTERS_LAST); // prettier-ignore
    const ours = moved(kernel, [height, width, channels, filters], move);
    this.add({ type: 'conv', node: node.name, kernel: ours, bias, activation: 'none', stride, padding }); // prettier-ignore
  }

  /** A convolution of codes, whose sums are in steps of the grid. */
  readConvInteger(node: Node, [, kernel, , zero]: readonly (Tensor | undefined)[]): void {
    const { form } = this;
    if (form.is !== 'codes') throw unsupportedNode(node.operator, node.name, 'it takes no codes');
    const codes = needed(node, kernel);
    node.need((zero?.values.length ?? 1) === 1, 'its filters have zero points of their own');
    const z = zero?.values[0] ?? 0;
    const { scale } = form.grid;
    const fill = (value: number) => new Float32Array(codes.values.length).fill(value);
    this.endGrid(form.grid);
    this.conv(
      node,
      {
        dims: codes.dims,
        values: codes.values.map((q) => (q - z) / scale),
        grid: { scales: fill(1 / scale), zeros: fill(z) },
      },
      null,
    );
  }

  private strideOf(node: Node): number {
    const [down = 1, across = 1] = node.integers('strides') ?? [];
    node.need(down === across && down > 0, 'its strides differ');
    node.need(
      (node.integers('dilations') ?? []).every((each) => each === 1),
      'its window has gaps',
    );
    return down;
  }

  /** `same` where the zeros around are those that TensorFlow puts there. */
  private paddingOf(node: Node, window: number, stride: number): Padding {
    const automatic = node.text('auto_pad', 'NOTSET');
    if (automatic === 'SAME_UPPER') return 'same';
    const pads = automatic === 'VALID' ? [] : (node.integers('pads') ?? []);
    if (automatic !== 'SAME_LOWER' && pads.every((each) => each === 0)) return 'valid';
    const around = [0, 1].map((axis) => {
      const side = this.shape[axis] ?? 1;
      return Math.max(0, (Math.ceil(side / stride) - 1) * stride + window - side);
    });
    const wanted = [...around.map((all) => Math.floor(all / 2)), ...around.map((all) => Math.ceil(all / 2))]; // prettier-ignore
    const fits = automatic === 'NOTSET' && wanted.every((each, i) => each === pads[i]);
    node.need(fits, `it pads with ${pads.join(', ')} zeros, where only none or ${wanted.join(', ')} are possible`); // prettier-ignore
    return 'same';
  }

  private pool(node: Node, type: 'maxpool' | 'avgpool'): void {
    const [size = 0, width = 0] = node.integers('kernel_shape') ?? [];
    node.need(size === width && size > 0, 'its window is not a square');
    node.need(this.shape.length === 3, 'it takes no picture');
    const stride = this.strideOf(node);
    const pads = node.integers('pads') ?? [];
    const isValid = ['NOTSET', 'VALID'].includes(node.text('auto_pad', 'NOTSET'));
    node.need(isValid && pads.every((each) => each === 0), 'it pads');
    const isWhole = this.shape.slice(0, 2).every((side) => (side - size) % stride === 0);
    node.need(node.integer('ceil_mode', 0) === 0 || isWhole, 'it counts windows that are cut off');
    this.add({ type, node: node.name, size, stride });
  }

  private norm(
    node: Node,
    [, scale, shift, mean, variance]: readonly (Tensor | undefined)[],
  ): void {
    const channels = this.shape.at(-1) ?? 1;
    const vector = (tensor: Tensor | undefined) => {
      const { values } = this.ordered(needed(node, tensor));
      node.need(values.length === channels, 'it has not one number for each channel');
      return values;
    };
    // Everywhere here the same is added to the variance.
    const more = node.float('epsilon', 1e-5) - BATCH_NORM_EPSILON;
    this.add({
      ...{ type: 'batchnorm', node: node.name, scale: vector(scale), shift: vector(shift) },
      ...{ mean: vector(mean), variance: vector(variance).map((v) => Math.max(0, v + more)) },
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
    const isOurs = this.isTurned || isSameEitherWay(shape);
    this.isTurned = false;
    this.add({ type: 'flatten', node: node.name });
    this.flattened = isOurs ? null : shape;
  }

  /** A factor or a bias that has a node of its own. */
  private changeUnits(node: Node, { dims, values }: Tensor): void {
    const last = this.drafts.at(-1);
    if (!isUnit(last) || last.activation !== 'none') {
      throw unsupportedNode(
        node.operator,
        node.name,
        'no layer is before it that it could belong to',
      );
    }
    const units = outputsOf(last);
    const behind = last.type === 'conv' ? dims.slice(-2) : [];
    const fits = values.length === 1 || (values.length === units && behind.every((side) => side === 1)); // prettier-ignore
    node.need(fits && (last.type === 'dense' || values.length === 1 || dims.length >= 3), 'it has not one number for each unit'); // prettier-ignore
    const each = spreadOver(values, units);
    this.drafts[this.drafts.length - 1] =
      node.operator === 'Mul'
        ? { ...scaledUnits(last, (unit) => each[unit] ?? 1), ...(last.bias === null && { bias: null }) } // prettier-ignore
        : { ...last, bias: each.map((b, unit) => b + (last.bias?.[unit] ?? 0)) };
  }

  /** The activation of the last layer with units, whatever lies between that changes places with it. */
  private activate(node: Node, activation: Activation): void {
    if (activation === 'leaky') {
      const slope = node.float('alpha', 0.01);
      node.need(Math.abs(slope - LEAKY_SLOPE) < 1e-6, `its slope is ${String(slope)}, not ${String(LEAKY_SLOPE)}`); // prettier-ignore
    }
    if (activation === 'gelu') {
      node.need(node.text('approximate', 'none') === 'none', 'it is approximate');
    }
    let at = this.drafts.length - 1;
    const passes = (type: Draft['type'] | undefined) =>
      type === 'dropout' || type === 'flatten' || (type === 'maxpool' && activation !== 'gelu');
    while (passes(this.drafts[at]?.type)) at -= 1;
    const norm = this.drafts[at];
    if (norm?.type === 'batchnorm') {
      const before = this.drafts[at - 1];
      if (isUnit(before) && before.activation === 'none') {
        this.drafts.splice(at - 1, 2, withNorm(before, norm, BATCH_NORM_EPSILON));
        at -= 1;
      }
    }
    const unit = this.drafts[at];
    if (!isUnit(unit) || unit.activation !== 'none') {
      throw unsupportedNode(
        node.operator,
        node.name,
        'no layer is before it that it could belong to',
      );
    }
    this.drafts[at] = { ...unit, activation };
  }

  private add(draft: Draft): void {
    this.shape = outputShape(planOf(draft), draft.node, this.shape);
    this.drafts.push(draft);
  }
}

function needed(node: Node, tensor: Tensor | undefined): Tensor {
  if (tensor === undefined) {
    throw unsupportedNode(node.operator, node.name, 'its weights are computed from the input');
  }
  return tensor;
}

function bitsBetween(low: number, high: number): number {
  return Math.max(1, Math.round(Math.log2(high - low + 1)));
}

function spreadOver(values: Float32Array, count: number): Float32Array {
  return values.length === 1 ? new Float32Array(count).fill(values[0] ?? 0) : values;
}

function turnedMatrix(node: Node, matrix: Tensor): Tensor {
  node.need(matrix.dims.length === 2, 'its weights are not a matrix');
  const [rows = 0, columns = 0] = matrix.dims;
  return moved(matrix, [columns, rows], (values) =>
    transpose(Float32Array.from(values), matrix.dims, [1, 0]),
  );
}

function moved(
  { values, grid }: Tensor,
  dims: readonly number[],
  move: (values: Float32Array) => Float32Array,
): Tensor {
  return {
    dims,
    values: move(values),
    ...(grid && { grid: { scales: move(grid.scales), zeros: move(grid.zeros) } }),
  };
}
