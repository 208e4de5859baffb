/** Side of a digit's picture, and of the box in it that the ink fills, as in MNIST. */
export const SIDE = 28;
const BOX = 20;

/**
 * A drawing as MNIST would have it: scaled, with its proportions, until the ink fits a box of 20 × 20, then
 * moved so that its centre of mass is that of the picture (LeCun et al. 1998). Every pixel is the mean of the
 * ink that falls on it. `ink`: `[height, width]`, from 0 to 1. Nothing drawn gives zeros.
 */
export function centredDigit(ink: Float32Array, width: number): Float32Array {
  const picture = new Float32Array(SIDE * SIDE);
  const found = extentOf(ink, width);
  if (found === null) return picture;
  const { left, right, top, bottom, x: centreX, y: centreY } = found;
  const scale = BOX / Math.max(right - left, bottom - top);
  for (let y = top; y < bottom; y++) {
    const rows = overlaps((y - centreY) * scale + SIDE / 2, scale);
    for (let x = left; x < right; x++) {
      const value = ink[y * width + x] ?? 0;
      if (value === 0) continue;
      for (const [column, wide] of overlaps((x - centreX) * scale + SIDE / 2, scale)) {
        for (const [row, high] of rows) {
          const at = row * SIDE + column;
          picture[at] = Math.min(1, (picture[at] ?? 0) + value * wide * high);
        }
      }
    }
  }
  return picture;
}

/** The box around the ink, its far edges left out, and the ink's centre of mass; null where there is none. */
function extentOf(ink: Float32Array, width: number) {
  let [left, right, top, bottom] = [Infinity, 0, Infinity, 0];
  let [mass, x, y] = [0, 0, 0];
  ink.forEach((value, i) => {
    if (value === 0) return;
    const [column, row] = [i % width, Math.floor(i / width)];
    left = Math.min(left, column);
    right = Math.max(right, column + 1);
    top = Math.min(top, row);
    bottom = Math.max(bottom, row + 1);
    mass += value;
    x += value * (column + 0.5);
    y += value * (row + 0.5);
  });
  return mass === 0 ? null : { left, right, top, bottom, x: x / mass, y: y / mass };
}

/** Which pixels of a line of 28 a stretch covers, each with how much of it. */
function overlaps(start: number, length: number): readonly (readonly [number, number])[] {
  const end = start + length;
  const covered: [number, number][] = [];
  for (let i = Math.max(0, Math.floor(start)); i < Math.min(SIDE, end); i++) {
    covered.push([i, Math.min(end, i + 1) - Math.max(start, i)]);
  }
  return covered;
}
