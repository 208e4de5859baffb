import type { Origin, PictureStore } from '../../experiment/dataset';
import type { Gpu } from './gpu';

/**
 * Data sets' pictures on a device, so that a batch is a list of their numbers. A block is sent when a
 * batch first needs it. A store that nobody uses any more takes its buffer with it.
 */
export class ResidentPictures {
  readonly #gpu: Gpu;
  readonly #buffers = new WeakMap<PictureStore, { buffer: GPUBuffer; sent: Set<number> }>();

  constructor(gpu: Gpu) {
    this.#gpu = gpu;
  }

  /** The buffer of all the store's pictures, those of `rows` in it; null where no buffer can hold them. */
  hold({ store, rows }: Origin, pixels: number): GPUBuffer | null {
    const { blocks, blockBytes } = store;
    const bytes = blocks.length * blockBytes;
    if (blockBytes % 4 !== 0 || bytes > this.#gpu.largest) return null;
    const held = this.#buffers.get(store) ?? { buffer: this.#gpu.create(bytes), sent: new Set() };
    this.#buffers.set(store, held);
    for (const row of rows) {
      const block = Math.floor((row * pixels) / blockBytes);
      const pictures = blocks[block];
      if (pictures === undefined || held.sent.has(block)) continue;
      this.#gpu.write(held.buffer, pictures, block * blockBytes);
      held.sent.add(block);
    }
    return held.buffer;
  }
}
