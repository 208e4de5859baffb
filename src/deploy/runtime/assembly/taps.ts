import {
  firstOf,
  GAPS_AND_FLOATS,
  GAPS_AND_LEVELS,
  Kernel,
  ROWS_OF_FLOATS,
  ROWS_OF_LEVELS,
} from './kernel';

/**
 * Lists a filter's weights that are not zero, 8 bytes each: how many bytes into a window it is multiplied with
 * (from `places`, by tap), then the weight. Returns how many there are.
 */
export function listTaps(
  k: Kernel,
  filter: i32,
  filters: i32,
  taps: i32,
  places: usize,
  list: usize,
): i32 {
  let to = list;
  if (k.form < GAPS_AND_FLOATS) {
    const row = k.weights + <usize>(filter * k.rowBytes);
    for (let tap = 0; tap < taps; tap++) {
      const weight =
        k.form == ROWS_OF_FLOATS
          ? load<f32>(row + ((<usize>tap) << 2))
          : weightOf(k, filter, filters, tap, codeAt(k, row, tap), k.form == ROWS_OF_LEVELS);
      to = put(to, places, tap, weight);
    }
    return <i32>((to - list) >> 3);
  }
  const end = firstOf(k, filter + 1);
  const mask = (1 << k.gapBits) - 1;
  let tap = 0;
  for (let i = firstOf(k, filter); i < end; i++) {
    tap += (<i32>load<u8>(k.gaps + <usize>i)) & mask;
    const at = k.weights + <usize>(i * k.weightBytes);
    const weight =
      k.form == GAPS_AND_FLOATS
        ? load<f32>(at)
        : weightOf(k, filter, filters, tap, codeBeside(k, at), k.form == GAPS_AND_LEVELS);
    to = put(to, places, tap, weight);
  }
  return <i32>((to - list) >> 3);
}

/** The code, with a sign, of a weight that has a gap. */
function codeBeside(k: Kernel, at: usize): i32 {
  return k.weightBytes == 2 ? <i32>load<i16>(at) : (<i32>load<i8>(at)) >> (k.gapBits & 7);
}

/** The code of `bits` bits, the highest its sign. */
function codeAt(k: Kernel, row: usize, index: i32): i32 {
  const first = index * k.bits;
  const bits = load<i32>(row + <usize>(first >> 3));
  return (bits << (32 - k.bits - (first & 7))) >> (32 - k.bits);
}

function weightOf(k: Kernel, filter: i32, filters: i32, tap: i32, code: i32, isLevel: bool): f32 {
  const grid = (tap / k.group) * filters + filter;
  let value = <f32>code;
  if (isLevel) {
    const unsigned = code & ((1 << k.bits) - 1);
    value = load<f32>(k.levels + <usize>(grid * k.levelStep + 4 * unsigned));
  }
  const at = <usize>(grid * k.scaleStep);
  if (k.scales != 0) value *= load<f32>(k.scales + at);
  if (k.offsets != 0) value += load<f32>(k.offsets + at);
  return value;
}

function put(to: usize, places: usize, tap: i32, weight: f32): usize {
  if (weight == 0) return to;
  store<i32>(to, load<i32>(places + ((<usize>tap) << 2)));
  store<f32>(to, weight, 4);
  return to + 8;
}
