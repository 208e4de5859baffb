import { layerParameters } from '../../experiment/parameters';
import { sizeOf } from '../../experiment/shapes';
import { stepOf, type Rounding } from '../trainer';
import type { Compiler } from './compiler';

/** Learned grids are symmetric. */
const SCHEME_CODES: Readonly<Record<Rounding['scheme'], number>> = {
  symmetric: 0,
  learned: 0,
  affine: 1,
  ternary: 2,
  binary: 3,
};

/** Where the grids of a kernel that was rounded are. */
interface RoundedKernel {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Of every column its scale, its zero point, and its threshold. */
  readonly grids: number;
}

/** Rounds every kernel into the room that layers read it from. */
export function writeRounding(
  compiler: Compiler,
  rounding: Rounding | null,
): readonly RoundedKernel[] {
  if (rounding === null) return [];
  const { scheme, bits } = rounding;
  const perOutput = Number(rounding.perOutput);
  const { values, masks, rounded } = compiler.places;
  const kernels = compiler.architecture.layers
    .flatMap(layerParameters)
    .filter(({ role }) => role === 'kernel');
  return kernels.map(({ name, shape }) => {
    const columns = shape.at(-1) ?? 1;
    const rows = sizeOf(shape) / columns;
    const grids = compiler.take(12 * Math.ceil(columns / 4));
    const kernel = {
      ...{ scheme: SCHEME_CODES[scheme], bits, rows, columns, grids },
      ...{ values: values[name] ?? 0, mask: masks[name] ?? 0 },
    };
    if (scheme === 'learned') {
      const steps = values[stepOf(name)] ?? 0;
      compiler.operations.add('stepGrids', { steps, columns, perOutput, grids });
    } else {
      compiler.operations.add('fitGrids', { ...kernel, perOutput });
    }
    compiler.operations.add('roundWeights', { ...kernel, to: rounded[name] ?? 0 });
    return { name, rows, columns, grids };
  });
}

/** Turns gradients by kernels on learned grids into those by their weights and steps. */
export function writeLearning(
  compiler: Compiler,
  rounding: Rounding | null,
  kernels: readonly RoundedKernel[],
): void {
  if (rounding?.scheme !== 'learned') return;
  const { bits, perOutput } = rounding;
  const { values, gradients } = compiler.places;
  for (const { name, rows, columns, grids } of kernels) {
    const stepGradient = gradients[stepOf(name)] ?? 0;
    const sums = perOutput ? 0 : compiler.take(columns);
    compiler.operations.add('learnedGradient', {
      ...{ bits, values: values[name] ?? 0, rows, columns, perOutput: Number(perOutput), grids },
      ...{ gradient: gradients[name] ?? 0, stepGradient, sums },
    });
    if (!perOutput) compiler.operations.add('sumColumns', { sums, columns, stepGradient });
  }
}
