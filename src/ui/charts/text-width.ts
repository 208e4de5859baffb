const WIDE = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/u;
const NARROW = /[\s.,:;'’|ijl!()[\]·]/;
const UPPER = /[A-ZmwMW%@—]/;

/**
 * Width of a text in pixels, a little generous, for a sans-serif font of `size` pixels. An estimate
 * that needs no layout: labels are placed while training runs, and tests run where there is no font.
 */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const letter of text) {
    if (WIDE.test(letter)) ems += 1;
    else if (NARROW.test(letter)) ems += 0.36;
    else if (UPPER.test(letter)) ems += 0.84;
    else ems += 0.62;
  }
  return ems * size;
}
