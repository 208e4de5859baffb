import { Kernel } from './kernel';
import { listTaps } from './taps';

/**
 * A convolution over pictures of planes `[channels, height, width]`, padded beforehand, `rowBytes` a row; each
 * begins `xStep` bytes behind the one before, and its result `yStep`. A filter at a time, which is taken out of its
 * codes once for all pictures: each of its weights is multiplied with a whole picture, moved by its place. Memory
 * for `list`, 8 bytes a tap; for `sums`, a plane of results as wide as the picture.
 */
export function conv(
  kernel: usize,
  x: usize,
  rowBytes: i32,
  taps: i32,
  places: usize,
  y: usize,
  outHeight: i32,
  outWidth: i32,
  filters: i32,
  stride: i32,
  bias: usize,
  list: usize,
  sums: usize,
  pictures: i32,
  xStep: usize,
  yStep: usize,
): void {
  const k = changetype<Kernel>(kernel);
  const plane = (<usize>(outHeight * outWidth)) << 2;
  for (let filter = 0; filter < filters; filter++) {
    const count = listTaps(k, filter, filters, taps, places, list);
    const shift = v128.load32_splat(bias + ((<usize>filter) << 2));
    for (let picture = 0; picture < pictures; picture++) {
      const from = x + <usize>picture * xStep;
      const to = y + <usize>picture * yStep;
      if (stride == 1) {
        allRows(from, rowBytes, to, outHeight, outWidth, list, count, sums, shift);
      } else {
        eachRow(from, rowBytes, to, outHeight, outWidth, stride, list, count, sums, shift);
      }
    }
    y += plane;
  }
}

/** A filter's results, all rows at once with what lies between them. */
function allRows(
  x: usize,
  rowBytes: i32,
  y: usize,
  outHeight: i32,
  outWidth: i32,
  list: usize,
  count: i32,
  sums: usize,
  shift: v128,
): void {
  slide(x, (outHeight - 1) * (rowBytes >> 2) + outWidth, list, count, sums);
  for (let row = 0; row < outHeight; row++) {
    // The next row, or filter, comes over what is too much.
    for (let at: usize = 0; at < (<usize>outWidth) << 2; at += 16) {
      v128.store(y + at, f32x4.add(v128.load(sums + at), shift));
    }
    sums += <usize>rowBytes;
    y += (<usize>outWidth) << 2;
  }
}

/** A filter's results row by row: rows between them are left out. */
function eachRow(
  x: usize,
  rowBytes: i32,
  y: usize,
  outHeight: i32,
  outWidth: i32,
  stride: i32,
  list: usize,
  count: i32,
  sums: usize,
  shift: v128,
): void {
  for (let row = 0; row < outHeight; row++) {
    slide(x, (outWidth - 1) * stride + 1, list, count, sums);
    for (let column = 0; column < outWidth; column++) {
      const sum = load<f32>(sums + ((<usize>(column * stride)) << 2));
      store<f32>(y, sum + f32x4.extract_lane(shift, 0));
      y += 4;
    }
    x += <usize>(rowBytes * stride);
  }
}

/** The windows that begin at each of so many numbers, and some more: 32 at a time, in registers. */
function slide(x: usize, length: i32, list: usize, count: i32, sums: usize): void {
  const end = list + ((<usize>count) << 3);
  for (let i = 0; i < length; i += 32) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    let s6 = s0;
    let s7 = s0;
    for (let at = list; at < end; at += 8) {
      const from = x + load<usize>(at);
      const w = v128.load32_splat(at, 4);
      s0 = f32x4.add(s0, f32x4.mul(w, v128.load(from)));
      s1 = f32x4.add(s1, f32x4.mul(w, v128.load(from, 16)));
      s2 = f32x4.add(s2, f32x4.mul(w, v128.load(from, 32)));
      s3 = f32x4.add(s3, f32x4.mul(w, v128.load(from, 48)));
      s4 = f32x4.add(s4, f32x4.mul(w, v128.load(from, 64)));
      s5 = f32x4.add(s5, f32x4.mul(w, v128.load(from, 80)));
      s6 = f32x4.add(s6, f32x4.mul(w, v128.load(from, 96)));
      s7 = f32x4.add(s7, f32x4.mul(w, v128.load(from, 112)));
    }
    v128.store(sums, s0);
    v128.store(sums, s1, 16);
    v128.store(sums, s2, 32);
    v128.store(sums, s3, 48);
    v128.store(sums, s4, 64);
    v128.store(sums, s5, 80);
    v128.store(sums, s6, 96);
    v128.store(sums, s7, 112);
    sums += 128;
    x += 128;
  }
}
