import type { Frame } from '../../lab/landscapes';

/** Where a point of the function's plane lies in a picture, in pixels from its top left, and back. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly across: (x: number) => number;
  readonly down: (y: number) => number;
  readonly xAt: (pixel: number) => number;
  readonly yAt: (pixel: number) => number;
}

export function planeOf(frame: Frame, width: number, height: number): Plane {
  const { left, right, bottom, top } = frame;
  const [sideX, sideY] = [right - left, top - bottom];
  return {
    width,
    height,
    across: (x) => ((x - left) / sideX) * width,
    down: (y) => ((top - y) / sideY) * height,
    xAt: (pixel) => left + (pixel / width) * sideX,
    yAt: (pixel) => top - (pixel / height) * sideY,
  };
}

/** Within the frame, rounded to what a pixel can tell. */
export function placed(frame: Frame, x: number, y: number): { x: number; y: number } {
  const { left, right, bottom, top } = frame;
  const digits = Math.max(0, Math.ceil(-Math.log10((right - left) / 400)));
  const within = (value: number, low: number, high: number) =>
    Number(Math.min(high, Math.max(low, value)).toFixed(digits));
  return { x: within(x, left, right), y: within(y, bottom, top) };
}
