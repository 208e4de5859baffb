import type { Gpu } from './gpu';
import { LOSSES } from './shaders/loss';

/** Reads losses some time after they were computed: as many at once as there are by then. */
export class Losses {
  readonly #gpu: Gpu;
  readonly #buffer: GPUBuffer;
  #waiting: { readonly slot: number; readonly settle: Settle }[] = [];
  #issued = 0;
  #reading: Promise<void> | null = null;

  constructor(gpu: Gpu, buffer: GPUBuffer) {
    this.#gpu = gpu;
    this.#buffer = buffer;
  }

  /** Where the next loss goes; waits where every place holds one that nobody has read. */
  async slot(): Promise<number> {
    while (this.#waiting.length >= LOSSES) await this.#reading;
    return this.#issued++ % LOSSES;
  }

  /** The loss that was submitted to be put there. */
  read(slot: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ slot, settle: { resolve, reject } });
      this.#reading ??= this.#readAll().finally(() => (this.#reading = null));
    });
  }

  async #readAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      // What is asked for from here on may not be among what the read brings.
      const given = [...this.#waiting];
      try {
        const losses = await this.#gpu.read(this.#buffer, LOSSES);
        this.#waiting = this.#waiting.filter((each) => !given.includes(each));
        for (const { slot, settle } of given) settle.resolve(losses[slot] ?? NaN);
      } catch (error) {
        const all = this.#waiting;
        this.#waiting = [];
        for (const { settle } of all) settle.reject(error);
      }
    }
  }
}

interface Settle {
  readonly resolve: (loss: number) => void;
  readonly reject: (error: unknown) => void;
}
