import { badFile } from './bad-file';
import { SimpleModel } from './bit-models';
import type { BitCoder } from './range-coder';

const MOST_BITS = 24;

/** Integers from 0, of which small ones and those that came before are short (Elias's gamma code of n + 1). */
export class NumberModel {
  private readonly goesOn = new SimpleModel(MOST_BITS);

  /** @throws WhittleError `badWhittleFile` where a number is above `max`, which is below 2^24 */
  code(coder: BitCoder, value: number, max: number): number {
    const bits = 31 - Math.clz32(value + 1);
    let read = 0;
    while (this.goesOn.code(coder, read, read < bits ? 1 : 0) === 1) {
      read += 1;
      if (read === MOST_BITS) throw badFile('a number is out of range');
    }
    const coded = 2 ** read + coder.raw(value + 1 - 2 ** bits, read) - 1;
    if (coded > max) throw badFile('a number is out of range');
    return coded;
  }
}
