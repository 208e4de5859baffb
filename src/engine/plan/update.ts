import { sizeOf } from '../../experiment/shapes';
import { rateOf } from '../frozen';
import type { Objective, OptimizerId } from '../trainer';
import type { Compiler, Places } from './compiler';
import type { Trace } from './forward';
import { channelsOf } from './geometry';
import type { Operations } from './operations';

const OPTIMIZER_CODES: Readonly<Record<OptimizerId, number>> = {
  sgd: 0,
  momentum: 1,
  nesterov: 2,
  rmsprop: 3,
  adagrad: 4,
  adam: 5,
  adamw: 5,
  lion: 6,
};

/** The optimizers' memory, in the order in which the update takes it. */
export const OPTIMIZER_SLOTS: Readonly<Record<OptimizerId, readonly string[]>> = {
  sgd: [],
  momentum: ['momentum'],
  nesterov: ['momentum'],
  rmsprop: ['v'],
  adagrad: ['v'],
  adam: ['m', 'v'],
  adamw: ['m', 'v'],
  lion: ['m'],
};

/** Numbers whose squares are summed at a time, as `assembly/optimize.ts` has it. */
const CHUNK = 4096;

export function writePenalties(compiler: Compiler, { l1, l2 }: Objective): void {
  if (l1 === 0 && l2 === 0) return;
  const { values, gradients } = compiler.places;
  for (const { name, role, length } of compiler.places.trained) {
    if (role !== 'kernel') continue;
    compiler.operations.add('penalize', {
      ...{ parameter: values[name] ?? 0, gradient: gradients[name] ?? 0, count: length, l1, l2 },
    });
  }
}

/** Gives weights that share a level the sum of their gradients. */
export function writeSharing(compiler: Compiler): void {
  const { levels, gradients } = compiler.places;
  for (const { name, length } of compiler.places.trained) {
    const shared = levels[name];
    if (shared === undefined) continue;
    const of = {
      ...{ gradient: gradients[name] ?? 0, levels: shared.address, count: length },
      sums: compiler.take(shared.count),
    };
    compiler.operations.add('sumShared', { ...of, length: shared.count });
    compiler.operations.add('spreadShared', of);
  }
}

export function writeUpdate(
  compiler: Compiler,
  objective: Objective,
  traces: readonly Trace[],
): void {
  const { operations, places, count } = compiler;
  const { control, trained } = places;
  if (objective.clip > 0) {
    const chunks = trained.map(({ length }) => Math.ceil(length / CHUNK));
    const total = chunks.reduce((sum, each) => sum + each, 0);
    const sums = compiler.take(2 * total);
    let next = sums;
    trained.forEach(({ name, length }, i) => {
      const [gradient, mask] = [places.gradients[name] ?? 0, places.masks[name] ?? 0];
      operations.add('sumSquares', { gradient, mask, count: length, sums: next });
      next += 8 * (chunks[i] ?? 0);
    });
    operations.add('clip', { sums, count: total, limit: objective.clip, control });
  }
  writeOptimizer(operations, places, objective);
  for (const { layer, extra } of traces.slice(objective.frozen)) {
    if (layer.type !== 'batchnorm') continue;
    const channels = channelsOf(layer.input);
    operations.add('moveAverages', {
      ...{ moments: extra, rows: (count * sizeOf(layer.output)) / channels, channels },
      ...{ mean: compiler.value(layer, 'mean'), variance: compiler.value(layer, 'variance') },
    });
  }
}

/** The optimizer alone, from gradients that lie in their places. */
export function writeOptimizer(operations: Operations, places: Places, objective: Objective): void {
  const at = (places: Readonly<Record<string, number>>, name: string) => places[name] ?? 0;
  const { optimizer, momentum } = objective;
  const decays = optimizer === 'adamw' || optimizer === 'lion';
  const [slot1 = '', slot2 = ''] = OPTIMIZER_SLOTS[optimizer];
  for (const { name, role, length } of places.trained) {
    operations.add('update', {
      kind: OPTIMIZER_CODES[optimizer],
      parameter: at(places.values, name),
      gradient: at(places.gradients, name),
      mask: at(places.masks, name),
      slot1: at(places.slots, `${slot1}/${name}`),
      slot2: at(places.slots, `${slot2}/${name}`),
      count: length,
      momentum,
      decay: decays && role === 'kernel' ? objective.decay : 0,
      control: places.control,
      factor: rateOf(name, objective),
    });
  }
}
