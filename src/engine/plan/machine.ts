import { fromBase64 } from '../../experiment/base64';
import { Arena } from './arena';
import { plain, shared } from './assembly/index.ts?assembly';
import { WORDS } from './operations';
import type { ThreadTask } from './thread';

/** The functions of `assembly/index.ts`. */
export interface Program extends WebAssembly.Exports {
  readonly run: (
    plan: number,
    count: number,
    gate: number,
    thread: number,
    threads: number,
  ) => number;
  readonly runShared: (plan: number, count: number, gate: number, threads: number) => number;
  readonly serve: (gate: number, thread: number, threads: number) => void;
  readonly start: () => number;
}

/** Below so many multiply-adds a plan is done before other threads have woken up. */
const WORTH_SHARING = 1e6;

/** Where threads meet: behind address 0, which is nowhere, and before the program's constants. */
const GATE = 64;

/** Pages that shared memory may grow to, as `scripts/assembly.mjs` compiles it. */
const MOST_PAGES = 32_768;

/** WebAssembly that carries out plans, with its memory and threads. */
export class Machine {
  readonly threads: number;
  readonly #memory: WebAssembly.Memory;
  readonly #program: Program;
  readonly #arena: Arena;
  #scratch = { address: 0, size: 0 };
  #plan = { address: 0, size: 0 };
  #loaded: Int32Array | null = null;

  constructor(memory: WebAssembly.Memory, program: Program, threads: number) {
    this.#memory = memory;
    this.#program = program;
    this.threads = threads;
    this.#arena = new Arena(memory, program.start());
  }

  /** Blocks of memory that are taken, beside what all plans share. */
  get blocks(): number {
    return this.#arena.count - Number(this.#scratch.size > 0) - Number(this.#plan.size > 0);
  }

  /** The address of so many float32 numbers, all zero. */
  allocate(length: number): number {
    return this.#arena.allocate(4 * length);
  }

  free(address: number): void {
    this.#arena.free(address);
  }

  /**
   * The address of so many bytes that all plans use in turn: what is there lasts until the next call. It
   * moves when it has to grow.
   */
  scratch(bytes: number): number {
    this.#scratch = this.#atLeast(this.#scratch, bytes);
    return this.#scratch.address;
  }

  /** Views of memory; to be used before anything else is allocated. */
  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, address, length);
  }
  integers(address: number, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, address, length);
  }
  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, address, length);
  }

  /** Carries out a plan of so many multiply-adds. Whether its loss was finite. */
  run(words: Int32Array, multiplyAdds: number): boolean {
    if (this.#loaded !== words) {
      this.#plan = this.#atLeast(this.#plan, words.byteLength);
      this.integers(this.#plan.address, words.length).set(words);
      this.#loaded = words;
    }
    const { address } = this.#plan;
    const count = words.length / WORDS;
    const { run, runShared } = this.#program;
    return this.threads > 1 && multiplyAdds >= WORTH_SHARING
      ? runShared(address, count, GATE, this.threads) === 0
      : run(address, count, GATE, 0, 1) === 0;
  }

  #atLeast(block: { address: number; size: number }, bytes: number) {
    if (block.size >= bytes) return block;
    if (block.size > 0) this.#arena.free(block.address);
    return { address: this.#arena.allocate(bytes), size: bytes };
  }
}

/** A machine; null where the browser has no WebAssembly with SIMD. With one thread where more cannot be had. */
export async function startMachine(threads: number): Promise<Machine | null> {
  const own = fromBase64(plain);
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(own)) return null;
  // Refused memory or a script that does not load: one thread computes the same.
  const withThreads = threads > 1 ? await startThreads(threads).catch(() => null) : null;
  if (withThreads !== null) return withThreads;
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { instance } = await WebAssembly.instantiate(own, { env: { memory } });
  return new Machine(memory, instance.exports as Program, 1);
}

async function startThreads(threads: number): Promise<Machine | null> {
  if (!globalThis.crossOriginIsolated) return null;
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true });
  const module = await WebAssembly.compile(fromBase64(shared));
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  const ready = Array.from({ length: threads - 1 }, (_, i) =>
    startThread({ module, memory, gate: GATE, thread: i + 1, threads }),
  );
  await Promise.all(ready);
  return new Machine(memory, instance.exports as Program, threads);
}

/** Resolves when the thread waits for tasks. It lives as long as the worker that it belongs to. */
function startThread(task: ThreadTask): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./thread.ts', import.meta.url), { type: 'module' });
    worker.onmessage = () => {
      resolve();
    };
    worker.onerror = ({ message }) => {
      reject(new Error(`A thread did not start: ${message}`));
    };
    worker.postMessage(task);
  });
}
