import type { BackendId } from '../../../src/experiment/experiment';

/** What the check page's worker can be asked, by name: its answer. */
export interface Answers {
  /** How a backend trains a small network with every layer type and activation. */
  train: {
    threads: number;
    /** Of the initial network, by parameter. */
    gradients: Record<string, number[]>;
    /** Of a few dozen iterations. */
    losses: number[];
    /** Tensors alive after each iteration. */
    tensors: number[];
    /** After the last iteration. */
    parameters: Record<string, number[]>;
  };
  /** LeNet-5 after three iterations: a digest of its parameters. */
  lenet: { threads: number; digest: string };
  /** Random networks and every optimizer against TensorFlow.js on the CPU: how many networks, and the first thing that is not alike. */
  agree: { networks: number; failure: string | null };
  /** What WebGPU is asked for in so many iterations of LeNet-300-100, all under way at once. */
  traffic: { iterations: number; dispatches: number; reads: number; bytes: number };
  /** The device is lost between two iterations. */
  lose: {
    reason: string;
    /** Of the next iteration's error. */
    code: string;
    /** The loss of another engine's first iteration. */
    again: number;
  };
}

export interface Question<Name extends keyof Answers = keyof Answers> {
  readonly name: Name;
  readonly backend: BackendId;
  readonly threads?: number;
  /** `false`: on TensorFlow.js's own backend, as on WASM where the browser has no SIMD. */
  readonly plan?: boolean;
}
