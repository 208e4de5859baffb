import { firstOf } from './share';

/**
 * Matrix products in blocks of 4 rows × 8 columns, which fill the 16 vector registers of x86-64. The
 * loops are not unrolled: V8 moves all loads of a loop's body to its beginning, and two rounds of them
 * do not fit in registers.
 *
 * Both operands are packed, so that a block reads each from one address onwards: the left one in panels
 * of 4 rows, the right one in panels of 8 columns, step by step of the depth they have in common. Rows
 * and columns that are missing from the last panel are zero.
 */

/** Steps of the depth at a time: a panel of so many stays in the first-level cache. */
const DEPTH = 512;

/** Packs a right operand `[k, n]` with rows `stride` bytes apart, or (`transposed`) the transpose of `[n, k]`. */
export function packRight(
  b: usize,
  stride: usize,
  k: i32,
  n: i32,
  transposed: bool,
  packed: usize,
  thread: i32,
  threads: i32,
): void {
  const panels = (n + 7) >> 3;
  const end = firstOf(panels, thread + 1, threads);
  for (let panel = firstOf(panels, thread, threads); panel < end; panel++) {
    const columns = min(8, n - 8 * panel);
    const to = packed + ((<usize>panel * k) << 5);
    if (transposed) packRows(b + ((<usize>panel) << 3) * stride, stride, k, columns, to);
    else packColumns(b + ((<usize>panel) << 5), stride, k, columns, to);
  }
}

function packColumns(b: usize, stride: usize, k: i32, columns: i32, to: usize): void {
  if (columns == 8) {
    for (let i = 0; i < k; i++) {
      v128.store(to, v128.load(b));
      v128.store(to, v128.load(b, 16), 16);
      to += 32;
      b += stride;
    }
    return;
  }
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < 8; j++) {
      store<f32>(to + (j << 2), j < columns ? load<f32>(b + (j << 2)) : 0);
    }
    to += 32;
    b += stride;
  }
}

function packRows(b: usize, stride: usize, k: i32, columns: i32, to: usize): void {
  for (let j = 0; j < columns; j += 4) {
    const rows = min(4, columns - j);
    const from = b + <usize>j * stride;
    let i = 0;
    if (rows == 4) {
      for (; i + 4 <= k; i += 4) {
        const at = from + ((<usize>i) << 2);
        const column = to + ((<usize>i) << 5) + ((<usize>j) << 2);
        transpose4(at, at + stride, at + 2 * stride, at + 3 * stride, column, 32);
      }
    }
    for (; i < k; i++) {
      for (let r = 0; r < rows; r++) {
        const value = load<f32>(from + <usize>r * stride + ((<usize>i) << 2));
        store<f32>(to + ((<usize>i) << 5) + ((<usize>(j + r)) << 2), value);
      }
    }
  }
  for (let j = columns; j < 8; j++) {
    for (let i = 0; i < k; i++) store<f32>(to + ((<usize>i) << 5) + ((<usize>j) << 2), 0);
  }
}

/** Four rows of four numbers as four columns, `stride` bytes apart. */
export function transpose4(
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  to: usize,
  stride: usize,
): void {
  const a = v128.load(row0);
  const b = v128.load(row1);
  const c = v128.load(row2);
  const d = v128.load(row3);
  const ab0 = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const ab1 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cd0 = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const cd1 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab0, cd0, 0, 1, 4, 5));
  v128.store(to + stride, v128.shuffle<f32>(ab0, cd0, 2, 3, 6, 7));
  v128.store(to + 2 * stride, v128.shuffle<f32>(ab1, cd1, 0, 1, 4, 5));
  v128.store(to + 3 * stride, v128.shuffle<f32>(ab1, cd1, 2, 3, 6, 7));
}

/**
 * Packs a left operand `[m, k]` with rows `stride` bytes apart, or (`transposed`) the transpose of `[k, m]`.
 *
 * Pictures are mostly background. Where `steps` is not null, panels leave out the steps at which all
 * four rows are zero, and `steps` lists what is left: for each panel how many, then where each step of the
 * right operand lies from the beginning of its panel. A panel with few such steps is left as it is, and
 * its number is negative.
 */
export function packLeft(
  a: usize,
  stride: usize,
  m: i32,
  k: i32,
  transposed: bool,
  packed: usize,
  steps: usize,
  thread: i32,
  threads: i32,
): void {
  const tiles = (m + 3) >> 2;
  const end = firstOf(tiles, thread + 1, threads);
  for (let tile = firstOf(tiles, thread, threads); tile < end; tile++) {
    const to = packed + ((<usize>tile * k) << 4);
    packTile(a, stride, m, k, transposed, tile, to);
    if (steps != 0) leaveOutZeros(to, k, steps + listBytes(k) * <usize>tile);
  }
}

/** Bytes of a panel's list of steps. */
function listBytes(k: i32): usize {
  return (<usize>(k + 1)) << 2;
}

/** Leaves a panel as it is unless at least an eighth of its steps are zero: to look each up takes time. */
function leaveOutZeros(panel: usize, k: i32, list: usize): void {
  const zero = f32x4.splat(0);
  let left = 0;
  for (let i = 0; i < k; i++) {
    if (v128.any_true(f32x4.ne(v128.load(panel + ((<usize>i) << 4)), zero))) left++;
  }
  if (8 * left > 7 * k) {
    store<i32>(list, -1);
    return;
  }
  store<i32>(list, left);
  let to = panel;
  for (let i = 0; i < k; i++) {
    const values = v128.load(panel + ((<usize>i) << 4));
    if (!v128.any_true(f32x4.ne(values, zero))) continue;
    list += 4;
    store<u32>(list, i << 5);
    v128.store(to, values);
    to += 16;
  }
}

function packTile(
  a: usize,
  stride: usize,
  m: i32,
  k: i32,
  transposed: bool,
  tile: i32,
  to: usize,
): void {
  const rows = min(4, m - 4 * tile);
  if (transposed) {
    let from = a + ((<usize>tile) << 4);
    for (let i = 0; i < k; i++) {
      // The rows that are missing are whatever lies behind: their results are not stored.
      v128.store(to, v128.load(from));
      to += 16;
      from += stride;
    }
    return;
  }
  const from = a + ((<usize>tile) << 2) * stride;
  let i = 0;
  if (rows == 4) {
    for (; i + 4 <= k; i += 4) {
      const at = from + ((<usize>i) << 2);
      transpose4(at, at + stride, at + 2 * stride, at + 3 * stride, to + ((<usize>i) << 4), 16);
    }
  }
  for (; i < k; i++) {
    for (let r = 0; r < 4; r++) {
      const value = r < rows ? load<f32>(from + <usize>r * stride + ((<usize>i) << 2)) : 0;
      store<f32>(to + ((<usize>i) << 4) + ((<usize>r) << 2), value);
    }
  }
}

/**
 * `c = a · b (+ bias)`, cut off below zero with `relu`: `a` is `[m, k]` and `b` `[k, n]`, both packed
 * (`steps` as `a` was packed with), `bias` n numbers or null, `c` `[m, n]` with rows `ldc` bytes apart.
 */
export function gemm(
  a: usize,
  steps: usize,
  b: usize,
  bias: usize,
  c: usize,
  ldc: usize,
  m: i32,
  n: i32,
  k: i32,
  relu: bool,
  thread: i32,
  threads: i32,
): void {
  let panels = (n + 7) >> 3;
  let tiles = (m + 3) >> 2;
  let panel0 = 0;
  let tile0 = 0;
  if (panels >= tiles) {
    panel0 = firstOf(panels, thread, threads);
    panels = firstOf(panels, thread + 1, threads);
  } else {
    tile0 = firstOf(tiles, thread, threads);
    tiles = firstOf(tiles, thread + 1, threads);
  }
  for (let from = 0; from < k; from += DEPTH) {
    const depth = min(DEPTH, k - from);
    const last = from + depth == k;
    for (let panel = panel0; panel < panels; panel++) {
      for (let tile = tile0; tile < tiles; tile++) {
        const to = c + ((<usize>tile) << 2) * ldc + ((<usize>panel) << 5);
        const left = a + ((<usize>tile * k + from) << 4);
        if (steps != 0) {
          const list = steps + listBytes(k) * <usize>tile;
          const count = load<i32>(list);
          if (count >= 0) {
            // What is left of a panel is short enough to be done at once.
            if (from > 0) continue;
            listedTile(
              left,
              list + 4,
              b + ((<usize>panel * k) << 5),
              count,
              bias != 0 ? bias + ((<usize>panel) << 5) : 0,
              to,
              ldc,
              m - 4 * tile,
              n - 8 * panel,
              relu,
            );
            continue;
          }
        }
        packedTile(
          left,
          b + ((<usize>panel * k + from) << 5),
          depth,
          from > 0 ? to : bias != 0 ? bias + ((<usize>panel) << 5) : 0,
          from > 0 ? ldc : 0,
          to,
          ldc,
          m - 4 * tile,
          n - 8 * panel,
          relu && last,
        );
      }
    }
  }
}

/**
 * The same with operands as they lie in memory, rows of `a` `lda` and of `b` `ldb` bytes apart: for so few
 * rows that packing `b` would take longer than the product.
 */
export function smallGemm(
  a: usize,
  lda: usize,
  b: usize,
  ldb: usize,
  bias: usize,
  c: usize,
  ldc: usize,
  m: i32,
  n: i32,
  k: i32,
  relu: bool,
  thread: i32,
  threads: i32,
): void {
  const panels = (n + 7) >> 3;
  const end = firstOf(panels, thread + 1, threads);
  for (let panel = firstOf(panels, thread, threads); panel < end; panel++) {
    const column = (<usize>panel) << 5;
    for (let i = 0; i < m; i += 4) {
      const rows = m - i;
      const a0 = a + <usize>i * lda;
      const a1 = rows > 1 ? a0 + lda : a0;
      const a2 = rows > 2 ? a1 + lda : a0;
      const a3 = rows > 3 ? a2 + lda : a0;
      const to = c + <usize>i * ldc + column;
      const start = bias != 0 ? bias + column : 0;
      scatteredTile(
        a0,
        a1,
        a2,
        a3,
        4,
        1,
        k,
        0,
        b + column,
        ldb,
        start,
        0,
        to,
        ldc,
        rows,
        n - 8 * panel,
        relu,
      );
    }
  }
}

/**
 * Four rows × eight columns of a product of packed operands. Sums start at `start`, whose rows are
 * `startStride` bytes apart, or at zero where it is null. Rows from `rows` and columns from `columns` on
 * are computed and not stored.
 */
export function packedTile(
  a: usize,
  b: usize,
  depth: i32,
  start: usize,
  startStride: usize,
  c: usize,
  ldc: usize,
  rows: i32,
  columns: i32,
  relu: bool,
): void {
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  if (start != 0) {
    // Rows that are missing start where the first does: what lies behind it may be no memory at all.
    const start1 = rows > 1 ? start + startStride : start;
    const start2 = rows > 2 ? start1 + startStride : start;
    const start3 = rows > 3 ? start2 + startStride : start;
    s00 = v128.load(start);
    s01 = v128.load(start, 16);
    s10 = v128.load(start1);
    s11 = v128.load(start1, 16);
    s20 = v128.load(start2);
    s21 = v128.load(start2, 16);
    s30 = v128.load(start3);
    s31 = v128.load(start3, 16);
  }
  const end = a + ((<usize>depth) << 4);
  while (a < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load_splat<f32>(a);
    s00 = f32x4.add(s00, f32x4.mul(x, b0));
    s01 = f32x4.add(s01, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a, 4);
    s10 = f32x4.add(s10, f32x4.mul(x, b0));
    s11 = f32x4.add(s11, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a, 8);
    s20 = f32x4.add(s20, f32x4.mul(x, b0));
    s21 = f32x4.add(s21, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a, 12);
    s30 = f32x4.add(s30, f32x4.mul(x, b0));
    s31 = f32x4.add(s31, f32x4.mul(x, b1));
    a += 16;
    b += 32;
  }
  put(c, s00, s01, columns, relu);
  if (rows > 1) put(c + ldc, s10, s11, columns, relu);
  if (rows > 2) put(c + 2 * ldc, s20, s21, columns, relu);
  if (rows > 3) put(c + 3 * ldc, s30, s31, columns, relu);
}

/** The same from a bias on (or null), where `list` says for each step of the depth where its row of `b` lies. */
function listedTile(
  a: usize,
  list: usize,
  b: usize,
  depth: i32,
  bias: usize,
  c: usize,
  ldc: usize,
  rows: i32,
  columns: i32,
  relu: bool,
): void {
  const zero = f32x4.splat(0);
  let s00 = bias != 0 ? v128.load(bias) : zero;
  let s01 = bias != 0 ? v128.load(bias, 16) : zero;
  let s10 = s00;
  let s11 = s01;
  let s20 = s00;
  let s21 = s01;
  let s30 = s00;
  let s31 = s01;
  const end = a + ((<usize>depth) << 4);
  while (a < end) {
    const at = b + load<u32>(list);
    const b0 = v128.load(at);
    const b1 = v128.load(at, 16);
    let x = v128.load_splat<f32>(a);
    s00 = f32x4.add(s00, f32x4.mul(x, b0));
    s01 = f32x4.add(s01, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a, 4);
    s10 = f32x4.add(s10, f32x4.mul(x, b0));
    s11 = f32x4.add(s11, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a, 8);
    s20 = f32x4.add(s20, f32x4.mul(x, b0));
    s21 = f32x4.add(s21, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a, 12);
    s30 = f32x4.add(s30, f32x4.mul(x, b0));
    s31 = f32x4.add(s31, f32x4.mul(x, b1));
    a += 16;
    list += 4;
  }
  put(c, s00, s01, columns, relu);
  if (rows > 1) put(c + ldc, s10, s11, columns, relu);
  if (rows > 2) put(c + 2 * ldc, s20, s21, columns, relu);
  if (rows > 3) put(c + 3 * ldc, s30, s31, columns, relu);
}

/**
 * The same where the left operand lies scattered: each row is read in `segments` runs of `length`
 * numbers, `step` bytes apart; runs begin `stride` bytes apart. Rows of `b` are `bStep` bytes apart.
 */
export function scatteredTile(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  step: usize,
  segments: i32,
  length: i32,
  stride: usize,
  b: usize,
  bStep: usize,
  start: usize,
  startStride: usize,
  c: usize,
  ldc: usize,
  rows: i32,
  columns: i32,
  relu: bool,
): void {
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  if (start != 0) {
    // Rows that are missing start where the first does: what lies behind it may be no memory at all.
    const start1 = rows > 1 ? start + startStride : start;
    const start2 = rows > 2 ? start1 + startStride : start;
    const start3 = rows > 3 ? start2 + startStride : start;
    s00 = v128.load(start);
    s01 = v128.load(start, 16);
    s10 = v128.load(start1);
    s11 = v128.load(start1, 16);
    s20 = v128.load(start2);
    s21 = v128.load(start2, 16);
    s30 = v128.load(start3);
    s31 = v128.load(start3, 16);
  }
  const skip = stride - <usize>length * step;
  for (let segment = 0; segment < segments; segment++) {
    const end = a0 + <usize>length * step;
    while (a0 != end) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let x = v128.load_splat<f32>(a0);
      s00 = f32x4.add(s00, f32x4.mul(x, b0));
      s01 = f32x4.add(s01, f32x4.mul(x, b1));
      x = v128.load_splat<f32>(a1);
      s10 = f32x4.add(s10, f32x4.mul(x, b0));
      s11 = f32x4.add(s11, f32x4.mul(x, b1));
      x = v128.load_splat<f32>(a2);
      s20 = f32x4.add(s20, f32x4.mul(x, b0));
      s21 = f32x4.add(s21, f32x4.mul(x, b1));
      x = v128.load_splat<f32>(a3);
      s30 = f32x4.add(s30, f32x4.mul(x, b0));
      s31 = f32x4.add(s31, f32x4.mul(x, b1));
      b += bStep;
      a0 += step;
      a1 += step;
      a2 += step;
      a3 += step;
    }
    a0 += skip;
    a1 += skip;
    a2 += skip;
    a3 += skip;
  }
  put(c, s00, s01, columns, relu);
  if (rows > 1) put(c + ldc, s10, s11, columns, relu);
  if (rows > 2) put(c + 2 * ldc, s20, s21, columns, relu);
  if (rows > 3) put(c + 3 * ldc, s30, s31, columns, relu);
}

/** Stores the first `columns` of eight numbers. */
function put(c: usize, low: v128, high: v128, columns: i32, relu: bool): void {
  if (relu) {
    const zero = f32x4.splat(0);
    low = f32x4.pmax(low, zero);
    high = f32x4.pmax(high, zero);
  }
  if (columns >= 8) {
    v128.store(c, low);
    v128.store(c, high, 16);
    return;
  }
  if (columns >= 4) {
    v128.store(c, low);
    c += 16;
    low = high;
    columns -= 4;
  }
  if (columns >= 2) {
    v128.store64_lane(c, low, 0);
    c += 8;
    low = v128.shuffle<f32>(low, low, 2, 3, 2, 3);
    columns -= 2;
  }
  if (columns >= 1) v128.store32_lane(c, low, 0);
}
