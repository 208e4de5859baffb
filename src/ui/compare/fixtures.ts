import type { Compression, Latency, Metrics, Variant, VariantRole } from '../../experiment/report';

const COMPRESSIONS: Readonly<Record<VariantRole, readonly Compression[]>> = {
  baseline: [],
  pruned: ['prune'],
  quantized: ['quantize'],
  reshaped: ['reshape'],
  combined: ['prune', 'quantize'],
  other: [],
};

/** For tests: a variant with the given parts, the rest as of an unremarkable network. */
export function variantWith(
  role: VariantRole,
  parts: {
    readonly id?: string;
    readonly step?: number;
    readonly compressions?: readonly Compression[];
    readonly brought?: readonly Compression[];
    readonly metrics?: Partial<Metrics>;
    readonly size?: Partial<Variant['size']>;
    readonly multiplyAdds?: Partial<Variant['multiplyAdds']>;
    readonly latency?: readonly Latency[];
    readonly trainingMs?: number;
  } = {},
): Variant {
  const step = parts.step ?? 0;
  return {
    id: parts.id ?? `s${String(step)}`,
    step,
    label: role,
    role,
    compressions: parts.compressions ?? COMPRESSIONS[role],
    ...(parts.brought && { brought: parts.brought }),
    metrics: { examples: 10_000, loss: 0.1, accuracy: 0.98, ...parts.metrics },
    size: {
      parameters: 266_610,
      nonzero: 266_610,
      float32Bytes: 1_066_440,
      packedBytes: 1_066_700,
      ...parts.size,
    },
    multiplyAdds: { dense: 266_200, effective: 266_200, ...parts.multiplyAdds },
    ...(parts.latency === undefined ? {} : { latency: parts.latency }),
    trainingMs: parts.trainingMs ?? 4_000,
  };
}

/** For tests: a timing of the ONNX file, or on another runtime, whose paired ratio to the baseline is `vsBaseline`. */
export function timed(
  batch: number,
  medianMs: number,
  vsBaseline: number,
  runtime = 'onnxruntime-wasm',
  threads = 1,
): Latency {
  const p95Ms = 1.5 * medianMs;
  return { runtime, threads, batch, medianMs, p95Ms, runs: 30, vsBaseline };
}
