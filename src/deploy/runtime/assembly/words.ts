import { Kernel, WORDS_OF_CODES, WORDS_OF_FLOATS, wordsOf } from './kernel';

/** Adds, for each input in the list, its weights that are not zero times the input to the outputs. */
export function addWords(k: Kernel, list: usize, count: i32, levels: usize, to: usize): void {
  const end = list + ((<usize>count) << 3);
  for (let at = list; at < end; at += 8) {
    const input = load<i32>(at);
    const x = load<f32>(at, 4);
    const from = wordsOf(k, input);
    const until = wordsOf(k, input + 1);
    if (k.form == WORDS_OF_FLOATS) floats(from, until, x, to);
    else if (k.form == WORDS_OF_CODES) codes(k, from, until, x, to);
    else fromLevels(k, from, until, x, levels, to);
  }
}

/** A word is a byte of how many outputs it is further, and a float32. */
function floats(word: usize, end: usize, x: f32, to: usize): void {
  for (; word < end; word += 5) {
    to += (<usize>load<u8>(word)) << 2;
    store<f32>(to, load<f32>(to) + x * load<f32>(word, 1));
  }
}

/** A word is how many outputs it is further, in the lowest bits, and a code with a sign in the others. */
function codes(k: Kernel, word: usize, end: usize, x: f32, to: usize): void {
  const step = <usize>k.wordBytes;
  const gaps = (1 << k.gapBits) - 1;
  const unused = 32 - 8 * k.wordBytes;
  const below = unused + k.gapBits;
  for (; word < end; word += step) {
    const bits = load<i32>(word);
    to += (<usize>(bits & gaps)) << 2;
    store<f32>(to, load<f32>(to) + x * <f32>((bits << unused) >> below));
  }
}

/** The code is one of a level. */
function fromLevels(k: Kernel, word: usize, end: usize, x: f32, levels: usize, to: usize): void {
  const step = <usize>k.wordBytes;
  const gaps = (1 << k.gapBits) - 1;
  const unused = 32 - 8 * k.wordBytes;
  const below = unused + k.gapBits;
  const levelStep = <usize>k.levelStep;
  for (; word < end; word += step) {
    const bits = load<u32>(word);
    const gap = <usize>(bits & gaps);
    to += gap << 2;
    levels += gap * levelStep;
    const level = load<f32>(levels + ((<usize>((bits << unused) >>> below)) << 2));
    store<f32>(to, load<f32>(to) + x * level);
  }
}
