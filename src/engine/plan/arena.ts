/** Bytes that every block starts at a multiple of: a cache line. */
const LINE = 64;
/** Kernels read up to a vector behind a block's end. */
const GUARD = 64;

interface Free {
  readonly address: number;
  readonly size: number;
}

/**
 * Blocks of one growing memory. Addresses stay; views of the memory do not, so they are made when they
 * are needed.
 */
export class Arena {
  readonly #memory: WebAssembly.Memory;
  readonly #taken = new Map<number, number>();
  /** By address; no two of them touch. */
  #free: readonly Free[] = [];
  #end: number;

  /** @param start First address that may be used. */
  constructor(memory: WebAssembly.Memory, start: number) {
    this.#memory = memory;
    this.#end = aligned(start);
  }

  /** Blocks that are taken. */
  get count(): number {
    return this.#taken.size;
  }

  /** The address of so many bytes, all zero, with some to spare behind them. */
  allocate(bytes: number): number {
    const size = aligned(bytes + GUARD);
    const found = this.#free.find((free) => free.size >= size);
    const address = found?.address ?? this.#grow(size);
    if (found !== undefined) {
      this.#free = this.#free.flatMap((free) => {
        if (free !== found) return [free];
        const left = { address: found.address + size, size: found.size - size };
        return left.size > 0 ? [left] : [];
      });
    }
    this.#taken.set(address, size);
    new Uint8Array(this.#memory.buffer, address, size).fill(0);
    return address;
  }

  free(address: number): void {
    const size = this.#taken.get(address);
    if (size === undefined) return;
    this.#taken.delete(address);
    const sorted = [...this.#free, { address, size }].sort((a, b) => a.address - b.address);
    this.#free = sorted.reduce<readonly Free[]>((joined, next) => {
      const last = joined.at(-1);
      if (last === undefined || last.address + last.size < next.address) return [...joined, next];
      return [...joined.slice(0, -1), { address: last.address, size: last.size + next.size }];
    }, []);
  }

  #grow(size: number): number {
    const address = this.#end;
    const missing = address + size - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
    this.#end = address + size;
    return address;
  }
}

/** Bytes of a page of WebAssembly's memory. */
export const PAGE = 65_536;

function aligned(bytes: number): number {
  return Math.ceil(bytes / LINE) * LINE;
}
