import { canonicalCodes, codeLengths } from './huffman';

/**
 * DEFLATE (RFC 1951) for the weights of networks: only its Huffman codes, a code for each kind of data.
 * Weights hardly ever repeat in a row, so looking for repetitions costs time and makes the file longer:
 * on 5-bit codes a general compressor loses 15 % to this. Anything that reads DEFLATE reads the result.
 */
export function deflate(sections: readonly Uint8Array[]): Uint8Array {
  const blocks = joinAlike(sections.filter(({ length }) => length > 0));
  const out = new BitWriter();
  if (blocks.length === 0) writeStored([], out, true);
  blocks.forEach((block, index) => {
    const isLast = index === blocks.length - 1;
    if (block.plan.bits < storedBits(block.length)) writeCoded(block, out, isLast);
    else writeStored(block.parts, out, isLast);
  });
  return out.done();
}

/** Bits that these bytes take as a block of their own. */
export function deflatedBits(bytes: Uint8Array): number {
  return bytes.length === 0 ? 0 : blockBits(blockOf(bytes));
}

const END = 256;
const LITERALS = 257;
const MAX_STORED = 0xffff;
const MAX_CODE_LENGTH = 15;

interface Block {
  readonly parts: readonly Uint8Array[];
  readonly length: number;
  /** Of each byte, and of the end mark. */
  readonly frequencies: Uint32Array;
  readonly plan: CodePlan;
}

/** A block's Huffman code and what it comes to. */
interface CodePlan {
  readonly lengths: Uint8Array;
  readonly header: HeaderPlan;
  readonly bits: number;
}

function blockOf(bytes: Uint8Array): Block {
  const frequencies = new Uint32Array(LITERALS);
  for (let k = 0; k < bytes.length; k++) {
    const byte = bytes[k] ?? 0;
    frequencies[byte] = (frequencies[byte] ?? 0) + 1;
  }
  frequencies[END] = 1;
  return { parts: [bytes], length: bytes.length, frequencies, plan: planCode(frequencies) };
}

function joined(a: Block, b: Block): Block {
  const frequencies = a.frequencies.map((count, symbol) => count + (b.frequencies[symbol] ?? 0));
  frequencies[END] = 1;
  return {
    parts: [...a.parts, ...b.parts],
    length: a.length + b.length,
    frequencies,
    plan: planCode(frequencies),
  };
}

/** One block where two would take more bits: small sections are not worth a code of their own. */
function joinAlike(sections: readonly Uint8Array[]): readonly Block[] {
  const blocks: Block[] = [];
  for (const section of sections) {
    const block = blockOf(section);
    const before = blocks.at(-1);
    const both = before && joined(before, block);
    if (before && both && blockBits(both) <= blockBits(before) + blockBits(block)) {
      blocks[blocks.length - 1] = both;
    } else {
      blocks.push(block);
    }
  }
  return blocks;
}

function blockBits({ plan, length }: Block): number {
  return Math.min(plan.bits, storedBits(length));
}

function storedBits(length: number): number {
  // Three bits of header, at most seven to the next byte, four bytes of length.
  return 8 * length + Math.ceil(length / MAX_STORED) * 42;
}

function planCode(frequencies: Uint32Array): CodePlan {
  const lengths = codeLengths(frequencies, MAX_CODE_LENGTH);
  const header = planHeader(lengths);
  const data = lengths.reduce((sum, bits, symbol) => sum + bits * (frequencies[symbol] ?? 0), 0);
  return { lengths, header, bits: 3 + header.bits + data };
}

/** How the code itself is told: runs of lengths, Huffman-coded in turn (RFC 1951, 3.2.7). */
interface HeaderPlan {
  readonly runs: readonly Run[];
  /** Code lengths of the nineteen run symbols. */
  readonly lengths: Uint8Array;
  /** How many of them, in `RUN_ORDER`, are written. */
  readonly written: number;
  readonly bits: number;
}

interface Run {
  /** A length, or 16: the one before again, 17 and 18: zeros. */
  readonly symbol: number;
  readonly extra: number;
  readonly extraBits: number;
}

const RUN_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] as const;
const MAX_RUN_LENGTH = 7;

function planHeader(lengths: Uint8Array): HeaderPlan {
  // One distance code, of no bits: no repetitions are used.
  const runs = runsOf(Uint8Array.from([...lengths, 0]));
  const frequencies = new Uint32Array(RUN_ORDER.length);
  for (const { symbol } of runs) frequencies[symbol] = (frequencies[symbol] ?? 0) + 1;
  const runLengths = codeLengths(frequencies, MAX_RUN_LENGTH);
  const written = Math.max(4, RUN_ORDER.findLastIndex((symbol) => runLengths[symbol] !== 0) + 1);
  const bits = runs.reduce(
    (sum, { symbol, extraBits }) => sum + (runLengths[symbol] ?? 0) + extraBits,
    14 + 3 * written,
  );
  return { runs, lengths: runLengths, written, bits };
}

function runsOf(lengths: Uint8Array): readonly Run[] {
  const runs: Run[] = [];
  for (let i = 0; i < lengths.length;) {
    const value = lengths[i] ?? 0;
    let count = 1;
    while (lengths[i + count] === value) count += 1;
    i += count;
    if (value !== 0) {
      runs.push({ symbol: value, extra: 0, extraBits: 0 });
      count -= 1;
    }
    while (count >= 3) {
      const [symbol, least, extraBits] =
        value !== 0 ? [16, 3, 2] : count > 10 ? [18, 11, 7] : [17, 3, 3];
      const length = Math.min(count, least + 2 ** extraBits - 1);
      runs.push({ symbol, extra: length - least, extraBits });
      count -= length;
    }
    for (; count > 0; count--) runs.push({ symbol: value, extra: 0, extraBits: 0 });
  }
  return runs;
}

function writeCoded({ parts, plan: { lengths, header } }: Block, out: BitWriter, isLast: boolean) {
  out.write(isLast ? 1 : 0, 1);
  out.write(2, 2);
  out.write(LITERALS - 257, 5);
  out.write(0, 5);
  out.write(header.written - 4, 4);
  for (const symbol of RUN_ORDER.slice(0, header.written)) {
    out.write(header.lengths[symbol] ?? 0, 3);
  }
  const runCodes = canonicalCodes(header.lengths);
  for (const { symbol, extra, extraBits } of header.runs) {
    out.write(runCodes[symbol] ?? 0, header.lengths[symbol] ?? 0);
    out.write(extra, extraBits);
  }
  const codes = canonicalCodes(lengths);
  for (const part of parts) {
    for (let k = 0; k < part.length; k++) {
      const byte = part[k] ?? 0;
      out.write(codes[byte] ?? 0, lengths[byte] ?? 0);
    }
  }
  out.write(codes[END] ?? 0, lengths[END] ?? 0);
}

function writeStored(parts: readonly Uint8Array[], out: BitWriter, isLast: boolean): void {
  const chunks = parts.flatMap((part) =>
    Array.from({ length: Math.ceil(part.length / MAX_STORED) }, (_, i) =>
      part.subarray(i * MAX_STORED, (i + 1) * MAX_STORED),
    ),
  );
  if (chunks.length === 0) chunks.push(new Uint8Array());
  chunks.forEach((chunk, index) => {
    out.write(isLast && index === chunks.length - 1 ? 1 : 0, 1);
    out.write(0, 2);
    out.align();
    out.write(chunk.length, 16);
    out.write(chunk.length ^ 0xffff, 16);
    out.append(chunk);
  });
}

/** Bits from the lowest of each byte, as DEFLATE packs them. */
class BitWriter {
  private bytes = new Uint8Array(1024);
  private length = 0;
  private held = 0;
  private heldBits = 0;

  /** The lowest `count` bits of `bits`, at most 16. */
  write(bits: number, count: number): void {
    this.held |= bits << this.heldBits;
    this.heldBits += count;
    if (this.heldBits < 16) return;
    this.reserve(2);
    this.bytes[this.length] = this.held;
    this.bytes[this.length + 1] = this.held >>> 8;
    this.length += 2;
    this.held >>>= 16;
    this.heldBits -= 16;
  }

  /** Fills up the byte that is begun. */
  align(): void {
    const whole = Math.ceil(this.heldBits / 8);
    this.reserve(whole);
    for (let i = 0; i < whole; i++) this.bytes[this.length++] = this.held >>> (8 * i);
    this.held = 0;
    this.heldBits = 0;
  }

  /** Whole bytes, from the next byte on. */
  append(chunk: Uint8Array): void {
    this.align();
    this.reserve(chunk.length);
    this.bytes.set(chunk, this.length);
    this.length += chunk.length;
  }

  done(): Uint8Array {
    this.align();
    return this.bytes.slice(0, this.length);
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = new Uint8Array(2 * (this.length + count));
    grown.set(this.bytes);
    this.bytes = grown;
  }
}
