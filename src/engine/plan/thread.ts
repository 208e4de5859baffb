import type { Program } from './machine';

export interface ThreadTask {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Where threads meet. */
  readonly gate: number;
  readonly thread: number;
  readonly threads: number;
}

/** One more thread of a machine: from here on it does its share of every plan, and nothing else. */
self.onmessage = async ({ data }: MessageEvent<ThreadTask>) => {
  const { module, memory, gate, thread, threads } = data;
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  self.postMessage('ready');
  (exports as Program).serve(gate, thread, threads);
};
