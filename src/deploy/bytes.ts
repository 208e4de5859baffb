import { WhittleError } from '../experiment/problem';

/** A file that cannot be read; `reason` says what is wrong with it. */
export function badFile(reason: string): WhittleError {
  return new WhittleError({
    code: 'badWhittleFile',
    params: { reason },
    message: `This is not a .whittle file, or it is damaged: ${reason}. Export it again.`,
  });
}

/** Largest number that `varint` writes in its five bytes. */
const MAX_VARINT = 2 ** 35 - 1;

/** Bytes that grow at the end. */
export class ByteWriter {
  private readonly bytes: number[] = [];

  byte(value: number): this {
    this.bytes.push(value & 0xff);
    return this;
  }

  /** Little-endian base 128: seven bits a byte, the high bit says that more follow. */
  varint(value: number): this {
    let rest = value;
    while (rest >= 0x80) {
      this.bytes.push((rest % 0x80) + 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.bytes.push(rest);
    return this;
  }

  append(values: ArrayLike<number>): this {
    for (let i = 0; i < values.length; i++) this.bytes.push(values[i] ?? 0);
    return this;
  }

  done(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }
}

/** Reads what `ByteWriter` wrote. Whatever the bytes are, it gives numbers in range or throws `badFile`. */
export class ByteReader {
  private position = 0;

  constructor(private readonly bytes: Uint8Array) {}

  byte(): number {
    return this.take(1)[0] ?? 0;
  }

  varint(max: number): number {
    let value = 0;
    for (let unit = 1; unit <= MAX_VARINT; unit *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) {
        if (value > max) throw badFile('a number is out of range');
        return value;
      }
    }
    throw badFile('a number is out of range');
  }

  /** The next `length` bytes, without a copy. */
  take(length: number): Uint8Array {
    if (this.position + length > this.bytes.length) throw badFile('it ends too early');
    this.position += length;
    return this.bytes.subarray(this.position - length, this.position);
  }

  /** @throws WhittleError where bytes are left. */
  end(): void {
    if (this.position !== this.bytes.length) throw badFile('it goes on behind its end');
  }
}
