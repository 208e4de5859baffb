import type { Checkpoint, Parameter } from '../../experiment/checkpoint';
import { channelsOf } from '../kernels';
import { without } from '../without';
import { equalizablePairs, type Pair } from './pairs';

/** Times at most that all pairs are gone through. */
const SWEEPS = 20;
/** A sweep whose factors are all so near to 1 is the last. */
const SETTLED = 1e-3;

/**
 * The same function with kernels that are easier to round (Nagel et al. 2019, cross-layer equalization): the
 * weights that make a unit are divided by `s`, and those that read it multiplied, where `s = √(r₁ / r₂)` and r₁
 * and r₂ are the largest |w| of both. Then the two are equal, and a scale for the whole tensor fits all units.
 * Kernels that were on levels leave them.
 */
export function equalize(checkpoint: Checkpoint): Checkpoint {
  const known = equalized.get(checkpoint) ?? equalizeAnew(checkpoint);
  equalized.set(checkpoint, known);
  return known;
}

/** The very same network for a slider that asks again, so that what was found out about it is remembered. */
const equalized = new WeakMap<Checkpoint, Checkpoint>();

function equalizeAnew(checkpoint: Checkpoint): Checkpoint {
  const pairs = equalizablePairs(checkpoint.architecture);
  const parameters: Record<string, Parameter> = { ...checkpoint.parameters };
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const changes = pairs.map((pair) => equalizePair(parameters, pair));
    if (changes.every((change) => change < SETTLED)) break;
  }
  const quantizers = pairs
    .flat()
    .reduce((kept, { name }) => without(kept, `${name}.kernel`), checkpoint.quantizers);
  return { ...checkpoint, parameters, quantizers };
}

/** Equalizes in place; returns how far the furthest factor is from 1. */
function equalizePair(parameters: Record<string, Parameter>, [layer, reader]: Pair): number {
  const [kernelName, biasName] = [`${layer.name}.kernel`, `${layer.name}.bias`];
  const readerName = `${reader.name}.kernel`;
  const [kernel, bias, next] = [kernelName, biasName, readerName].map((name) => parameters[name]);
  if (kernel === undefined || bias === undefined || next === undefined) return 0;
  const units = channelsOf(kernel);
  // Of a kernel `[…, inputs, outputs]` the inputs are the channels, in a flattened picture the innermost.
  const outputs = channelsOf(next);
  const unitRead = (i: number) => Math.floor(i / outputs) % units;
  const made = largest(kernel.values, units, (i) => i % units);
  const read = largest(next.values, units, unitRead);
  const factors = made.map((r1, unit) => {
    const r2 = read[unit] ?? 0;
    return r1 === 0 || r2 === 0 ? 1 : Math.sqrt(r1 / r2);
  });
  const factor = (unit: number) => factors[unit] ?? 1;
  const scaled = (parameter: Parameter, by: (i: number) => number): Parameter => ({
    ...parameter,
    values: parameter.values.map((value, i) => value * by(i)),
  });
  parameters[kernelName] = scaled(kernel, (i) => 1 / factor(i % units));
  parameters[biasName] = scaled(bias, (i) => 1 / factor(i));
  parameters[readerName] = scaled(next, (i) => factor(unitRead(i)));
  return Math.max(0, ...factors.map((each) => Math.abs(each - 1)));
}

/** The largest |w| of every unit. */
function largest(
  values: Float32Array,
  units: number,
  unitOf: (index: number) => number,
): Float64Array {
  const result = new Float64Array(units);
  values.forEach((w, i) => {
    const unit = unitOf(i);
    result[unit] = Math.max(result[unit] ?? 0, Math.abs(w));
  });
  return result;
}
