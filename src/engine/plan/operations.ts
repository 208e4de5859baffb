/**
 * What a plan is made of: each operation with the names of its arguments, in the order in which
 * `assembly/index.ts` numbers them. Addresses and strides are bytes; arrays are float32 unless said
 * otherwise.
 */
const ARGUMENTS = {
  packRight: ['b', 'stride', 'k', 'n', 'transposed', 'packed'],
  packLeft: ['a', 'stride', 'm', 'k', 'transposed', 'packed', 'steps'],
  gemm: ['a', 'steps', 'b', 'bias', 'c', 'ldc', 'm', 'n', 'k', 'relu'],
  pad: [
    ...['from', 'height', 'width', 'channels', 'to', 'top', 'left'],
    ...['paddedHeight', 'paddedWidth', 'count'],
  ],
  unpad: [
    ...['from', 'height', 'width', 'channels', 'to', 'top', 'left'],
    ...['paddedHeight', 'paddedWidth', 'count'],
  ],
  convolve: [
    ...['x', 'height', 'width', 'channels', 'packed', 'bias', 'y', 'outHeight', 'outWidth'],
    ...['filters', 'kernel', 'stride', 'relu', 'room', 'roomBytes', 'count'],
  ],
  kernelGradient: [
    ...['x', 'height', 'width', 'channels', 'dy', 'outHeight', 'outWidth', 'filters'],
    ...['kernel', 'stride', 'gradient', 'room', 'roomBytes', 'count'],
  ],
  pictureGradient: [
    ...['dy', 'outHeight', 'outWidth', 'filters', 'packed', 'dx', 'height', 'width', 'channels'],
    ...['kernel', 'stride', 'room', 'roomBytes', 'count'],
  ],
  pool: [
    ...['x', 'height', 'width', 'channels', 'y', 'outHeight', 'outWidth', 'size', 'stride'],
    ...['average', 'count'],
  ],
  poolGradient: [
    ...['x', 'height', 'width', 'channels', 'y', 'dy', 'dx', 'outHeight', 'outWidth', 'size'],
    ...['stride', 'average', 'count'],
  ],
  activate: ['kind', 'z', 'y', 'count'],
  activationGradient: ['kind', 'y', 'gradient', 'count'],
  multiply: ['values', 'by', 'to', 'count'],
  columnSums: ['values', 'rows', 'columns', 'sums'],
  batchMoments: ['x', 'rows', 'channels', 'moments'],
  keptMoments: ['mean', 'variance', 'channels', 'moments'],
  normalize: ['x', 'rows', 'channels', 'moments', 'scale', 'shift', 'y'],
  normalizeGradient: [
    ...['x', 'rows', 'channels', 'moments', 'scale', 'dy', 'dx'],
    ...['scaleGradient', 'shiftGradient'],
  ],
  moveAverages: ['moments', 'rows', 'channels', 'mean', 'variance'],
  crossEntropy: ['logits', 'labels', 'gradient', 'losses', 'count', 'classes', 'smoothing'],
  squaredError: ['outputs', 'targets', 'gradient', 'losses', 'count', 'width'],
  mean: ['values', 'count', 'control'],
  guard: ['control'],
  penalize: ['parameter', 'gradient', 'count', 'l1', 'l2'],
  sumSquares: ['gradient', 'mask', 'count', 'sums'],
  clip: ['sums', 'count', 'limit', 'control'],
  update: [
    ...['kind', 'parameter', 'gradient', 'mask', 'slot1', 'slot2', 'count'],
    ...['momentum', 'decay', 'control', 'factor'],
  ],
  smallGemm: ['a', 'lda', 'b', 'ldb', 'bias', 'c', 'ldc', 'm', 'n', 'k', 'relu'],
  scaleBytes: ['bytes', 'to', 'count'],
  fitGrids: [
    ...['scheme', 'bits', 'values', 'mask', 'rows', 'columns', 'blockRows', 'perOutput', 'grids'],
  ],
  roundWeights: [
    ...['scheme', 'bits', 'values', 'mask', 'rows', 'columns', 'blockRows', 'grids', 'to'],
  ],
  sumShared: ['gradient', 'levels', 'count', 'sums', 'length'],
  spreadShared: ['gradient', 'levels', 'count', 'sums'],
  stepGrids: ['steps', 'columns', 'blocks', 'perOutput', 'grids'],
  learnedGradient: [
    ...['bits', 'values', 'rows', 'columns', 'blockRows', 'perOutput', 'grids', 'gradient'],
    ...['stepGradient', 'sums'],
  ],
  sumColumns: ['sums', 'columns', 'stepGradient'],
  roundValues: ['x', 'y', 'count', 'gridScale', 'zeroPoint', 'largest'],
  roundValuesGradient: ['x', 'gradient', 'count', 'gridScale', 'zeroPoint', 'largest'],
  distill: [
    ...['logits', 'teacher', 'gradient', 'losses', 'count', 'classes', 'temperature', 'weight'],
  ],
} as const;

type Operation = keyof typeof ARGUMENTS;
type Argument<Name extends Operation> = (typeof ARGUMENTS)[Name][number];

const CODES = Object.fromEntries(
  Object.keys(ARGUMENTS).map((name, code) => [name, code]),
) as Readonly<Record<Operation, number>>;

/** The arguments that are float32 numbers; all others are whole. */
const FRACTIONS: ReadonlySet<string> = new Set([
  ...['smoothing', 'l1', 'l2', 'limit', 'momentum', 'decay', 'temperature', 'weight'],
  ...['gridScale', 'zeroPoint', 'largest', 'factor'],
]);

/** 32-bit words of an operation. */
export const WORDS = 20;

/** Writes down operations one after the other. */
export class Operations {
  readonly #words: number[] = [];
  readonly #bits = new DataView(new ArrayBuffer(4));

  add<Name extends Operation>(name: Name, args: Readonly<Record<Argument<Name>, number>>): void {
    const words = new Array<number>(WORDS).fill(0);
    words[0] = CODES[name];
    const given: Readonly<Record<string, number>> = args;
    ARGUMENTS[name].forEach((argument, i) => {
      const value = given[argument] ?? 0;
      words[i + 1] = FRACTIONS.has(argument) ? this.#asBits(value) : value;
    });
    this.#words.push(...words);
  }

  /** As the machine reads them. */
  get words(): Int32Array {
    return Int32Array.from(this.#words);
  }

  #asBits(value: number): number {
    this.#bits.setFloat32(0, value);
    return this.#bits.getInt32(0);
  }
}
