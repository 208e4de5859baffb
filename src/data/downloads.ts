import type { LoadProgress } from '../experiment/dataset';

const AT_ONCE = 3;
const TRIES = 3;
/** Wait before the second try; four times as long before the third. */
const BACKOFF_MS = 250;

/** Something to fetch and decode; told to report the bytes that have arrived. */
export interface Download<T> {
  /** Shown where it fails: `mnist/train-03`. */
  readonly name: string;
  /** Bytes on the way; 0 where that is not known beforehand, then it counts in no total. */
  readonly bytes: number;
  /** Gets the whole line: nothing else starts until it has arrived or failed. */
  readonly alone?: boolean;
  readonly load: (onProgress: (loadedBytes: number) => void) => Promise<T>;
}

interface Entry {
  readonly name: string;
  readonly bytes: number;
  readonly alone: boolean;
  loadedBytes: number;
  state: 'waiting' | 'loading' | 'loaded' | 'failed';
  readonly attempt: () => Promise<void>;
}

/**
 * Downloads in the order in which they were added, a few at once. One that fails is tried again
 * after a pause; after the last try it is reported as failed and rests until `retry`.
 */
export class Downloads {
  readonly #entries: Entry[] = [];
  readonly #listeners = new Set<(progress: LoadProgress) => void>();

  /** Resolves when the download has succeeded, if need be after a `retry`; never rejects. */
  add<T>(download: Download<T>): Promise<T> {
    return new Promise<T>((resolve) => {
      const entry: Entry = {
        name: download.name,
        bytes: download.bytes,
        alone: download.alone ?? false,
        loadedBytes: 0,
        state: 'waiting',
        attempt: async () => {
          const value = await download.load((loadedBytes) => {
            entry.loadedBytes = Math.min(loadedBytes, entry.bytes);
            this.#notify();
          });
          entry.loadedBytes = entry.bytes;
          resolve(value);
        },
      };
      this.#entries.push(entry);
      // Not at once: whoever adds several has them counted before the first is started.
      queueMicrotask(() => {
        this.#startMore();
      });
    });
  }

  watch(listener: (progress: LoadProgress) => void): () => void {
    // A function of its own, so that the same listener may watch twice.
    const own = (progress: LoadProgress) => {
      listener(progress);
    };
    this.#listeners.add(own);
    own(this.#progress());
    return () => {
      this.#listeners.delete(own);
    };
  }

  retry(): void {
    for (const entry of this.#entries) if (entry.state === 'failed') entry.state = 'waiting';
    this.#notify();
    this.#startMore();
  }

  #startMore(): void {
    for (const entry of this.#entries) {
      const loading = this.#entries.filter(({ state }) => state === 'loading');
      if (loading.length >= AT_ONCE || loading.some(({ alone }) => alone)) return;
      if (entry.state === 'waiting') void this.#start(entry);
    }
  }

  async #start(entry: Entry): Promise<void> {
    entry.state = 'loading';
    entry.state = (await this.#tryRepeatedly(entry)) ? 'loaded' : 'failed';
    this.#notify();
    this.#startMore();
  }

  async #tryRepeatedly(entry: Entry): Promise<boolean> {
    for (let tries = 1; ; tries++) {
      try {
        await entry.attempt();
        return true;
      } catch (error) {
        entry.loadedBytes = 0;
        this.#notify();
        if (tries === TRIES) {
          const reason = error instanceof Error ? error.message : String(error);
          console.warn(`${entry.name} did not load after ${String(TRIES)} tries: ${reason}`);
          return false;
        }
        await new Promise((resolve) => setTimeout(resolve, BACKOFF_MS * 4 ** (tries - 1)));
      }
    }
  }

  #progress(): LoadProgress {
    return {
      loadedBytes: this.#entries.reduce((sum, { loadedBytes }) => sum + loadedBytes, 0),
      totalBytes: this.#entries.reduce((sum, { bytes }) => sum + bytes, 0),
      failed: this.#entries.filter(({ state }) => state === 'failed').map(({ name }) => name),
    };
  }

  #notify(): void {
    const progress = this.#progress();
    for (const listener of this.#listeners) listener(progress);
  }
}
