import { layerParameters } from '../../experiment/parameters';
import { sizeOf } from '../../experiment/shapes';
import type { Rounding } from '../trainer';
import type { Compiler } from './compiler';

const SCHEME_CODES: Readonly<Record<Rounding['scheme'], number>> = {
  symmetric: 0,
  affine: 1,
  ternary: 2,
  binary: 3,
};

/** Rounds every kernel into the room that layers read it from. */
export function writeRounding(compiler: Compiler, rounding: Rounding | null): void {
  if (rounding === null) return;
  const { bits, perOutput } = rounding;
  const { values, masks, rounded } = compiler.places;
  for (const { name, role, shape } of compiler.architecture.layers.flatMap(layerParameters)) {
    if (role !== 'kernel') continue;
    const columns = shape.at(-1) ?? 1;
    const kernel = {
      ...{ scheme: SCHEME_CODES[rounding.scheme], bits },
      ...{ values: values[name] ?? 0, mask: masks[name] ?? 0 },
      ...{ rows: sizeOf(shape) / columns, columns },
      // Of every column its scale, its zero point, and its threshold.
      grids: compiler.take(12 * Math.ceil(columns / 4)),
    };
    compiler.operations.add('fitGrids', { ...kernel, perOutput: Number(perOutput) });
    compiler.operations.add('roundWeights', { ...kernel, to: rounded[name] ?? 0 });
  }
}
