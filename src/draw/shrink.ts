/** A picture as canvases give it: red, green, blue, opacity, `[height, width, 4]`. */
export interface Rgba {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

export interface Wanted {
  /** Height and width of what it becomes. */
  readonly side: number;
  readonly channels: 1 | 3;
  /** Whether the middle square is cut out, or the whole is kept, with margins that go on as its edges do. */
  readonly keep: 'middle' | 'whole';
}

/** How bright red, green and blue are (ITU-R BT.601), as other programs make grey of them. */
const LUMA = [0.299, 0.587, 0.114] as const;

/**
 * A picture made square and small, `[side, side, channels]`: every pixel is the mean of what falls on it.
 * What can be seen through lies on white paper.
 */
export function shrink(
  { width, height, data }: Rgba,
  { side, channels, keep }: Wanted,
): Uint8Array {
  const square = keep === 'middle' ? Math.min(width, height) : Math.max(width, height);
  const columns = sharesOf(side, square, width);
  const rows = sharesOf(side, square, height);
  const small = new Uint8Array(side * side * channels);
  const sum = new Float64Array(3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      sum.fill(0);
      for (const [row, high] of rows[y] ?? []) {
        for (const [column, wide] of columns[x] ?? []) {
          const at = 4 * (row * width + column);
          const opacity = (data[at + 3] ?? 0) / 255;
          for (let c = 0; c < 3; c++) {
            const value = (data[at + c] ?? 0) * opacity + 255 * (1 - opacity);
            sum[c] = (sum[c] ?? 0) + value * high * wide;
          }
        }
      }
      const [red = 0, green = 0, blue = 0] = sum;
      const at = (y * side + x) * channels;
      if (channels === 3) small.set([red, green, blue].map(Math.round), at);
      else small[at] = Math.round(LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue);
    }
  }
  return small;
}

/**
 * For each of `side` pixels along one axis: which of the picture's pixels fall on it, each with its share.
 * The square, `square` pixels long, has the picture's `length` in its middle; beyond an edge is its last pixel.
 */
function sharesOf(
  side: number,
  square: number,
  length: number,
): readonly (readonly (readonly [number, number])[])[] {
  const scale = square / side;
  const offset = (length - square) / 2;
  return Array.from({ length: side }, (_, i) => {
    const [start, end] = [offset + i * scale, offset + (i + 1) * scale];
    const shares: [number, number][] = [];
    for (let at = Math.floor(start); at < end; at++) {
      const share = (Math.min(end, at + 1) - Math.max(start, at)) / scale;
      if (share > 0) shares.push([Math.min(length - 1, Math.max(0, at)), share]);
    }
    return shares;
  });
}
