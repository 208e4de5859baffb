import { valueOf, type Expression } from './expression';
import { jetOf } from './jet';
import type { Frame } from './landscapes';
import { eigenvalues } from './surface';
import { nowhereFinite } from './problems';
import type { Relief } from './results';

/** A tenth of all values lie below; where the highest is so many times as high, levels are told apart by ratio. */
const SPREAD = 60;
const NEWTON_STEPS = 30;

/** The values of a formula on a grid, `[side, side]`, with its lowest point. @throws WhittleError where there are none */
export function reliefOf(
  expression: Expression,
  frame: Frame,
  side: number,
  known: Pick<Relief, 'minima' | 'levels'> | null,
): Relief {
  const values = new Float64Array(side * side);
  const x = (column: number) => frame.left + ((frame.right - frame.left) * column) / (side - 1);
  const y = (row: number) => frame.bottom + ((frame.top - frame.bottom) * row) / (side - 1);
  let lowestAt = -1;
  for (let i = 0; i < values.length; i++) {
    const value = valueOf(expression, x(i % side), y(Math.floor(i / side)));
    values[i] = Number.isFinite(value) ? value : NaN;
    if (Number.isFinite(value) && !(value >= (values[lowestAt] ?? Infinity))) lowestAt = i;
  }
  if (lowestAt < 0) throw nowhereFinite();
  const guesses = known?.minima ?? [[x(lowestAt % side), y(Math.floor(lowestAt / side))] as const];
  const minima = guesses.flatMap(([atX, atY]) => {
    const found = minimumNear(expression, atX, atY);
    return found !== null && isWithin(found, frame) ? [found] : [];
  });
  const heights = minima.map(([atX, atY]) => valueOf(expression, atX, atY));
  const lowest = Math.min(values[lowestAt] ?? Infinity, ...heights);
  const levels = known?.levels ?? levelsOf(values, lowest);
  return { frame, side, values, levels, minima, lowest };
}

/** Newton's method on the gradient; null where it does not settle in a valley. */
export function minimumNear(
  expression: Expression,
  fromX: number,
  fromY: number,
): readonly [number, number] | null {
  let [x, y] = [fromX, fromY];
  for (let i = 0; i < NEWTON_STEPS; i++) {
    const { x: gx, y: gy, xx, xy, yy } = jetOf(expression, x, y);
    const determinant = xx * yy - xy * xy;
    const [smallest] = eigenvalues(xx, xy, yy);
    if (!(smallest > 0) || !Number.isFinite(determinant)) return null;
    const dx = (yy * gx - xy * gy) / determinant;
    const dy = (xx * gy - xy * gx) / determinant;
    x -= dx;
    y -= dy;
    if (Math.hypot(dx, dy) <= 1e-12 * (1 + Math.hypot(x, y))) return [x, y];
  }
  return null;
}

function isWithin([x, y]: readonly [number, number], frame: Frame): boolean {
  return x >= frame.left && x <= frame.right && y >= frame.bottom && y <= frame.top;
}

function levelsOf(values: Float64Array, lowest: number): Relief['levels'] {
  const heights = values
    .filter(Number.isFinite)
    .map((value) => value - lowest)
    .sort();
  const tenth = heights[Math.floor(heights.length / 10)] ?? 0;
  return (heights.at(-1) ?? 0) > SPREAD * tenth && tenth > 0 ? 'log' : 'linear';
}
