import type {
  Activation,
  Architecture,
  BatchNormLayer,
  ConvLayer,
  DenseLayer,
  DropoutLayer,
  Layer,
  PoolLayer,
  Shape,
} from '../../experiment/architecture';
import { denseMultiplyAdds } from '../../experiment/multiply-adds';
import { layerParameters } from '../../experiment/parameters';
import { sizeOf } from '../../experiment/shapes';
import type { Objective, OptimizerId } from '../trainer';
import { Operations } from './operations';

/** Where the numbers of a network lie that stay from one call to the next. */
export interface Places {
  /** By parameter name. */
  readonly values: Readonly<Record<string, number>>;
  /** By parameter name; empty for a network that only predicts. */
  readonly gradients: Readonly<Record<string, number>>;
  /** A byte a weight, by parameter name, of masked parameters. */
  readonly masks: Readonly<Record<string, number>>;
  /** By `<slot>/<parameter>`. */
  readonly slots: Readonly<Record<string, number>>;
  /** What changes with every iteration: `CONTROL` says what lies there. */
  readonly control: number;
}

/** float32 numbers of the control block, as `assembly/optimize.ts` reads them. */
export const CONTROL = {
  loss: 0,
  learningRate: 1,
  unbiased: 2,
  deviation: 3,
  clipping: 4,
} as const;
export const CONTROL_LENGTH = 5;

/** The operations for batches of one size, and where to put what they read. */
export interface Plan {
  readonly words: Int32Array;
  /** Bytes of scratch memory that it uses. */
  readonly scratch: number;
  readonly multiplyAdds: number;
  readonly inputs: number;
  readonly outputs: number;
  /** int32 for cross-entropy, float32 targets for the squared error; 0 where it only predicts. */
  readonly targets: number;
  /** Of the dropout layers that drop something. */
  readonly dropouts: readonly Dropout[];
}

export interface Dropout {
  readonly address: number;
  readonly length: number;
  readonly rate: number;
  /** Of the layer in the network. */
  readonly index: number;
}

const ACTIVATION_CODES: Readonly<Record<Exclude<Activation, 'none'>, number>> = {
  relu: 1,
  leaky: 2,
  tanh: 3,
  sigmoid: 4,
  gelu: 5,
};

const OPTIMIZER_CODES: Readonly<Record<OptimizerId, number>> = {
  sgd: 0,
  momentum: 1,
  nesterov: 2,
  rmsprop: 3,
  adagrad: 4,
  adam: 5,
  adamw: 5,
  lion: 6,
};

/** The optimizers' memory, in the order in which the update takes it. */
export const OPTIMIZER_SLOTS: Readonly<Record<OptimizerId, readonly string[]>> = {
  sgd: [],
  momentum: ['momentum'],
  nesterov: ['momentum'],
  rmsprop: ['v'],
  adagrad: ['v'],
  adam: ['m', 'v'],
  adamw: ['m', 'v'],
  lion: ['m'],
};

/** Numbers whose squares are summed at a time, as `assembly/optimize.ts` has it. */
const CHUNK = 4096;

/** What a layer leaves for its gradient. */
interface Trace {
  readonly layer: Layer;
  readonly input: number;
  readonly output: number;
  /** Convolution: the padded input. GELU: what went into it. Batch norm: the moments. Dropout: the mask. */
  readonly extra: number;
}

/** Writes the operations of one plan, and hands out scratch memory from `base` on. */
class Compiler {
  readonly operations = new Operations();
  readonly dropouts: Dropout[] = [];
  #end: number;
  /** What packed operands and unfolded pictures need at most: they are used up at once. */
  readonly #shared: Record<'left' | 'right' | 'room', { address: number; size: number }>;

  constructor(
    readonly architecture: Architecture,
    readonly places: Places,
    readonly count: number,
    readonly threads: number,
    readonly base: number,
    shared: SharedSizes,
  ) {
    this.#end = base;
    this.#shared = {
      left: { address: this.take(shared.left), size: 0 },
      right: { address: this.take(shared.right), size: 0 },
      room: { address: this.take(shared.room), size: 0 },
    };
  }

  /** Bytes used so far. */
  get used(): number {
    return this.#end - this.base;
  }

  /** What the shared parts turned out to need, in numbers. */
  get sharedSizes(): SharedSizes {
    const { left, right, room } = this.#shared;
    return { left: left.size, right: right.size, room: room.size };
  }

  /** The address of so many numbers, with a vector to spare behind them. */
  take(length: number): number {
    const address = this.#end;
    this.#end += Math.ceil((4 * length + 64) / 64) * 64;
    return address;
  }

  share(part: 'left' | 'right' | 'room', length: number): number {
    const place = this.#shared[part];
    place.size = Math.max(place.size, length);
    return place.address;
  }

  value(layer: Layer, role: string): number {
    return this.places.values[`${layer.name}.${role}`] ?? 0;
  }

  gradient(layer: Layer, role: string): number {
    return this.places.gradients[`${layer.name}.${role}`] ?? 0;
  }

  /** Room for each thread's own packed operands, of so many numbers. */
  room(length: number): { readonly room: number; readonly roomBytes: number } {
    const perThread = Math.ceil((length + 16) / 16) * 16;
    return { room: this.share('room', this.threads * perThread), roomBytes: 4 * perThread };
  }

  /** `c = a · b`, `[m, n]`; a transposed operand lies in memory as its transpose. */
  product(product: {
    a: number;
    b: number;
    c: number;
    m: number;
    n: number;
    k: number;
    transposed?: 'a' | 'b';
    bias?: number;
    relu?: boolean;
  }): void {
    const { a, b, c, m, n, k, transposed, bias = 0, relu = false } = product;
    const left = this.share('left', inFours(m) * k);
    const right = this.share('right', 8 * Math.ceil(n / 8) * k);
    const flipped = { a: Number(transposed === 'a'), b: Number(transposed === 'b') };
    this.operations.add('packLeft', {
      ...{ a, m, k, packed: left, transposed: flipped.a },
      stride: 4 * (transposed === 'a' ? m : k),
    });
    this.operations.add('packRight', {
      ...{ b, k, n, packed: right, transposed: flipped.b },
      stride: 4 * (transposed === 'b' ? k : n),
    });
    this.operations.add('gemm', {
      ...{ a: left, b: right, bias, c, ldc: 4 * n, m, n, k, relu: Number(relu) },
    });
  }
}

interface SharedSizes {
  readonly left: number;
  readonly right: number;
  readonly room: number;
}

/** The plan that `write` makes, its scratch memory beginning at what `scratch` gives for its size. */
function compiled(
  scratch: (bytes: number) => number,
  write: (base: number, shared: SharedSizes) => { plan: Omit<Plan, 'words'>; compiler: Compiler },
): Plan {
  // Sizes first: where things lie depends on them.
  const { compiler: sizes } = write(0, { left: 0, right: 0, room: 0 });
  const sized = write(0, sizes.sharedSizes);
  const { plan, compiler } = write(scratch(sized.compiler.used), sizes.sharedSizes);
  return { ...plan, scratch: compiler.used, words: compiler.operations.words };
}

/** The operations from inputs to outputs in inference. */
export function compilePrediction(
  architecture: Architecture,
  places: Places,
  count: number,
  threads: number,
  scratch: (bytes: number) => number,
): Plan {
  return compiled(scratch, (base, shared) => {
    const compiler = new Compiler(architecture, places, count, threads, base, shared);
    const inputs = compiler.take(count * sizeOf(architecture.input));
    const largest = Math.max(...architecture.layers.map(({ output }) => sizeOf(output)));
    const buffers = [compiler.take(count * largest), compiler.take(count * largest)] as const;
    const padded = compiler.take(count * largestPadded(architecture));
    let at = inputs;
    for (const layer of architecture.layers) {
      const to = at === buffers[0] ? buffers[1] : buffers[0];
      at = writeInference(compiler, layer, at, to, padded);
    }
    return {
      compiler,
      plan: {
        inputs,
        outputs: at,
        targets: 0,
        dropouts: [],
        scratch: 0,
        multiplyAdds: count * denseMultiplyAdds(architecture),
      },
    };
  });
}

/** The operations of one iteration; with `update` false they end at the gradients, penalties included. */
export function compileIteration(
  architecture: Architecture,
  places: Places,
  objective: Objective,
  count: number,
  threads: number,
  options: { readonly update: boolean; readonly dropout: boolean },
  scratch: (bytes: number) => number,
): Plan {
  return compiled(scratch, (base, shared) => {
    const compiler = new Compiler(architecture, places, count, threads, base, shared);
    const { operations } = compiler;
    const { control } = places;
    const { outputs: width } = architecture;
    const inputs = compiler.take(count * sizeOf(architecture.input));
    const targets = compiler.take(count * width);
    const losses = compiler.take(count);
    const sizes = [architecture.input, ...architecture.layers.map(({ output }) => output)];
    const largest = Math.max(...sizes.map(sizeOf));
    const gradients = [compiler.take(count * largest), compiler.take(count * largest)] as const;

    const traces: Trace[] = [];
    let outputs = inputs;
    architecture.layers.forEach((layer, index) => {
      const trace = writeForward(compiler, layer, index, outputs, options.dropout);
      traces.push(trace);
      outputs = trace.output;
    });

    const [gradient] = gradients;
    if (objective.loss === 'crossentropy') {
      operations.add('crossEntropy', {
        ...{ logits: outputs, labels: targets, gradient, losses, count, classes: width },
        smoothing: objective.labelSmoothing,
      });
    } else {
      operations.add('squaredError', { outputs, targets, gradient, losses, count, width });
    }
    operations.add('mean', { values: losses, count, control });
    if (options.update) operations.add('guard', { control });

    // Only what lies behind the first trained layer is of use to anyone.
    const first = architecture.layers.findIndex((layer) => layerParameters(layer).length > 0);
    let at: number = gradient;
    traces.toReversed().forEach((trace, i) => {
      const index = traces.length - 1 - i;
      if (index < first) return;
      const to = at === gradients[0] ? gradients[1] : gradients[0];
      at = writeBackward(compiler, trace, at, index > first ? to : null);
    });

    writePenalties(compiler, objective);
    if (options.update) writeUpdate(compiler, objective, traces);
    return {
      compiler,
      plan: {
        inputs,
        outputs,
        targets,
        dropouts: compiler.dropouts,
        scratch: 0,
        multiplyAdds: 3 * count * denseMultiplyAdds(architecture),
      },
    };
  });
}

function writeInference(
  compiler: Compiler,
  layer: Layer,
  x: number,
  y: number,
  padded: number,
): number {
  switch (layer.type) {
    case 'dense':
      writeDense(compiler, layer, x, y);
      activateInPlace(compiler, layer, y);
      return y;
    case 'conv':
      writeConv(compiler, layer, writePad(compiler, layer, x, padded), y);
      activateInPlace(compiler, layer, y);
      return y;
    case 'maxpool':
    case 'avgpool':
      writePool(compiler, layer, x, y);
      return y;
    case 'batchnorm': {
      const channels = channelsOf(layer.input);
      const moments = compiler.take(3 * channels);
      compiler.operations.add('keptMoments', {
        ...{ mean: compiler.value(layer, 'mean'), variance: compiler.value(layer, 'variance') },
        ...{ channels, moments },
      });
      writeNormalize(compiler, layer, x, moments, y);
      return y;
    }
    case 'dropout':
    case 'flatten':
      return x;
  }
}

function writeForward(
  compiler: Compiler,
  layer: Layer,
  index: number,
  x: number,
  dropout: boolean,
): Trace {
  const { count, operations } = compiler;
  const size = count * sizeOf(layer.output);
  const trace = (output: number, extra = 0): Trace => ({ layer, input: x, output, extra });
  switch (layer.type) {
    case 'dense': {
      const z = compiler.take(size);
      writeDense(compiler, layer, x, z);
      return activated(compiler, trace(z), layer.activation, size);
    }
    case 'conv': {
      const padding = paddingOf(layer);
      const room = padding.needed ? compiler.take(count * sizeOf(padding.shape)) : x;
      const from = writePad(compiler, layer, x, room);
      const z = compiler.take(size);
      writeConv(compiler, layer, from, z);
      return activated(compiler, { ...trace(z), input: from }, layer.activation, size);
    }
    case 'maxpool':
    case 'avgpool': {
      const y = compiler.take(size);
      writePool(compiler, layer, x, y);
      return trace(y);
    }
    case 'batchnorm': {
      const channels = channelsOf(layer.input);
      const moments = compiler.take(3 * channels);
      const y = compiler.take(size);
      operations.add('batchMoments', { x, rows: size / channels, channels, moments });
      writeNormalize(compiler, layer, x, moments, y);
      return trace(y, moments);
    }
    case 'dropout': {
      if (!dropout || layer.rate === 0) return trace(x);
      const y = compiler.take(size);
      const mask = writeDropout(compiler, layer, index, x, y, size);
      return trace(y, mask);
    }
    case 'flatten':
      return trace(x);
  }
}

function writeDropout(
  compiler: Compiler,
  layer: DropoutLayer,
  index: number,
  x: number,
  y: number,
  size: number,
): number {
  const address = compiler.take(size);
  compiler.dropouts.push({ address, length: size, rate: layer.rate, index });
  compiler.operations.add('multiply', { values: x, by: address, to: y, count: size });
  return address;
}

/** The trace with the activation behind it; what a GELU's gradient needs is what went in. */
function activated(compiler: Compiler, trace: Trace, activation: Activation, size: number): Trace {
  const z = trace.output;
  // ReLU is cut off where the product is stored.
  if (activation === 'none' || activation === 'relu') return trace;
  const y = activation === 'gelu' ? compiler.take(size) : z;
  compiler.operations.add('activate', { kind: ACTIVATION_CODES[activation], z, y, count: size });
  return { ...trace, output: y, extra: z };
}

function activateInPlace(compiler: Compiler, layer: DenseLayer | ConvLayer, at: number): void {
  if (layer.activation === 'none' || layer.activation === 'relu') return;
  compiler.operations.add('activate', {
    ...{ kind: ACTIVATION_CODES[layer.activation], z: at, y: at },
    count: compiler.count * sizeOf(layer.output),
  });
}

function writeDense(compiler: Compiler, layer: DenseLayer, x: number, z: number): void {
  compiler.product({
    ...{ a: x, b: compiler.value(layer, 'kernel'), c: z, bias: compiler.value(layer, 'bias') },
    ...{ m: compiler.count, n: layer.units, k: sizeOf(layer.input) },
    relu: layer.activation === 'relu',
  });
}

/** Pads the input where the layer pads; returns where it lies then. */
function writePad(compiler: Compiler, layer: ConvLayer, x: number, padded: number): number {
  const padding = paddingOf(layer);
  if (!padding.needed) return x;
  compiler.operations.add('pad', { from: x, to: padded, ...padding.sides, count: compiler.count });
  return padded;
}

function writeConv(compiler: Compiler, layer: ConvLayer, x: number, z: number): void {
  const { kernel, filters } = layer;
  const geometry = geometryOf(layer);
  const weights = kernel * kernel * geometry.channels;
  const packed = compiler.share('right', 8 * Math.ceil(filters / 8) * weights);
  compiler.operations.add('packRight', {
    ...{ b: compiler.value(layer, 'kernel'), stride: 4 * filters, k: weights, n: filters },
    ...{ transposed: 0, packed },
  });
  compiler.operations.add('convolve', {
    ...{ x, packed, bias: compiler.value(layer, 'bias'), y: z, ...geometry },
    // Where each window begins, and the windows.
    ...compiler.room(inFours(geometry.outHeight * geometry.outWidth) * (1 + weights)),
    ...{ relu: Number(layer.activation === 'relu'), count: compiler.count },
  });
}

function writePool(compiler: Compiler, layer: PoolLayer, x: number, y: number): void {
  compiler.operations.add('pool', { x, y, ...poolGeometry(layer), count: compiler.count });
}

function writeNormalize(
  compiler: Compiler,
  layer: BatchNormLayer,
  x: number,
  moments: number,
  y: number,
): void {
  const channels = channelsOf(layer.input);
  const rows = (compiler.count * sizeOf(layer.output)) / channels;
  const [scale, shift] = [compiler.value(layer, 'scale'), compiler.value(layer, 'shift')];
  compiler.operations.add('normalize', { x, rows, channels, moments, scale, shift, y });
}

/**
 * Turns the gradient at `dy` by a layer's output into those by its parameters and, at what is returned,
 * by its input. `to` is free for it; null where nobody asks.
 */
function writeBackward(
  compiler: Compiler,
  { layer, input, output, extra }: Trace,
  dy: number,
  to: number | null,
): number {
  const { count, operations } = compiler;
  const size = count * sizeOf(layer.output);
  switch (layer.type) {
    case 'dense': {
      const [n, k] = [layer.units, sizeOf(layer.input)];
      writeActivationGradient(compiler, layer.activation, output, extra, dy, size);
      const kernel = compiler.gradient(layer, 'kernel');
      compiler.product({ a: input, b: dy, c: kernel, m: k, n, k: count, transposed: 'a' });
      const sums = compiler.gradient(layer, 'bias');
      operations.add('columnSums', { values: dy, rows: count, columns: n, sums });
      if (to === null) return dy;
      const weights = compiler.value(layer, 'kernel');
      compiler.product({ a: dy, b: weights, c: to, m: count, n: k, k: n, transposed: 'b' });
      return to;
    }
    case 'conv':
      writeActivationGradient(compiler, layer.activation, output, extra, dy, size);
      return writeConvBackward(compiler, layer, input, dy, to);
    case 'maxpool':
    case 'avgpool':
      if (to === null) return dy;
      operations.add('poolGradient', {
        ...{ x: input, y: output, dy, dx: to, ...poolGeometry(layer), count },
      });
      return to;
    case 'batchnorm': {
      const channels = channelsOf(layer.input);
      operations.add('normalizeGradient', {
        ...{ x: input, rows: size / channels, channels, moments: extra, dy, dx: dy },
        scale: compiler.value(layer, 'scale'),
        scaleGradient: compiler.gradient(layer, 'scale'),
        shiftGradient: compiler.gradient(layer, 'shift'),
      });
      return dy;
    }
    case 'dropout':
      if (extra !== 0) operations.add('multiply', { values: dy, by: extra, to: dy, count: size });
      return dy;
    case 'flatten':
      return dy;
  }
}

function writeActivationGradient(
  compiler: Compiler,
  activation: Activation,
  output: number,
  extra: number,
  gradient: number,
  count: number,
): void {
  if (activation === 'none') return;
  const y = activation === 'gelu' ? extra : output;
  const kind = ACTIVATION_CODES[activation];
  compiler.operations.add('activationGradient', { kind, y, gradient, count });
}

function writeConvBackward(
  compiler: Compiler,
  layer: ConvLayer,
  x: number,
  dy: number,
  to: number | null,
): number {
  const { count, operations } = compiler;
  const { kernel, filters } = layer;
  const geometry = geometryOf(layer);
  const positions = geometry.outHeight * geometry.outWidth;
  const weights = kernel * kernel * geometry.channels;
  operations.add('kernelGradient', {
    ...{ x, dy, gradient: compiler.gradient(layer, 'kernel'), ...geometry, count },
    ...compiler.room((8 * Math.ceil(filters / 8) + 4) * positions),
  });
  operations.add('columnSums', {
    ...{ values: dy, rows: count * positions, columns: filters },
    sums: compiler.gradient(layer, 'bias'),
  });
  if (to === null) return dy;
  const packed = compiler.share('right', 8 * Math.ceil(weights / 8) * filters);
  operations.add('packRight', {
    ...{ b: compiler.value(layer, 'kernel'), stride: 4 * filters, k: filters, n: weights },
    ...{ transposed: 1, packed },
  });
  const room = compiler.room(inFours(positions) * filters + positions * weights);
  const padding = paddingOf(layer);
  const dx = padding.needed ? compiler.take(count * sizeOf(padding.shape)) : to;
  operations.add('pictureGradient', { dy, packed, dx, ...room, ...geometry, count });
  if (padding.needed) operations.add('unpad', { from: dx, to, ...padding.sides, count });
  return to;
}

/** Trained parameters: all but the statistics of batch norm. */
function trainedOf({ layers }: Architecture) {
  return layers
    .flatMap(layerParameters)
    .filter(({ role }) => role !== 'mean' && role !== 'variance')
    .map(({ name, role, shape }) => ({ name, role, length: sizeOf(shape) }));
}

function writePenalties(compiler: Compiler, { l1, l2 }: Objective): void {
  if (l1 === 0 && l2 === 0) return;
  const { values, gradients } = compiler.places;
  for (const { name, role, length } of trainedOf(compiler.architecture)) {
    if (role !== 'kernel') continue;
    compiler.operations.add('penalize', {
      ...{ parameter: values[name] ?? 0, gradient: gradients[name] ?? 0, count: length, l1, l2 },
    });
  }
}

function writeUpdate(compiler: Compiler, objective: Objective, traces: readonly Trace[]): void {
  const { operations, places, count } = compiler;
  const { control } = places;
  const trained = trainedOf(compiler.architecture);
  const at = (places: Readonly<Record<string, number>>, name: string) => places[name] ?? 0;
  if (objective.clip > 0) {
    const chunks = trained.map(({ length }) => Math.ceil(length / CHUNK));
    const total = chunks.reduce((sum, each) => sum + each, 0);
    const sums = compiler.take(2 * total);
    let next = sums;
    trained.forEach(({ name, length }, i) => {
      const [gradient, mask] = [at(places.gradients, name), at(places.masks, name)];
      operations.add('sumSquares', { gradient, mask, count: length, sums: next });
      next += 8 * (chunks[i] ?? 0);
    });
    operations.add('clip', { sums, count: total, limit: objective.clip, control });
  }
  const { optimizer, momentum } = objective;
  const decays = optimizer === 'adamw' || optimizer === 'lion';
  const [slot1 = '', slot2 = ''] = OPTIMIZER_SLOTS[optimizer];
  for (const { name, role, length } of trained) {
    operations.add('update', {
      kind: OPTIMIZER_CODES[optimizer],
      parameter: at(places.values, name),
      gradient: at(places.gradients, name),
      mask: at(places.masks, name),
      slot1: at(places.slots, `${slot1}/${name}`),
      slot2: at(places.slots, `${slot2}/${name}`),
      count: length,
      momentum,
      decay: decays && role === 'kernel' ? objective.decay : 0,
      control,
    });
  }
  for (const { layer, extra } of traces) {
    if (layer.type !== 'batchnorm') continue;
    const channels = channelsOf(layer.input);
    operations.add('moveAverages', {
      ...{ moments: extra, rows: (count * sizeOf(layer.output)) / channels, channels },
      ...{ mean: compiler.value(layer, 'mean'), variance: compiler.value(layer, 'variance') },
    });
  }
}

/** Rounded up to the rows of a packed tile. */
function inFours(rows: number): number {
  return 4 * Math.ceil(rows / 4);
}

function channelsOf(shape: Shape): number {
  return shape.at(-1) ?? 1;
}

/** A picture's sides; what is checked before is a picture. */
function picture([height = 1, width = 1, channels = 1]: Shape) {
  return { height, width, channels };
}

/** The zeros that a convolution puts around its input, the odd row and column last. */
function paddingOf(layer: ConvLayer) {
  const { height, width, channels } = picture(layer.input);
  const out = picture(layer.output);
  const around = (side: number, outSide: number) =>
    layer.padding === 'same' ? Math.max(0, (outSide - 1) * layer.stride + layer.kernel - side) : 0;
  const [down, across] = [around(height, out.height), around(width, out.width)];
  const [paddedHeight, paddedWidth] = [height + down, width + across];
  return {
    needed: down > 0 || across > 0,
    shape: [paddedHeight, paddedWidth, channels],
    sides: {
      ...{ height, width, channels, paddedHeight, paddedWidth },
      ...{ top: Math.floor(down / 2), left: Math.floor(across / 2) },
    },
  };
}

/** Of a convolution over its padded input. */
function geometryOf(layer: ConvLayer) {
  const { height, width, channels } = picture(paddingOf(layer).shape);
  const out = picture(layer.output);
  return {
    ...{ height, width, channels, outHeight: out.height, outWidth: out.width },
    ...{ filters: layer.filters, kernel: layer.kernel, stride: layer.stride },
  };
}

function poolGeometry(layer: PoolLayer) {
  const out = picture(layer.output);
  return {
    ...{ ...picture(layer.input), outHeight: out.height, outWidth: out.width },
    ...{ size: layer.size, stride: layer.stride, average: Number(layer.type === 'avgpool') },
  };
}

/** Numbers of the largest padded picture; 0 where no layer pads. */
function largestPadded({ layers }: Architecture): number {
  return Math.max(
    0,
    ...layers.map((layer) => {
      if (layer.type !== 'conv') return 0;
      const padding = paddingOf(layer);
      return padding.needed ? sizeOf(padding.shape) : 0;
    }),
  );
}
