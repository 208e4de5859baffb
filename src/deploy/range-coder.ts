import { badFile } from './bad-file';

/**
 * One end of an arithmetic coder. Models are written once and run at both ends: a writer is given each bit
 * and gives it back, a reader takes no notice of what it is given and gives back what was written.
 */
export interface BitCoder {
  /** A bit that is 1 with the probability `p` / 65,536, 0 < p < 65,536. */
  bit(p: number, bit: number): number;
  /** The lowest `count` bits of a number, at most 24, as they are; the number has no others. */
  raw(value: number, count: number): number;
}

/** The range never gets narrower, so that a probability of 16 bits divides it well. */
const LEAST_RANGE = 2 ** 24;
/** The last number of the range coder's is known by so many bytes; a reader has read four, whatever follows. */
const LAST_BYTES = 2;
const AHEAD = 4 - LAST_BYTES;

/** Bytes that grow at the end. */
class Bytes {
  private bytes = new Uint8Array(4096);
  private length = 0;

  push(byte: number): void {
    if (this.length === this.bytes.length) {
      const grown = new Uint8Array(2 * this.length);
      grown.set(this.bytes);
      this.bytes = grown;
    }
    this.bytes[this.length++] = byte;
  }

  done(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

/**
 * Writes a range coder's bytes (Martin 1979), with LZMA's way to hand on a carry. Raw bits stand behind them,
 * the first in the last byte, as in Opus.
 */
export class RangeEncoder implements BitCoder {
  private readonly coded = new Bytes();
  private readonly plain = new Bytes();
  /** Where the interval begins, behind the bytes before; below 2^32 but for a carry. */
  private readonly low = new Float64Array(1);
  /** How wide it is. Typed arrays, since engines box the fields of an object that are no small integers. */
  private readonly range = new Uint32Array([2 ** 32 - 1]);
  /** A byte that a carry may still raise, and how many of 255 lie behind it; the very first is none. */
  private held = -1;
  private full = 0;
  /** Raw bits that are no whole byte yet. */
  private rawBits = 0;
  private rawCount = 0;

  bit(p: number, bit: number): number {
    const range = this.range[0] ?? 0;
    const bound = Math.imul(range >>> 16, p) >>> 0;
    let left = bound;
    if (bit === 0) {
      this.low[0] = (this.low[0] ?? 0) + bound;
      left = range - bound;
    }
    this.range[0] = left;
    if (left < LEAST_RANGE) this.widen();
    return bit;
  }

  raw(value: number, count: number): number {
    let held = this.rawBits | (value << this.rawCount);
    let bits = this.rawCount + count;
    for (; bits >= 8; bits -= 8) {
      this.plain.push(held & 255);
      held >>>= 8;
    }
    this.rawBits = held;
    this.rawCount = bits;
    return value;
  }

  /** Ends on a number of the interval that stays in it whatever follows its two highest bytes. */
  done(): Uint8Array {
    const step = 2 ** (32 - 8 * LAST_BYTES);
    this.low[0] = Math.ceil((this.low[0] ?? 0) / step) * step;
    for (let i = 0; i < LAST_BYTES; i++) this.shift();
    this.release(0);
    if (this.rawCount > 0) this.plain.push(this.rawBits);
    const [coded, plain] = [this.coded.done(), this.plain.done()];
    const bytes = new Uint8Array(coded.length + plain.length);
    bytes.set(coded);
    bytes.set(plain.reverse(), coded.length);
    return bytes;
  }

  private widen(): void {
    while ((this.range[0] ?? 0) < LEAST_RANGE) this.shift();
  }

  private shift(): void {
    const low = this.low[0] ?? 0;
    const top = Math.floor(low / LEAST_RANGE);
    if (top === 255) {
      this.full += 1;
    } else {
      this.release(top >> 8);
      this.held = top & 255;
    }
    this.low[0] = (low - top * LEAST_RANGE) * 256;
    this.range[0] = (this.range[0] ?? 0) << 8;
  }

  /** Writes what was held back. */
  private release(carry: number): void {
    if (this.held >= 0) this.coded.push(this.held + carry);
    for (; this.full > 0; this.full--) this.coded.push(255 + carry);
    this.held = -1;
  }
}

/** Reads what `RangeEncoder` wrote. Whatever the bytes are, it gives bits or throws `badFile`. */
export class RangeDecoder implements BitCoder {
  /** Bytes read from the beginning, and from the end; how many there are to read. */
  private position = 0;
  private plainPosition = 0;
  private left: number;
  private readonly range = new Uint32Array([2 ** 32 - 1]);
  /** How far into the interval the written number lies. */
  private readonly code = new Uint32Array(1);
  private rawBits = 0;
  private rawCount = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.left = bytes.length + AHEAD;
    for (let i = 0; i < 4; i++) this.shift();
    this.range[0] = 2 ** 32 - 1;
  }

  bit(p: number, _bit = 0): number {
    const range = this.range[0] ?? 0;
    const code = this.code[0] ?? 0;
    const bound = Math.imul(range >>> 16, p) >>> 0;
    const isOne = code < bound;
    if (!isOne) this.code[0] = code - bound;
    const left = isOne ? bound : range - bound;
    this.range[0] = left;
    if (left < LEAST_RANGE) this.widen();
    return isOne ? 1 : 0;
  }

  raw(_value: number, count: number): number {
    let held = this.rawBits;
    let bits = this.rawCount;
    for (; bits < count; bits += 8) held |= this.plainByte() << bits;
    this.rawBits = held >>> count;
    this.rawCount = bits - count;
    return held & (2 ** count - 1);
  }

  /** @throws WhittleError where bytes are left */
  end(): void {
    if (this.left !== 0 || this.rawBits !== 0) throw badFile('it goes on behind its end');
  }

  private widen(): void {
    while ((this.range[0] ?? 0) < LEAST_RANGE) this.shift();
  }

  private shift(): void {
    this.countOne();
    this.code[0] = ((this.code[0] ?? 0) << 8) | (this.bytes[this.position++] ?? 0);
    this.range[0] = (this.range[0] ?? 0) << 8;
  }

  private plainByte(): number {
    this.countOne();
    return this.bytes[this.bytes.length - ++this.plainPosition] ?? 0;
  }

  private countOne(): void {
    if (this.left-- === 0) throw badFile('it ends too early');
  }
}
