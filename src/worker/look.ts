import type { Engine } from '../engine/trainer';
import type { Checkpoint, Parameter } from '../experiment/checkpoint';
import type { DatasetInfo } from '../experiment/dataset';
import { gridCount } from '../experiment/quantizer';
import type { VariantRole } from '../experiment/report';
import { channelsOf } from '../techniques/kernels';
import type { Histogram, Look, Picture } from './protocol';
import { surfaceOf } from './surface';

const BINS = 64;
const MOST_LEVELS = 256;
const MOST_PICTURES = 64;
/** More edges than this are no diagram but a grey sheet. */
const MOST_EDGES = 4_000;

/** A look inside a network that plays that role; the engine draws the decision surface. */
export async function lookInside(
  engine: Engine,
  checkpoint: Checkpoint,
  info: DatasetInfo,
  role: VariantRole,
): Promise<Look> {
  return {
    role,
    histograms: histogramsOf(checkpoint),
    ...filtersOf(checkpoint),
    diagram: info.planar ? diagramOf(checkpoint) : [],
    surface: info.planar ? await surfaceOf(engine, checkpoint) : null,
  };
}

function kernelsOf({ parameters }: Checkpoint): readonly (readonly [string, Parameter])[] {
  return Object.entries(parameters).filter(([, { role }]) => role === 'kernel');
}

/** One a kernel: the weights that count in equal bins from the smallest to the largest. */
export function histogramsOf(checkpoint: Checkpoint): readonly Histogram[] {
  return kernelsOf(checkpoint).map(([name, { values }]) => {
    const mask = checkpoint.masks[name];
    const counted = mask === undefined ? values : values.filter((_, i) => mask[i] !== 0);
    let lo = Infinity;
    let hi = -Infinity;
    for (const value of counted) {
      if (value < lo) lo = value;
      if (value > hi) hi = value;
    }
    // One value, or none at all, still gets a bin of some width.
    if (!(hi > lo))
      [lo, hi] = [(Number.isFinite(lo) ? lo : 0) - 0.5, (Number.isFinite(hi) ? hi : 0) + 0.5];
    const width = (hi - lo) / BINS;
    const counts = new Array<number>(BINS).fill(0);
    for (const value of counted) {
      const bin = Math.min(BINS - 1, Math.floor((value - lo) / width));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return {
      parameter: name,
      edges: Array.from({ length: BINS + 1 }, (_, i) => lo + i * width),
      counts,
      pruned: values.length - counted.length,
      ...levelsOf(checkpoint, name),
    };
  });
}

/** The levels that a kernel's weights lie on: all, or where those are too many to draw one unit's. */
function levelsOf(
  { parameters, masks, quantizers }: Checkpoint,
  name: string,
): Pick<Histogram, 'levels' | 'levelsOf'> {
  const quantizer = quantizers[name];
  const kernel = parameters[name];
  if (quantizer === undefined || kernel === undefined) return { levels: [], levelsOf: null };
  const { values } = kernel;
  const mask = masks[name];
  const units = gridCount(quantizer) === 1 ? 1 : channelsOf(kernel);
  /** Of every `step`-th weight from `first` on; no more than `most` and one. */
  const distinct = (first: number, step: number, most: number) => {
    const levels = new Set<number>();
    for (let i = first; i < values.length && levels.size <= most; i += step) {
      if (mask?.[i] !== 0) levels.add(values[i] ?? 0);
    }
    return [...levels].sort((a, b) => a - b);
  };
  const all = distinct(0, 1, units === 1 ? Infinity : MOST_LEVELS);
  if (units === 1 || all.length <= MOST_LEVELS) return { levels: all, levelsOf: null };
  const sizes = values.map(Math.abs);
  const widest = sizes.indexOf(sizes.reduce((most, size) => Math.max(most, size), 0)) % units;
  return { levels: distinct(widest, units, Infinity), levelsOf: widest };
}

/** What the units of the first layer look for, where that layer reads an image. */
export function filtersOf(checkpoint: Checkpoint): Pick<Look, 'filters' | 'filterCount'> {
  const { layers, input } = checkpoint.architecture;
  const [height, width, channels] = input;
  const first = layers.find(({ type }) => type === 'dense' || type === 'conv');
  const kernel = first && checkpoint.parameters[`${first.name}.kernel`];
  if (height === undefined || width === undefined || channels === undefined || !kernel) {
    return { filters: [], filterCount: 0 };
  }
  const [kernelHeight = 0, kernelWidth = 0] = kernel.shape;
  const size =
    first.type === 'conv'
      ? { height: kernelHeight, width: kernelWidth }
      : kernel.shape[0] === height * width * channels
        ? { height, width }
        : null;
  // A dense layer behind a pool reads no picture.
  if (size === null) return { filters: [], filterCount: 0 };
  const units = kernel.shape.at(-1) ?? 0;
  const largest = kernel.values.reduce((max, value) => Math.max(max, Math.abs(value)), 0) || 1;
  const filters = Array.from({ length: Math.min(units, MOST_PICTURES) }, (_, unit): Picture => ({
    ...{ ...size, channels },
    values: Float32Array.from(
      { length: size.height * size.width * channels },
      (_, at) => (kernel.values[at * units + unit] ?? 0) / largest,
    ),
  }));
  return { filters, filterCount: units };
}

/** The kernels to draw edges from; empty where the network is not a small one of dense layers. */
function diagramOf(checkpoint: Checkpoint): Look['diagram'] {
  const kernels = kernelsOf(checkpoint);
  const edges = kernels.reduce((sum, [, { values }]) => sum + values.length, 0);
  const dense = checkpoint.architecture.layers.every(({ type }) => type !== 'conv');
  if (!dense || edges > MOST_EDGES) return [];
  return kernels.map(([name, { shape, values }]) => ({
    layer: name.slice(0, name.lastIndexOf('.')),
    shape: [shape[0] ?? 0, shape[1] ?? 0] as const,
    values,
    mask: checkpoint.masks[name] ?? null,
  }));
}
