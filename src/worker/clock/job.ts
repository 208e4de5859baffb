import type { Latency } from '../../experiment/report';
import type { Problem } from '../../experiment/problem';

/** Files of one network. */
export interface NetworkFiles {
  readonly onnx: Uint8Array;
  readonly whittle: Uint8Array;
}

/** What a clock is to time, in a worker of its own, since ONNX Runtime takes its threads once and for all. */
export interface ClockJob {
  readonly provider: 'wasm' | 'webgpu';
  readonly threads: number;
  /** The first is the baseline's. */
  readonly files: readonly NetworkFiles[];
  /** Examples of the test set: as the network takes them, and in the order of ONNX, `[count, …]` each. */
  readonly inputs: Float32Array;
  readonly onnxInputs: Float32Array;
  /** Of one example in the order of ONNX. */
  readonly onnxShape: readonly number[];
  /** The folder of ONNX Runtime's files. */
  readonly ortBase: string;
}

/** For each network its latencies; or why there are none. */
export type ClockAnswer =
  { readonly latencies: readonly (readonly Latency[])[] } | { readonly problem: Problem };
