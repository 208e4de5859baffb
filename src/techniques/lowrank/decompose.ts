import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Parameter } from '../../experiment/checkpoint';

/**
 * The singular value decomposition of a kernel `[inputs, outputs]`, largest value first: `W = L · R`, where
 * the k-th column of L and the k-th row of R are the singular vectors times √σₖ. The first r of them give
 * the nearest matrix of rank r (Eckart & Young 1936).
 */
export interface Decomposition {
  /** Of the values that count. */
  readonly singular: Float64Array;
  /** `[inputs, singular.length]`. */
  readonly left: Float32Array;
  /** `[singular.length, outputs]`. */
  readonly right: Float32Array;
}

/**
 * Singular values that are smaller in relation to the largest are what float32 weights and the squares of a
 * Gram matrix leave of zero.
 */
const NOISE = 1e-6;

/** Finding them takes a second; a slider asks for the same kernel at every rank. */
const known = new WeakMap<Float32Array, Decomposition>();

/** @throws RangeError where a weight is not finite. */
export function decompose({ shape, values }: Parameter): Decomposition {
  const found = known.get(values) ?? decomposeAnew(values, shape[0] ?? 1, shape[1] ?? 1);
  known.set(values, found);
  return found;
}

/**
 * By the eigenvectors of the Gram matrix of the shorter side, V of WᵀW or U of WWᵀ: W is projected on
 * them, so that nothing is divided by a small singular value.
 */
function decomposeAnew(values: Float32Array, inputs: number, outputs: number): Decomposition {
  if (!values.every(Number.isFinite)) throw new RangeError('A weight is not finite.');
  const isTall = inputs >= outputs;
  const tall = isTall ? values : transposed(values, inputs, outputs);
  const [rows, columns] = isTall ? [inputs, outputs] : [outputs, inputs];
  const { vectors, order } = eigenvectors(gram(tall, rows, columns), columns);
  const projected = project(tall, rows, columns, vectors, order);
  const singular = norms(projected, rows, columns);
  const least = NOISE * (singular[0] ?? 0);
  const count = Math.max(1, singular.filter((value) => value > least).length);
  const scaled = (value: number, k: number, power: number) => {
    const sigma = singular[k] ?? 0;
    return sigma === 0 ? 0 : value * sigma ** power;
  };
  // The long side has σ in it already, the short side has none.
  const long = take(rows, count, (i, k) => scaled(projected[i * columns + k] ?? 0, k, -0.5));
  const short = take(columns, count, (j, k) =>
    scaled(vectors[j * columns + (order[k] ?? 0)] ?? 0, k, 0.5),
  );
  const [left, right] = isTall ? [long, short] : [short, long];
  return { singular: singular.slice(0, count), left, right: transposed(right, outputs, count) };
}

/** `XᵀX` of `X [rows, columns]`. */
function gram(x: Float32Array, rows: number, columns: number): Float64Array {
  const sums = new Float64Array(columns * columns);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    for (let i = 0; i < columns; i++) {
      const a = x[start + i] ?? 0;
      if (a === 0) continue;
      for (let j = i; j < columns; j++) {
        sums[i * columns + j] = (sums[i * columns + j] ?? 0) + a * (x[start + j] ?? 0);
      }
    }
  }
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < i; j++) sums[i * columns + j] = sums[j * columns + i] ?? 0;
  }
  return sums;
}

/** Eigenvectors as columns, `[size, size]`, and their numbers in the order of falling eigenvalues. */
function eigenvectors(symmetric: Float64Array, size: number) {
  const rows = Array.from({ length: size }, (_, i) => symmetric.subarray(i * size, (i + 1) * size));
  const found = new EigenvalueDecomposition(new Matrix(rows), { assumeSymmetric: true });
  const values = found.realEigenvalues;
  const order = values.map((_, i) => i).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  return { vectors: Float64Array.from(found.eigenvectorMatrix.to1DArray()), order };
}

/** `X · V` with the columns of V in `order`, `[rows, columns]`. */
function project(
  x: Float32Array,
  rows: number,
  columns: number,
  vectors: Float64Array,
  order: readonly number[],
): Float64Array {
  const ordered = new Float64Array(columns * columns);
  for (let j = 0; j < columns; j++) {
    for (let k = 0; k < columns; k++) {
      ordered[j * columns + k] = vectors[j * columns + (order[k] ?? 0)] ?? 0;
    }
  }
  const products = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const to = products.subarray(i * columns, (i + 1) * columns);
    for (let j = 0; j < columns; j++) {
      const a = x[i * columns + j] ?? 0;
      if (a === 0) continue;
      for (let k = 0; k < columns; k++) to[k] = (to[k] ?? 0) + a * (ordered[j * columns + k] ?? 0);
    }
  }
  return products;
}

/** Of each column. */
function norms(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const squares = new Float64Array(columns);
  for (let i = 0; i < rows * columns; i++) {
    squares[i % columns] = (squares[i % columns] ?? 0) + (matrix[i] ?? 0) ** 2;
  }
  return squares.map(Math.sqrt);
}

function take(rows: number, columns: number, value: (row: number, column: number) => number) {
  return Float32Array.from({ length: rows * columns }, (_, i) =>
    value(Math.floor(i / columns), i % columns),
  );
}

/** `[columns, rows]` of `[rows, columns]`. */
function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  return take(columns, rows, (column, row) => values[row * columns + column] ?? 0);
}
