/** The largest, or (`average`) the mean, of every square window of each plane. */
export function pool(
  x: usize,
  channels: i32,
  height: i32,
  width: i32,
  y: usize,
  outHeight: i32,
  outWidth: i32,
  size: i32,
  stride: i32,
  average: bool,
): void {
  const row = (<usize>width) << 2;
  for (let channel = 0; channel < channels; channel++) {
    for (let at = 0; at < outHeight; at++) {
      const from = x + <usize>(at * stride) * row;
      if (size == 2 && stride == 2) halve(from, row, outWidth, average, y);
      else slide(from, row, outWidth, size, stride, average, y);
      y += (<usize>outWidth) << 2;
    }
    x += <usize>height * row;
  }
}

/** Windows of two by two, four at a time; the next row comes over what is too much. */
function halve(x: usize, row: usize, count: i32, average: bool, y: usize): void {
  for (let i = 0; i < count; i += 4) {
    const a = v128.load(x);
    const b = v128.load(x, 16);
    const c = v128.load(x + row);
    const d = v128.load(x + row, 16);
    let result: v128;
    if (average) {
      const first = f32x4.add(a, c);
      const second = f32x4.add(b, d);
      result = f32x4.mul(f32x4.add(evens(first, second), odds(first, second)), f32x4.splat(0.25));
    } else {
      const first = f32x4.max(a, c);
      const second = f32x4.max(b, d);
      result = f32x4.max(evens(first, second), odds(first, second));
    }
    v128.store(y, result);
    x += 32;
    y += 16;
  }
}

function evens(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 2, 4, 6);
}

function odds(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 1, 3, 5, 7);
}

function slide(
  x: usize,
  row: usize,
  count: i32,
  size: i32,
  stride: i32,
  average: bool,
  y: usize,
): void {
  const share = <f32>1 / <f32>(size * size);
  for (let i = 0; i < count; i++) {
    let result: f32 = average ? 0 : load<f32>(x);
    for (let ky = 0; ky < size; ky++) {
      for (let kx = 0; kx < size; kx++) {
        const value = load<f32>(x + <usize>ky * row + ((<usize>kx) << 2));
        result = average ? result + value : max(result, value);
      }
    }
    store<f32>(y, average ? result * share : result);
    x += (<usize>stride) << 2;
    y += 4;
  }
}
