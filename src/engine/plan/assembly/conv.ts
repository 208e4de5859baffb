import { packedTile, packLeft, scatteredTile } from './gemm';
import { firstOf } from './share';

/**
 * Convolutions over pictures `[count, height, width, channels]` as products without an unfolded copy: a
 * window is `kernel` runs of `kernel · channels` numbers. Pictures are padded beforehand.
 */

/** Copies pictures into the middle of larger ones, zeros around them. */
export function pad(
  from: usize,
  height: i32,
  width: i32,
  channels: i32,
  to: usize,
  top: i32,
  left: i32,
  paddedHeight: i32,
  paddedWidth: i32,
  count: i32,
  thread: i32,
  threads: i32,
): void {
  const row = (<usize>(width * channels)) << 2;
  const paddedRow = (<usize>(paddedWidth * channels)) << 2;
  const end = firstOf(count, thread + 1, threads);
  for (let image = firstOf(count, thread, threads); image < end; image++) {
    const source = from + <usize>image * height * row;
    const target = to + <usize>image * paddedHeight * paddedRow;
    memory.fill(target, 0, paddedHeight * paddedRow);
    for (let y = 0; y < height; y++) {
      const at = target + <usize>(top + y) * paddedRow + ((<usize>left * channels) << 2);
      memory.copy(at, source + <usize>y * row, row);
    }
  }
}

/** Copies the middle of larger pictures back: the reverse of `pad`. */
export function unpad(
  from: usize,
  height: i32,
  width: i32,
  channels: i32,
  to: usize,
  top: i32,
  left: i32,
  paddedHeight: i32,
  paddedWidth: i32,
  count: i32,
  thread: i32,
  threads: i32,
): void {
  const row = (<usize>(width * channels)) << 2;
  const paddedRow = (<usize>(paddedWidth * channels)) << 2;
  const end = firstOf(count, thread + 1, threads);
  for (let image = firstOf(count, thread, threads); image < end; image++) {
    const source = from + <usize>image * paddedHeight * paddedRow;
    const target = to + <usize>image * height * row;
    for (let y = 0; y < height; y++) {
      const at = source + <usize>(top + y) * paddedRow + ((<usize>left * channels) << 2);
      memory.copy(target + <usize>y * row, at, row);
    }
  }
}

/** Outputs `[count, outHeight, outWidth, filters]`; the kernel is packed as `[kernel² · channels, filters]`. */
export function convolve(
  x: usize,
  height: i32,
  width: i32,
  channels: i32,
  packed: usize,
  bias: usize,
  y: usize,
  outHeight: i32,
  outWidth: i32,
  filters: i32,
  kernel: i32,
  stride: i32,
  relu: bool,
  count: i32,
  thread: i32,
  threads: i32,
): void {
  const row = (<usize>(width * channels)) << 2;
  const pictureIn = <usize>height * row;
  const across = (<usize>(stride * channels)) << 2;
  const down = <usize>stride * row;
  const run = kernel * channels;
  const panelBytes = (<usize>(kernel * run)) << 5;
  const outRow = (<usize>filters) << 2;
  const positions = outHeight * outWidth;
  const panels = (filters + 7) >> 3;
  const end = firstOf(count, thread + 1, threads);
  for (let image = firstOf(count, thread, threads); image < end; image++) {
    const from = x + <usize>image * pictureIn;
    const to = y + <usize>image * positions * outRow;
    for (let panel = 0; panel < panels; panel++) {
      const start = bias + ((<usize>panel) << 5);
      let column = 0;
      let line = from;
      for (let p = 0; p < positions; p += 4) {
        const a0 = line + <usize>column * across;
        if (++column == outWidth) {
          column = 0;
          line += down;
        }
        const rows = positions - p;
        let a1 = a0;
        let a2 = a0;
        let a3 = a0;
        if (rows > 1) {
          a1 = line + <usize>column * across;
          if (++column == outWidth) {
            column = 0;
            line += down;
          }
        }
        if (rows > 2) {
          a2 = line + <usize>column * across;
          if (++column == outWidth) {
            column = 0;
            line += down;
          }
        }
        if (rows > 3) {
          a3 = line + <usize>column * across;
          if (++column == outWidth) {
            column = 0;
            line += down;
          }
        }
        scatteredTile(
          a0,
          a1,
          a2,
          a3,
          4,
          kernel,
          run,
          row,
          packed + <usize>panel * panelBytes,
          32,
          start,
          0,
          to + <usize>p * outRow + ((<usize>panel) << 5),
          outRow,
          rows,
          filters - 8 * panel,
          relu,
        );
      }
    }
  }
}

/** The gradient by the kernel, `[kernel² · channels, filters]`, summed over the batch. */
export function kernelGradient(
  x: usize,
  height: i32,
  width: i32,
  channels: i32,
  dy: usize,
  outHeight: i32,
  outWidth: i32,
  filters: i32,
  kernel: i32,
  stride: i32,
  gradient: usize,
  count: i32,
  thread: i32,
  threads: i32,
): void {
  const row = (<usize>(width * channels)) << 2;
  const pictureIn = <usize>height * row;
  const outRow = (<usize>filters) << 2;
  const pictureOut = <usize>(outHeight * outWidth) * outRow;
  const run = kernel * channels;
  const weights = kernel * run;
  const panels = (filters + 7) >> 3;
  const tiles = (weights + 3) >> 2;
  const lastTile = firstOf(tiles, thread + 1, threads);
  for (let image = 0; image < count; image++) {
    const from = x + <usize>image * pictureIn;
    const right = dy + <usize>image * pictureOut;
    for (let panel = 0; panel < panels; panel++) {
      for (let tile = firstOf(tiles, thread, threads); tile < lastTile; tile++) {
        const m = 4 * tile;
        const rows = weights - m;
        const to = gradient + <usize>m * outRow + ((<usize>panel) << 5);
        scatteredTile(
          from + weightOffset(m, run, row),
          from + weightOffset(rows > 1 ? m + 1 : m, run, row),
          from + weightOffset(rows > 2 ? m + 2 : m, run, row),
          from + weightOffset(rows > 3 ? m + 3 : m, run, row),
          (<usize>(stride * channels)) << 2,
          outHeight,
          outWidth,
          <usize>stride * row,
          right + ((<usize>panel) << 5),
          outRow,
          image > 0 ? to : 0,
          outRow,
          to,
          outRow,
          rows,
          filters - 8 * panel,
          false,
        );
      }
    }
  }
}

/** Bytes from a window's first number to what its weight `m` reads. */
function weightOffset(m: i32, run: i32, row: usize): usize {
  return <usize>(m / run) * row + ((<usize>(m % run)) << 2);
}

/**
 * The gradient by the pictures: the products of every position with the transposed kernel (packed as
 * `[filters, kernel² · channels]`), added where the position's window lies. `room` holds for each thread
 * `filters` numbers for every position, positions rounded up to fours, `kernel² · channels` numbers
 * for every position, and 64 bytes.
 */
export function pictureGradient(
  dy: usize,
  outHeight: i32,
  outWidth: i32,
  filters: i32,
  packed: usize,
  dx: usize,
  height: i32,
  width: i32,
  channels: i32,
  kernel: i32,
  stride: i32,
  room: usize,
  count: i32,
  thread: i32,
  threads: i32,
): void {
  const row = (<usize>(width * channels)) << 2;
  const pictureIn = <usize>height * row;
  const outRow = (<usize>filters) << 2;
  const positions = outHeight * outWidth;
  const run = kernel * channels;
  const weights = kernel * run;
  const window = (<usize>weights) << 2;
  const panels = (weights + 7) >> 3;
  const tiles = (positions + 3) >> 2;
  const packedBytes = (<usize>(tiles * filters)) << 4;
  const left = room + <usize>thread * (packedBytes + <usize>positions * window + 64);
  const unfolded = left + packedBytes;
  const end = firstOf(count, thread + 1, threads);
  for (let image = firstOf(count, thread, threads); image < end; image++) {
    packLeft(dy + <usize>image * positions * outRow, outRow, positions, filters, false, left, 0, 1);
    for (let panel = 0; panel < panels; panel++) {
      for (let tile = 0; tile < tiles; tile++) {
        packedTile(
          left + ((<usize>tile * filters) << 4),
          packed + ((<usize>panel * filters) << 5),
          filters,
          0,
          0,
          unfolded + ((<usize>tile) << 2) * window + ((<usize>panel) << 5),
          window,
          positions - 4 * tile,
          weights - 8 * panel,
          false,
        );
      }
    }
    const picture = dx + <usize>image * pictureIn;
    memory.fill(picture, 0, pictureIn);
    for (let y = 0; y < outHeight; y++) {
      for (let x = 0; x < outWidth; x++) {
        let from = unfolded + <usize>(y * outWidth + x) * window;
        let to = picture + <usize>(y * stride) * row + ((<usize>(x * stride * channels)) << 2);
        for (let k = 0; k < kernel; k++) {
          addRun(to, from, run);
          from += (<usize>run) << 2;
          to += row;
        }
      }
    }
  }
}

/** Adds `length` numbers to those at `to`. */
function addRun(to: usize, from: usize, length: i32): void {
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    to += 16;
    from += 16;
  }
  for (; i < length; i++) {
    store<f32>(to, load<f32>(to) + load<f32>(from));
    to += 4;
    from += 4;
  }
}
