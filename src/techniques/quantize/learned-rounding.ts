import type { Checkpoint, Parameter, Quantizer } from '../../experiment/checkpoint';
import type { Batch } from '../../experiment/dataset';
import { gridAt } from '../../experiment/quantizer';
import { inputsOf } from '../inner-values';
import { channelsOf, fanIn } from '../kernels';
import type { RunContext } from '../run';
import { unitLayers } from '../unit-layers';
import { rowsOf, type Rows } from './rows';

type RoundingContext = Pick<RunContext<unknown>, 'engine' | 'pace'>;

/** Times at most that every weight is asked whether it had better be rounded the other way. */
const SWEEPS = 10;

/**
 * The rounded network with each weight on the level above or below it, whichever makes the layer's sums come
 * nearest to the whole network's on the examples, instead of the nearer level (Nagel et al. 2020, AdaRound).
 * Layer by layer; layers before are rounded already, and what they do wrong is made up for.
 *
 * The paper relaxes the choice and descends; here the same squared error is descended weight by weight, from
 * the nearest levels on, until no single change makes it less. It never ends worse than where it begins.
 */
export async function learnRounding(
  whole: Checkpoint,
  rounded: Checkpoint,
  examples: Batch,
  { engine, pace }: RoundingContext,
): Promise<Checkpoint> {
  let learned = rounded;
  for (const layer of unitLayers(whole.architecture)) {
    const name = `${layer.name}.kernel`;
    const [kernel, start] = [whole.parameters[name], learned.parameters[name]];
    const quantizer = learned.quantizers[name];
    if (kernel === undefined || start === undefined || quantizer === undefined) continue;
    // A layer of its own few bits has no level above and below every weight.
    if (quantizer.scheme !== 'symmetric' && quantizer.scheme !== 'affine') continue;
    const [wanted, given] = [
      rowsOf(layer, await inputsOf(layer, whole, examples, engine)),
      rowsOf(layer, await inputsOf(layer, learned, examples, engine)),
    ];
    const mask = learned.masks[name];
    const values = await chooseLevels(kernel, start, quantizer, mask, wanted, given, pace);
    learned = { ...learned, parameters: { ...learned.parameters, [name]: { ...start, values } } };
  }
  return learned;
}

/**
 * Levels for the kernel's weights that make `‖X W − X̂ Ŵ‖²` small, X being what the whole network's layer reads
 * and X̂ what the rounded one's does, both `[examples, inputs]`.
 */
export async function chooseLevels(
  { values: weights }: Parameter,
  start: Parameter,
  quantizer: Quantizer,
  mask: Uint8Array | undefined,
  wanted: Rows,
  given: Rows,
  pace: RoundingContext['pace'],
): Promise<Float32Array> {
  const [inputs, outputs] = [fanIn(start), channelsOf(start)];
  const gram = products(given, given, inputs);
  const crossed = products(given, wanted, inputs);
  const neighbour = neighbours(quantizer, outputs);
  const values = start.values.slice();
  const pull = new Float64Array(inputs);
  for (let output = 0; output < outputs; output++) {
    await pace?.();
    // X̂ᵀ(X w − X̂ ŵ): half the slope of the error, downwards.
    pull.fill(0);
    for (let i = 0; i < inputs; i++) {
      const [w, rounded] = [weights[i * outputs + output] ?? 0, values[i * outputs + output] ?? 0];
      for (let j = 0; j < inputs; j++) {
        const at = j * inputs + i;
        pull[j] = (pull[j] ?? 0) + (crossed[at] ?? 0) * w - (gram[at] ?? 0) * rounded;
      }
    }
    for (let sweep = 0, changed = true; changed && sweep < SWEEPS; sweep++) {
      changed = false;
      for (let i = 0; i < inputs; i++) {
        const at = i * outputs + output;
        if (mask?.[at] === 0) continue;
        const now = values[at] ?? 0;
        const other = neighbour(at, weights[at] ?? 0, now);
        const step = other - now;
        const change = step * (step * (gram[i * inputs + i] ?? 0) - 2 * (pull[i] ?? 0));
        if (!(change < 0)) continue;
        values[at] = other;
        changed = true;
        for (let j = 0; j < inputs; j++) {
          pull[j] = (pull[j] ?? 0) - step * (gram[i * inputs + j] ?? 0);
        }
      }
    }
  }
  return values;
}

/** The level on the other side of a weight; the level itself where there is none. */
function neighbours(
  quantizer: Quantizer,
  outputs: number,
): (index: number, weight: number, level: number) => number {
  const { scheme, bits, scales, zeroPoints } = quantizer;
  const gridOf = gridAt(quantizer, outputs);
  const largest = 2 ** (scheme === 'affine' ? bits : bits - 1) - 1;
  const least = scheme === 'affine' ? 0 : -largest;
  return (index, weight, level) => {
    const grid = gridOf(index);
    const [scale, zeroPoint] = [scales[grid] ?? 1, zeroPoints[grid] ?? 0];
    const below = Math.floor(weight / scale) + zeroPoint;
    const code = Math.round(level / scale) + zeroPoint;
    const other = code === below ? below + 1 : below;
    return Math.fround((Math.max(least, Math.min(largest, other)) - zeroPoint) * scale);
  };
}

/** `AᵀB` of two `[examples, inputs]`, `[inputs, inputs]`; rows of A are often mostly zeros. */
function products(a: Rows, b: Rows, inputs: number): Float64Array {
  const result = new Float64Array(inputs * inputs);
  for (let row = 0; row < a.count; row++) {
    const right = b.values.subarray(row * inputs, (row + 1) * inputs);
    for (let i = 0; i < inputs; i++) {
      const left = a.values[row * inputs + i] ?? 0;
      if (left === 0) continue;
      const to = i * inputs;
      for (let j = 0; j < inputs; j++) {
        result[to + j] = (result[to + j] ?? 0) + left * (right[j] ?? 0);
      }
    }
  }
  return result;
}
