/** Probabilities at both ends of a coder: integers alone, so that every machine computes the same. */

/** Log odds are in units of 1/256, between −2,047 and 2,047. */
export const MOST_ODDS = 2047;

/** √[256]e as the nearest double: what the odds grow by from one unit to the next. */
const STEP = 1.0039138893383475;

/**
 * The probability, of 65,536, of log odds d, at d + 2,048. From d to d + 1 the odds grow by `STEP`; products of
 * doubles are the same everywhere, which `Math.exp` is not.
 */
export const SQUASH = makeSquash();

function makeSquash(): Uint16Array {
  const table = new Uint16Array(2 * MOST_ODDS + 2);
  let odds = 1;
  for (let d = 0; d <= MOST_ODDS; d++) {
    const p = Math.floor((65_536 * odds) / (1 + odds) + 0.5);
    table[MOST_ODDS + 1 + d] = p;
    table[MOST_ODDS + 1 - d] = 65_536 - p;
    odds *= STEP;
  }
  return table;
}

/** Log odds of a probability, of 4,096: the lowest that `SQUASH` takes to 16 times as much or to more. */
export const STRETCH = makeStretch();

function makeStretch(): Int16Array {
  const table = new Int16Array(4096);
  let d = -MOST_ODDS;
  for (let p = 0; p < table.length; p++) {
    while (d < MOST_ODDS && (SQUASH[MOST_ODDS + 1 + d] ?? 0) < 16 * p) d += 1;
    table[p] = d;
  }
  return table;
}
