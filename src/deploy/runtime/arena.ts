import { WhittleError } from '../../experiment/problem';

/** Behind address 0, which is nowhere. */
const FIRST = 16;
/** Vectors are read whole, rows past their end: so much is always there. */
const SLACK = 65_536;
/** More than any network that Whittle makes needs. */
const MOST_BYTES = 2 ** 28;
const PAGE = 65_536;

type Numbers =
  Float32Array | Int32Array | Uint32Array | Int16Array | Uint16Array | Int8Array | Uint8Array;

/** Memory laid out before there is any: addresses are given away, and what lies there is written at the end. */
export class Arena {
  /** Bytes that what is held takes. */
  heldBytes = 0;
  private end = FIRST;
  private readonly contents: { readonly address: number; readonly numbers: Numbers }[] = [];

  /** Address of so many bytes, aligned for vectors. */
  reserve(bytes: number): number {
    const address = this.end;
    this.end += 16 * Math.ceil(bytes / 16);
    return address;
  }

  /** Address of these numbers. */
  put(numbers: Numbers): number {
    const address = this.reserve(numbers.byteLength);
    this.contents.push({ address, numbers });
    return address;
  }

  /** As `put`, of numbers that the file brings. */
  hold(numbers: Numbers): number {
    this.heldBytes += numbers.byteLength;
    return this.put(numbers);
  }

  /** @throws WhittleError `runtimeMemory` where it would be more than `MOST_BYTES` */
  memory(): WebAssembly.Memory {
    const bytes = this.end + SLACK;
    if (bytes > MOST_BYTES) throw tooLarge(bytes);
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
    for (const { address, numbers } of this.contents) {
      const { buffer, byteOffset, byteLength } = numbers;
      new Uint8Array(memory.buffer).set(new Uint8Array(buffer, byteOffset, byteLength), address);
    }
    return memory;
  }
}

function tooLarge(bytes: number): WhittleError {
  const [megabytes, max] = [Math.ceil(bytes / 2 ** 20), MOST_BYTES / 2 ** 20];
  return new WhittleError({
    code: 'runtimeMemory',
    params: { megabytes, max },
    message: `This network needs ${String(megabytes)} MB of memory to run, and at most ${String(max)} are allowed. Make its pictures or layers smaller.`,
  });
}
