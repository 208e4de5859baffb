export type ContenderId =
  | 'whittle-wasm'
  | 'whittle-wasm-2'
  | 'whittle-webgpu'
  | 'tfjs-wasm'
  | 'tfjs-cpu'
  | 'tfjs-webgpu'
  | 'tfjs-webgl'
  | 'jax-wasm'
  | 'jax-wasm-sync'
  | 'jax-webgpu'
  | 'convnetjs'
  | 'playground';

export type OptimizerKind = 'adam' | 'momentum' | 'sgd';

/** What a seat trains. Every seat has a worker of its own, so that no library meets another. */
export interface Seat {
  readonly contender: ContenderId;
  /** As `workloadOf` spells them. */
  readonly workload: string;
  /** Instead of the workload's. */
  readonly optimizer?: OptimizerKind;
}

/** What a seat tells once it is up. */
export interface Facts {
  /** That do its arithmetic; null where that is not the processor's. */
  readonly threads: number | null;
  /** The workload's, or the nearest that the contender has. */
  readonly optimizer: OptimizerKind;
  readonly batch: number;
  /** Steps of an epoch. */
  readonly batches: number;
  readonly parameters: number;
  /** Of a step, its update apart. */
  readonly flops: number;
}

export interface Steps {
  readonly ms: number;
  readonly count: number;
  /** Of the first few steps, each before its update. */
  readonly losses: readonly number[];
}

export type Pictures = 'random' | 'mnist';

/** What a seat can be asked, by name: what for, and the answer. */
export interface Questions {
  start: { asked: Seat; answer: Facts };
  /** So many steps; fewer where they take longer than a limit, for which the clock is read at each. */
  steps: { asked: { readonly count: number; readonly limitMs?: number }; answer: Steps };
  /** Milliseconds of a prediction for 10,000 pictures: random ones, or MNIST's test set. */
  predict: { asked: Pictures; answer: number };
}

export interface Question<Name extends keyof Questions = keyof Questions> {
  readonly name: Name;
  readonly asked: Questions[Name]['asked'];
}
