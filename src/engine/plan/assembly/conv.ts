import { packedTile, packLeft, packRight, scatteredTile, transpose4 } from './gemm';
import { firstOf } from './share';

/**
 * Convolutions over pictures `[count, height, width, channels]` as products, picture by picture: a window
 * is `kernel` runs of `kernel · channels` numbers. Pictures are padded beforehand. `room` is memory for
 * packed operands, so much for each thread as `roomBytes` says.
 */

/** For fewer panels of eight filters it takes longer to pack a picture than it saves. */
const WORTH_PACKING = 4;

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
    memory.fill(target, 0, <usize>paddedHeight * paddedRow);
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
  room: usize,
  roomBytes: usize,
  count: i32,
  thread: i32,
  threads: i32,
): void {
  const row = (<usize>(width * channels)) << 2;
  const picture = <usize>height * row;
  const run = kernel * channels;
  const depth = kernel * run;
  const outRow = (<usize>filters) << 2;
  const positions = outHeight * outWidth;
  const tiles = (positions + 3) >> 2;
  const panels = (filters + 7) >> 3;
  const windows = room + <usize>thread * roomBytes;
  const left = windows + ((<usize>tiles) << 4);
  listWindows(windows, row, channels, outHeight, outWidth, stride);
  const end = firstOf(count, thread + 1, threads);
  for (let image = firstOf(count, thread, threads); image < end; image++) {
    const from = x + <usize>image * picture;
    const packs = panels >= WORTH_PACKING;
    if (packs) packWindows(from, windows, tiles, row, run, kernel, left);
    for (let panel = 0; panel < panels; panel++) {
      const right = packed + ((<usize>panel * depth) << 5);
      const start = bias + ((<usize>panel) << 5);
      const columns = filters - 8 * panel;
      let to = y + <usize>image * positions * outRow + ((<usize>panel) << 5);
      for (let tile = 0; tile < tiles; tile++) {
        const rows = positions - 4 * tile;
        if (packs) {
          const at = left + ((<usize>tile * depth) << 4);
          packedTile(at, right, depth, start, 0, to, outRow, rows, columns, relu);
        } else {
          const w = windows + ((<usize>tile) << 4);
          const a0 = from + load<usize>(w);
          const a1 = from + load<usize>(w, 4);
          const a2 = from + load<usize>(w, 8);
          const a3 = from + load<usize>(w, 12);
          scatteredTile(
            a0,
            a1,
            a2,
            a3,
            4,
            kernel,
            run,
            row,
            right,
            32,
            start,
            0,
            to,
            outRow,
            rows,
            columns,
            relu,
          );
        }
        to += outRow << 2;
      }
    }
  }
}

/** Where the window of every position begins, in bytes; the last stands in for those missing from its four. */
function listWindows(
  windows: usize,
  row: usize,
  channels: i32,
  outHeight: i32,
  outWidth: i32,
  stride: i32,
): void {
  let to = windows;
  let at: usize = 0;
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      at = <usize>(y * stride) * row + ((<usize>(x * stride * channels)) << 2);
      store<usize>(to, at);
      to += 4;
    }
  }
  for (let p = outHeight * outWidth; (p & 3) != 0; p++) {
    store<usize>(to, at);
    to += 4;
  }
}

/** Packs the windows of one picture as the rows of a left operand. */
function packWindows(
  picture: usize,
  windows: usize,
  tiles: i32,
  row: usize,
  run: i32,
  kernel: i32,
  to: usize,
): void {
  for (let tile = 0; tile < tiles; tile++) {
    let w0 = picture + load<usize>(windows);
    let w1 = picture + load<usize>(windows, 4);
    let w2 = picture + load<usize>(windows, 8);
    let w3 = picture + load<usize>(windows, 12);
    windows += 16;
    for (let k = 0; k < kernel; k++) {
      let from: usize = 0;
      let i = 0;
      for (; i + 4 <= run; i += 4) {
        transpose4(w0 + from, w1 + from, w2 + from, w3 + from, to, 16);
        from += 16;
        to += 64;
      }
      for (; i < run; i++) {
        store<f32>(to, load<f32>(w0 + from));
        store<f32>(to, load<f32>(w1 + from), 4);
        store<f32>(to, load<f32>(w2 + from), 8);
        store<f32>(to, load<f32>(w3 + from), 12);
        from += 4;
        to += 16;
      }
      w0 += row;
      w1 += row;
      w2 += row;
      w3 += row;
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
  room: usize,
  roomBytes: usize,
  count: i32,
  thread: i32,
  threads: i32,
): void {
  const row = (<usize>(width * channels)) << 2;
  const picture = <usize>height * row;
  const outRow = (<usize>filters) << 2;
  const positions = outHeight * outWidth;
  const run = kernel * channels;
  const weights = kernel * run;
  const panels = (filters + 7) >> 3;
  const tiles = (weights + 3) >> 2;
  const first = firstOf(tiles, thread, threads);
  const end = firstOf(tiles, thread + 1, threads);
  const right = room + <usize>thread * roomBytes;
  const left = right + ((<usize>panels * positions) << 5);
  const across = (<usize>(stride * channels)) << 2;
  const down = <usize>stride * row;
  const packs = panels >= WORTH_PACKING;
  for (let image = 0; image < count; image++) {
    const from = x + <usize>image * picture;
    const dyImage = dy + <usize>image * positions * outRow;
    if (packs) packRight(dyImage, outRow, positions, filters, false, right, 0, 1);
    for (let tile = first; tile < end; tile++) {
      const m = 4 * tile;
      const rows = weights - m;
      const w0 = from + weightOffset(m, run, row);
      const w1 = from + weightOffset(min(m + 1, weights - 1), run, row);
      const w2 = from + weightOffset(min(m + 2, weights - 1), run, row);
      const w3 = from + weightOffset(min(m + 3, weights - 1), run, row);
      if (packs) packWeights(w0, w1, w2, w3, across, outHeight, outWidth, down, left);
      for (let panel = 0; panel < panels; panel++) {
        const to = gradient + <usize>m * outRow + ((<usize>panel) << 5);
        const start = image > 0 ? to : 0;
        const columns = filters - 8 * panel;
        if (packs) {
          const at = right + ((<usize>panel * positions) << 5);
          packedTile(left, at, positions, start, outRow, to, outRow, rows, columns, false);
        } else {
          scatteredTile(
            w0,
            w1,
            w2,
            w3,
            across,
            outHeight,
            outWidth,
            down,
            dyImage + ((<usize>panel) << 5),
            outRow,
            start,
            outRow,
            to,
            outRow,
            rows,
            columns,
            false,
          );
        }
      }
    }
  }
}

/** Packs what four weights read at every position of a picture; `w0` … `w3` is what they read at the first. */
function packWeights(
  w0: usize,
  w1: usize,
  w2: usize,
  w3: usize,
  across: usize,
  outHeight: i32,
  outWidth: i32,
  down: usize,
  to: usize,
): void {
  const together = w3 == w0 + 12;
  for (let y = 0; y < outHeight; y++) {
    let at = <usize>y * down;
    for (let x = 0; x < outWidth; x++) {
      if (together) {
        v128.store(to, v128.load(w0 + at));
      } else {
        store<f32>(to, load<f32>(w0 + at));
        store<f32>(to, load<f32>(w1 + at), 4);
        store<f32>(to, load<f32>(w2 + at), 8);
        store<f32>(to, load<f32>(w3 + at), 12);
      }
      to += 16;
      at += across;
    }
  }
}

/** Bytes from a window's first number to what its weight `m` reads. */
function weightOffset(m: i32, run: i32, row: usize): usize {
  return <usize>(m / run) * row + ((<usize>(m % run)) << 2);
}

/**
 * The gradient by the pictures: the products of every position with the transposed kernel (packed as
 * `[filters, kernel² · channels]`), added where the position's window lies.
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
  roomBytes: usize,
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
  const left = room + <usize>thread * roomBytes;
  const unfolded = left + ((<usize>tiles * filters) << 4);
  const end = firstOf(count, thread + 1, threads);
  for (let image = firstOf(count, thread, threads); image < end; image++) {
    packLeft(
      dy + <usize>image * positions * outRow,
      outRow,
      positions,
      filters,
      false,
      left,
      0,
      0,
      1,
    );
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
