import { GAPS_AND_FLOATS, Kernel } from './kernel';
import { listNonzero } from './nonzero';
import { addRows } from './rows';
import { scatter } from './scatter';

/**
 * `y = Wᵀx + b`. Weights of inputs that are zero are not looked at. `list` has room for 8 bytes an input,
 * `sums` for as much as `y`, which is a multiple of eight numbers.
 */
export function dense(
  kernel: usize,
  x: usize,
  inputs: i32,
  y: usize,
  outputs: i32,
  bias: usize,
  list: usize,
  sums: usize,
): void {
  const k = changetype<Kernel>(kernel);
  const count = listNonzero(x, inputs, list);
  const room = (<usize>((outputs + 7) & ~7)) << 2;
  memory.copy(y, bias, (<usize>outputs) << 2);
  const to = k.scales != 0 ? sums : y;
  const end = list + ((<usize>count) << 3);
  let from = list;
  while (from < end) {
    const group = load<i32>(from) / k.group;
    const until = (group + 1) * k.group;
    let next = from;
    let sum: f32 = 0;
    while (next < end && load<i32>(next) < until) {
      sum += load<f32>(next, 4);
      next += 8;
    }
    if (k.scales != 0) memory.fill(sums, 0, room);
    const some = <i32>((next - from) >> 3);
    const levels = k.levels + <usize>(group * outputs * k.levelStep);
    if (k.form < GAPS_AND_FLOATS) addRows(k, from, some, outputs, levels, to);
    else scatter(k, from, some, levels, to);
    if (k.scales != 0) addScaled(k, sums, group, sum, outputs, y);
    from = next;
  }
}

/** Adds the sums of a group of inputs, times their scales; `sum` is that of the inputs themselves. */
function addScaled(k: Kernel, sums: usize, group: i32, sum: f32, outputs: i32, y: usize): void {
  const first = (<usize>(group * outputs)) << 2;
  const offset = k.offsets != 0;
  const total = f32x4.splat(sum);
  for (let at: usize = 0; at < (<usize>outputs) << 2; at += 16) {
    const grid = k.scaleStep != 0 ? first + at : 0;
    const scale = k.scaleStep != 0 ? v128.load(k.scales + grid) : v128.load32_splat(k.scales);
    let result = f32x4.add(v128.load(y + at), f32x4.mul(v128.load(sums + at), scale));
    if (offset) {
      const each = k.scaleStep != 0 ? v128.load(k.offsets + grid) : v128.load32_splat(k.offsets);
      result = f32x4.add(result, f32x4.mul(total, each));
    }
    v128.store(y + at, result);
  }
}
