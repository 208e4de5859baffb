import {
  Kernel,
  ROWS_OF_FLOATS,
  ROWS_OF_LEVELS,
  WORDS_OF_FLOATS,
  WORDS_OF_LEVELS,
  wordsOf,
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
  if (k.form < WORDS_OF_FLOATS) {
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
  const end = wordsOf(k, filter + 1);
  const unused = 32 - 8 * k.wordBytes;
  let tap = 0;
  for (let word = wordsOf(k, filter); word < end; word += <usize>k.wordBytes) {
    const bits = load<i32>(word);
    tap += bits & ((1 << k.gapBits) - 1);
    const weight =
      k.form == WORDS_OF_FLOATS
        ? load<f32>(word, 1)
        : weightOf(
            k,
            filter,
            filters,
            tap,
            (bits << unused) >> (unused + k.gapBits),
            k.form == WORDS_OF_LEVELS,
          );
    to = put(to, places, tap, weight);
  }
  return <i32>((to - list) >> 3);
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
