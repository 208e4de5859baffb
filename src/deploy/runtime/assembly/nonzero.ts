/** Lists the numbers that are not zero, 8 bytes each: the index, then the number. Returns how many there are. */
export function listNonzero(x: usize, count: i32, list: usize): i32 {
  const zero = f32x4.splat(0);
  let to = list;
  for (let i = 0; i < count; i += 4) {
    let lanes = i32x4.bitmask(f32x4.ne(v128.load(x + ((<usize>i) << 2)), zero));
    if (lanes == 0) continue;
    // What lies behind the last number is not to be seen.
    if (count - i < 4) lanes &= (1 << (count - i)) - 1;
    while (lanes != 0) {
      const index = i + ctz(lanes);
      store<i32>(to, index);
      store<f32>(to, load<f32>(x + ((<usize>index) << 2)), 4);
      to += 8;
      lanes &= lanes - 1;
    }
  }
  return <i32>((to - list) >> 3);
}
