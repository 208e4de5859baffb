import { BatchMatMul, Transpose, type TensorInfo } from '@tensorflow/tfjs-core';
import { inputOf, registerWasmKernel, type Kernels } from './wasm-kernels';

/**
 * Matrix product with transposed operands, as every dense layer's gradient asks for. The backend's own
 * kernel reaches XNNPACK only without a transpose and is some ten times slower with one, so the operands
 * are transposed beforehand.
 */
export function registerBatchMatMul(): void {
  registerWasmKernel(BatchMatMul, (inputs, attributes, kernels) => {
    const a = inputOf(inputs, 'a');
    const b = inputOf(inputs, 'b');
    const turn = (matrix: TensorInfo, flag: unknown) =>
      flag === true ? transposed(matrix, kernels) : matrix;
    return kernels.original(
      { a: turn(a, attributes['transposeA']), b: turn(b, attributes['transposeB']) },
      { transposeA: false, transposeB: false },
    );
  });
}

/** The last two axes exchanged. */
function transposed(matrix: TensorInfo, kernels: Kernels): TensorInfo {
  const rank = matrix.shape.length;
  const perm = matrix.shape.map((_, axis) => axis);
  perm[rank - 2] = rank - 1;
  perm[rank - 1] = rank - 2;
  return kernels.call(Transpose, { x: matrix }, { perm });
}
