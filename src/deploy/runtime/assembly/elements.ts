import * as engine from '../../../engine/plan/assembly/activation';

/** `x = f(x)`, element by element: the training engine's own code, on one thread. */
export function activate(kind: i32, x: usize, count: i32): void {
  engine.activate(kind, x, x, count, 0, 1);
}

/** Rounds numbers to a grid of codes from 0 to `largest`. */
export function roundValues(x: usize, count: i32, scale: f32, zeroPoint: f32, largest: f32): void {
  engine.roundValues(x, x, count, scale, zeroPoint, largest, 0, 1);
}
