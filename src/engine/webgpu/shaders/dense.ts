import type { Activation } from '../../../experiment/architecture';
import { ACTIVATION_FUNCTIONS, activated, belowReads, passDown } from './activation';
import { tiled } from './tiled';
import { u, type Shader } from './wgsl';

/** A dense layer's sizes, and where its parameters begin among all values (and its gradients likewise). */
export interface DenseShape {
  readonly count: number;
  readonly inputs: number;
  readonly units: number;
  readonly kernel: number;
  readonly bias: number;
}

/** `y = f(x · W + b)`, `[count, units]`, from `x` and `values`. */
export function denseForward(shape: DenseShape, activation: Activation): Shader {
  const { count, inputs, units, kernel, bias } = shape;
  return tiled({
    ...{ rows: count, columns: units, reads: ['x', 'values'], writes: ['y'] },
    functions: ACTIVATION_FUNCTIONS,
    loop: (products) => `for (var k = 0u; k < ${u(inputs)}; k++) { ${products} }`,
    left: (_, row) => `x[${row} * ${u(inputs)} + k]`,
    right: (_, column) => `values[${u(kernel)} + k * ${u(units)} + ${column}]`,
    store: (sum, row, column) => `let z = ${sum} + values[${u(bias)} + ${column}];
      y[${row} * ${u(units)} + ${column}] = ${activated(activation, 'z')};`,
  });
}

/** The gradients by kernel (`xᵀ · dy`) and bias into `gradients`, from `x` and `dy`. */
export function denseGradient({ count, inputs, units, kernel, bias }: DenseShape): Shader {
  // The bias is a row more, whose input is always one.
  return tiled({
    ...{ rows: inputs + 1, columns: units, reads: ['x', 'dy'], writes: ['gradients'] },
    loop: (products) => `for (var k = 0u; k < ${u(count)}; k++) { ${products} }`,
    atRow: (i, row) => `let isBias${i} = ${row} == ${u(inputs)};`,
    left: (i, row) => `select(x[k * ${u(inputs)} + ${row}], 1f, isBias${i})`,
    right: (_, column) => `dy[k * ${u(units)} + ${column}]`,
    store: (sum, row, column) =>
      `gradients[select(${u(kernel)} + ${row} * ${u(units)}, ${u(bias)}, ${row} == ${u(inputs)}) + ${column}] = ${sum};`,
  });
}

/** `dx = (dy · Wᵀ) · f′`, f′ of the activation below at `y`, its output: from `dy`, `values` and `y`. */
export function denseInputGradient(
  { count, inputs, units, kernel }: DenseShape,
  below: Activation,
): Shader {
  return tiled({
    ...{
      rows: count,
      columns: inputs,
      reads: ['dy', 'values', ...belowReads(below)],
      writes: ['dx'],
    },
    functions: ACTIVATION_FUNCTIONS,
    loop: (products) => `for (var k = 0u; k < ${u(units)}; k++) { ${products} }`,
    left: (_, row) => `dy[${row} * ${u(units)} + k]`,
    right: (_, column) => `values[${u(kernel)} + ${column} * ${u(units)} + k]`,
    store: (sum, row, column) => passDown(below, sum, `${row} * ${u(inputs)} + ${column}`),
  });
}
