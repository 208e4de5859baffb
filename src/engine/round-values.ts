import {
  add,
  clipByValue,
  customGrad,
  div,
  greaterEqual,
  lessEqual,
  logicalAnd,
  mul,
  round,
  sub,
  where,
  zerosLike,
  type GradSaveFunc,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { ActivationGrid } from '../experiment/architecture';

/** `x` on its nearest values of the grid; the gradient goes past the rounding, but not beyond the grid. */
export function roundValues(x: Tensor, { bits, scale, zeroPoint }: ActivationGrid): Tensor {
  const largest = 2 ** bits - 1;
  const codes = (values: Tensor) => add(round(div(values, scale)), zeroPoint);
  const rounded = customGrad((values, save) => {
    // Inputs come first, then what keeps tensors for the gradient: TypeScript is told of either anywhere.
    const input = values as Tensor;
    (save as GradSaveFunc)([input]);
    return {
      value: mul(sub(clipByValue(codes(input), 0, largest), zeroPoint), scale),
      gradFunc: (dy: Tensor, [kept = input]: Tensor[]) => {
        const code = codes(kept);
        const inside = logicalAnd(greaterEqual(code, 0), lessEqual(code, largest));
        return where(inside, dy, zerosLike(dy));
      },
    };
  });
  return rounded(x);
}
