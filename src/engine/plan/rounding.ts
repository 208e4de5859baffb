import { layerParameters } from '../../experiment/parameters';
import { sizeOf } from '../../experiment/shapes';
import { kernelGrids } from '../kernel-grids';
import { stepOf, type Rounding, type Roundings } from '../trainer';
import type { Compiler } from './compiler';

/** Learned grids are symmetric. */
const SCHEME_CODES: Readonly<Record<Rounding['scheme'], number>> = {
  symmetric: 0,
  learned: 0,
  affine: 1,
  ternary: 2,
  binary: 3,
  power2: 4,
};

/** A kernel that was rounded, `[rows, columns]`, and where its grids are. */
interface RoundedKernel {
  readonly name: string;
  readonly rounding: Rounding;
  readonly rows: number;
  readonly columns: number;
  /** Rows that share grids. */
  readonly blockRows: number;
  /** 1 where every column has grids of its own, 0 where all share one. */
  readonly perOutput: number;
  /** Of every block, of every column its scale, its zero point, and its threshold. */
  readonly grids: number;
}

/** Rounds every kernel into the room that layers read it from. */
export function writeRounding(
  compiler: Compiler,
  roundings: Roundings | null,
): readonly RoundedKernel[] {
  if (roundings === null) return [];
  const { values, masks, rounded } = compiler.places;
  const parameters = compiler.architecture.layers.flatMap(layerParameters);
  return parameters.flatMap(({ name, shape }): RoundedKernel[] => {
    const rounding = roundings[name];
    if (rounding === undefined) return [];
    const columns = shape.at(-1) ?? 1;
    const rows = sizeOf(shape) / columns;
    const perOutput = Number(rounding.granularity !== 'tensor');
    const { blockRows, blocks } = perOutput
      ? kernelGrids(rounding, shape)
      : { blockRows: rows, blocks: 1 };
    const grids = compiler.take(12 * Math.ceil(columns / 4) * blocks);
    const kernel = {
      ...{ scheme: SCHEME_CODES[rounding.scheme], bits: rounding.bits },
      ...{ rows, columns, blockRows, grids },
      ...{ values: values[name] ?? 0, mask: masks[name] ?? 0 },
    };
    if (rounding.scheme === 'learned') {
      const steps = values[stepOf(name)] ?? 0;
      compiler.operations.add('stepGrids', { steps, columns, blocks, perOutput, grids });
    } else {
      compiler.operations.add('fitGrids', { ...kernel, perOutput });
    }
    compiler.operations.add('roundWeights', { ...kernel, to: rounded[name] ?? 0 });
    return [{ name, rounding, rows, columns, blockRows, perOutput, grids }];
  });
}

/** Turns gradients by kernels on learned grids into those by their weights and steps. */
export function writeLearning(compiler: Compiler, kernels: readonly RoundedKernel[]): void {
  const { values, gradients } = compiler.places;
  for (const { name, rounding, ...kernel } of kernels) {
    if (rounding.scheme !== 'learned' || gradients[name] === undefined) continue;
    const { columns, perOutput } = kernel;
    const stepGradient = gradients[stepOf(name)] ?? 0;
    const sums = perOutput === 1 ? 0 : compiler.take(columns);
    compiler.operations.add('learnedGradient', {
      ...{ ...kernel, bits: rounding.bits, values: values[name] ?? 0 },
      ...{ gradient: gradients[name] ?? 0, stepGradient, sums },
    });
    if (perOutput === 0) compiler.operations.add('sumColumns', { sums, columns, stepGradient });
  }
}
