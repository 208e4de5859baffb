/** Side of the picture that a network sees. */
export const SIDE = 28;

/** How a drawing comes into its picture: scaled, with its proportions, and moved. */
interface Fit {
  /** Pixels that the longer side of the ink fills. */
  readonly box: number;
  /** What of the ink lies in the middle of the picture: its centre of mass, or the middle of its extent. */
  readonly middle: 'mass' | 'extent';
}

const FITS = {
  /** As MNIST's digits were prepared (LeCun et al. 1998). */
  digit: { box: 20, middle: 'mass' },
  /** As Fashion-MNIST's pictures were (Xiao, Rasul & Vollgraf 2017): the longer side fills the picture. */
  clothing: { box: 28, middle: 'extent' },
} as const satisfies Readonly<Record<string, Fit>>;

export type FitId = keyof typeof FITS;

/**
 * A drawing as one picture of 28 × 28. Every pixel is the mean of the ink that falls on it. `ink`:
 * `[height, width]`, from 0 to 1. Nothing drawn gives zeros.
 */
export function fitted(ink: Float32Array, width: number, fit: FitId): Float32Array {
  const picture = new Float32Array(SIDE * SIDE);
  const found = extentOf(ink, width);
  if (found === null) return picture;
  const { left, right, top, bottom } = found;
  const { box, middle } = FITS[fit];
  const [centreX, centreY] =
    middle === 'mass' ? [found.x, found.y] : [(left + right) / 2, (top + bottom) / 2];
  const scale = box / Math.max(right - left, bottom - top);
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
