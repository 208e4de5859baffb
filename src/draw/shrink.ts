/** A picture as canvases give it: red, green, blue, opacity, `[height, width, 4]`. */
export interface Rgba {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

export interface Wanted {
  /** Of what it becomes. */
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** Whether its middle is cut out, or the whole is kept, with margins that go on as its edges do. */
  readonly keep: 'middle' | 'whole';
}

/** How bright red, green and blue are (ITU-R BT.601), as other programs make grey of them. */
const LUMA = [0.299, 0.587, 0.114] as const;

/** How many pixels of a picture, along an axis, become one. */
export function scaleOf(
  picture: Pick<Rgba, 'width' | 'height'>,
  { width, height, keep }: Wanted,
): number {
  const scales = [picture.width / width, picture.height / height];
  return keep === 'middle' ? Math.min(...scales) : Math.max(...scales);
}

/**
 * A picture made small, `[height, width, channels]`: every pixel is the mean of what falls on it. What can be seen
 * through lies on white paper.
 */
export function shrink(picture: Rgba, wanted: Wanted): Uint8Array {
  const { width, data } = picture;
  const { channels } = wanted;
  const scale = scaleOf(picture, wanted);
  const columns = sharesOf(wanted.width, scale, width);
  const rows = sharesOf(wanted.height, scale, picture.height);
  const small = new Uint8Array(wanted.height * wanted.width * channels);
  const sum = new Float64Array(3);
  for (let y = 0; y < wanted.height; y++) {
    for (let x = 0; x < wanted.width; x++) {
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
      const at = (y * wanted.width + x) * channels;
      if (channels === 3) small.set([red, green, blue].map(Math.round), at);
      else small[at] = Math.round(LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue);
    }
  }
  return small;
}

/**
 * For each of `side` pixels along one axis: which of the picture's pixels fall on it, each with its share. Together
 * they have the middle of the picture's `length` in theirs; beyond an edge is its last pixel.
 */
function sharesOf(
  side: number,
  scale: number,
  length: number,
): readonly (readonly (readonly [number, number])[])[] {
  const offset = (length - side * scale) / 2;
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
