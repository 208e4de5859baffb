import type { BackendId } from './experiment';

export interface ClassMetrics {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Test examples of the class. */
  readonly support: number;
}

/** Over `examples` test examples. Classification fills the first group, regression the second. */
export interface Metrics {
  readonly examples: number;
  /** Mean cross-entropy in nats, or mean squared error. */
  readonly loss: number;
  readonly accuracy?: number;
  /** Macro averages; 0/0 counts as 0. */
  readonly precision?: number;
  readonly recall?: number;
  readonly f1?: number;
  readonly perClass?: readonly ClassMetrics[];
  /** `confusion[label][prediction]`, counts. */
  readonly confusion?: readonly (readonly number[])[];
  readonly mse?: number;
  readonly mae?: number;
  readonly r2?: number;
}

export interface Size {
  readonly parameters: number;
  /** Parameters that are not zero. */
  readonly nonzero: number;
  readonly float32Bytes: number;
  /** Length of the `.whittle` file, which loads back with the same predictions. */
  readonly packedBytes: number;
  /** Length of the ONNX file; missing until it is timed. */
  readonly onnxBytes?: number;
}

export interface Latency {
  /** `onnxruntime-wasm` and `onnxruntime-webgpu` run the ONNX file, `whittle` the packed file, others what trains. */
  readonly runtime: string;
  readonly threads: number;
  /** Of an ONNX file: `float32`, `int8weights`, …, as docs/onnx.md has them. */
  readonly format?: string;
  readonly batch: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly runs: number;
  /** Median of the paired ratios to the baseline, timed in turn; 1 for the baseline itself. */
  readonly vsBaseline: number;
}

/** One image (or row) through the network; `effective` leaves out products with a zero weight. */
export interface MultiplyAdds {
  readonly dense: number;
  readonly effective: number;
}

/** What can be done to a network to compress it: weights go, are rounded, or another network takes its place. */
export const COMPRESSIONS = ['prune', 'quantize', 'reshape'] as const;
export type Compression = (typeof COMPRESSIONS)[number];

/**
 * What part a variant plays in the comparison; it fixes the colour. `reshaped`: another network in place of
 * the baseline's, as low rank, folding and distillation leave it. `combined`: several compressions.
 */
export type VariantRole = 'baseline' | 'pruned' | 'quantized' | 'reshaped' | 'combined' | 'other';

export interface Variant {
  /** As `variant-id` spells it: `s<step>`, or `s<step>-alone`. */
  readonly id: string;
  /** 0-based index in the recipe. */
  readonly step: number;
  readonly label: string;
  readonly role: VariantRole;
  /** All that was done to it and holds, in the order of `COMPRESSIONS`. */
  readonly compressions: readonly Compression[];
  /** Of a baseline: what had been done to it before it came from its file, and holds; absent where nothing was. */
  readonly brought?: readonly Compression[];
  readonly metrics: Metrics;
  readonly size: Size;
  readonly latency?: readonly Latency[];
  readonly multiplyAdds: MultiplyAdds;
  /** Wall-clock time of training spent to reach it, in milliseconds; not deterministic. */
  readonly trainingMs: number;
}

export interface HistoryPoint {
  /** 0-based index in the recipe. */
  readonly step: number;
  /** Training iterations since initialization, over the whole recipe; the first is 1. */
  readonly iteration: number;
  readonly epoch: number;
  readonly trainLoss: number;
  readonly testLoss?: number;
  readonly testAccuracy?: number;
  /** While a network learns another task: its accuracy on the test set of the one before, with the head of then. */
  readonly oldAccuracy?: number;
  /** Likewise its mean squared error, where the task before was a regression. */
  readonly oldLoss?: number;
  readonly learningRate: number;
  readonly elapsedMs: number;
}

export interface Environment {
  readonly backend: BackendId;
  readonly threads: number;
  readonly adapter?: string;
  readonly userAgent: string;
  readonly crossOriginIsolated: boolean;
}

/** What `window.whittle.run` resolves to and what the page downloads as JSON. */
export interface Report {
  readonly link: string;
  readonly version: string;
  readonly environment: Environment;
  readonly variants: readonly Variant[];
  readonly history: readonly HistoryPoint[];
}
