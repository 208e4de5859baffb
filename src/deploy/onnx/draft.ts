import type { Activation, ActivationGrid, Padding } from '../../experiment/architecture';
import { defaultInitializer, type LayerPlan } from '../../experiment/layer-text';
import type { Tensor } from './tensor';

/** A layer with units as far as a file has told of it. */
export interface UnitDraft {
  readonly type: 'dense' | 'conv';
  /** Of the node that it was read from. */
  readonly node: string;
  /** `[inputs, units]` or `[height, width, channels, filters]`, in Whittle's order. */
  readonly kernel: Tensor;
  /** Null where none was added yet. */
  readonly bias: Float32Array | null;
  readonly activation: Activation;
  /** Of a convolution. */
  readonly stride: number;
  readonly padding: Padding;
}

export interface NormDraft {
  readonly type: 'batchnorm';
  readonly node: string;
  readonly scale: Float32Array;
  readonly shift: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

export type PlainDraft = { readonly node: string } & (
  | { readonly type: 'maxpool' | 'avgpool'; readonly size: number; readonly stride: number }
  | { readonly type: 'dropout'; readonly rate: number }
  | { readonly type: 'flatten' }
  | ({ readonly type: 'quantize' } & ActivationGrid)
);

export type Draft = UnitDraft | NormDraft | PlainDraft;

export function isUnit(draft: Draft | undefined): draft is UnitDraft {
  return draft?.type === 'dense' || draft?.type === 'conv';
}

/** The layer as its text says it. */
export function planOf(draft: Draft): LayerPlan {
  switch (draft.type) {
    case 'dense':
    case 'conv': {
      const { activation, stride, padding } = draft;
      const initializer = defaultInitializer(activation);
      const units = outputsOf(draft);
      return draft.type === 'dense'
        ? { type: 'dense', units, activation, initializer }
        : {
            ...{ type: 'conv', filters: units, kernel: draft.kernel.dims[0] ?? 1 },
            ...{ stride, padding, activation, initializer },
          };
    }
    case 'batchnorm':
    case 'flatten':
      return { type: draft.type };
    case 'maxpool':
    case 'avgpool':
      return { type: draft.type, size: draft.size, stride: draft.stride };
    case 'dropout':
      return { type: 'dropout', rate: draft.rate };
    case 'quantize': {
      const { bits, scale, zeroPoint } = draft;
      return { type: 'quantize', bits, scale, zeroPoint };
    }
  }
}

export function outputsOf({ kernel }: UnitDraft): number {
  return kernel.dims.at(-1) ?? 1;
}

/** The layer with each output multiplied, weights and bias alike, and then moved. */
export function scaledUnits(
  draft: UnitDraft,
  factorOf: (unit: number) => number,
  shiftOf: (unit: number) => number = () => 0,
): UnitDraft {
  const units = outputsOf(draft);
  const { kernel, bias } = draft;
  const factors = Float64Array.from({ length: units }, (_, unit) => factorOf(unit));
  const scaled = (values: Float32Array) =>
    values.map((value, i) => value * (factors[i % units] ?? 1));
  const { grid } = kernel;
  return {
    ...draft,
    kernel: {
      ...kernel,
      values: scaled(kernel.values),
      ...(grid && { grid: { ...grid, scales: scaled(grid.scales) } }),
    },
    bias: Float32Array.from(
      { length: units },
      (_, unit) => (bias?.[unit] ?? 0) * (factors[unit] ?? 1) + shiftOf(unit),
    ),
  };
}

/** The layer with the batch norm behind it in its weights: at inference both are linear. */
export function withNorm(draft: UnitDraft, norm: NormDraft, epsilon: number): UnitDraft {
  const factor = (unit: number) =>
    (norm.scale[unit] ?? 1) / Math.sqrt((norm.variance[unit] ?? 1) + epsilon);
  const shift = (unit: number) => (norm.shift[unit] ?? 0) - (norm.mean[unit] ?? 0) * factor(unit);
  // Its weights will be on grids no more that anybody chose.
  const { dims, values } = draft.kernel;
  return scaledUnits({ ...draft, kernel: { dims, values } }, factor, shift);
}
