import { ADAM_BETAS, EPSILON, LION_BETAS, RMSPROP_RHO } from '../../constants';
import type { Objective, OptimizerId } from '../../trainer';
import { CLIPPING, DEVIATION, HALTED, LEARNING_RATE, UNBIASED } from './loss';
import { each, f, LINE, summing, u, type Shader } from './wgsl';

/** What may be done with a number of the network, as bits of its flag. */
export const TRAINS = 1;
/** Penalties and decay are of kernels alone. */
export const DECAYS = 2;

/** Adds `l1 · sign(w) + 2 · l2 · w` to the gradients of kernels: from `values` and `flags`. */
export function penalize(length: number, { l1, l2 }: Objective): Shader {
  return each(length, {
    ...{ reads: ['values', 'flags: u32'], writes: ['gradients'] },
    body: `if ((flags[i] & ${u(DECAYS)}) != 0) {
      gradients[i] += ${f(l1)} * sign(values[i]) + ${f(2 * l2)} * values[i];
    }`,
  });
}

/** Sums that the squares of all gradients are taken apart into. */
export function normParts(length: number): number {
  return Math.min(256, Math.ceil(length / 1024));
}

/** Sums of the squares of what trains: from `gradients` and `flags` to `squares`. */
export function sumSquares(length: number): Shader {
  const parts = normParts(length);
  return summing(parts, {
    ...{ reads: ['gradients', 'flags: u32'], writes: ['squares'] },
    body: `var part = 0f;
  for (var i = group * ${u(LINE)} + thread; i < ${u(length)}; i += ${u(LINE * parts)}) {
    if ((flags[i] & ${u(TRAINS)}) != 0) { part += gradients[i] * gradients[i]; }
  }
  let sum = total(part);
  if (thread == 0) { squares[group] = sum; }`,
  });
}

/** What to multiply gradients by so that their joint norm is at most `limit`: from `squares` to `control`. */
export function clip(length: number, limit: number): Shader {
  return summing(1, {
    ...{ reads: ['squares'], writes: ['control'] },
    body: `var part = 0f;
  for (var i = thread; i < ${u(normParts(length))}; i += ${u(LINE)}) { part += squares[i]; }
  let norm = sqrt(total(part));
  if (thread == 0) { control[${u(CLIPPING)}] = ${f(limit)} / max(norm, ${f(limit)}); }`,
  });
}

/** The change, from the gradient `g`, of each optimizer; `p` is the number, `rate · old` what it remembers. */
const CHANGES: Readonly<Record<OptimizerId, (momentum: string) => string>> = {
  sgd: () => 'let change = g;',
  momentum: (momentum) => `slot1[i] = slot1[i] * ${momentum} + g;
    let change = slot1[i];`,
  nesterov: (momentum) => `slot1[i] = slot1[i] * ${momentum} + g;
    let change = g + slot1[i] * ${momentum};`,
  rmsprop: () => `slot1[i] += (g * g - slot1[i]) * ${f(1 - RMSPROP_RHO)};
    let change = g / (sqrt(slot1[i]) + ${f(EPSILON)});`,
  adagrad: () => `slot1[i] += g * g;
    let change = g / (sqrt(slot1[i]) + ${f(EPSILON)});`,
  adam: adam,
  adamw: adam,
  lion: () => `let m = slot1[i];
    slot1[i] = m + (g - m) * ${f(1 - LION_BETAS[1])};
    let change = sign(m + (g - m) * ${f(1 - LION_BETAS[0])});`,
};

function adam(): string {
  return `slot1[i] += (g - slot1[i]) * ${f(1 - ADAM_BETAS[0])};
    slot2[i] += (g * g - slot2[i]) * ${f(1 - ADAM_BETAS[1])};
    let size = sqrt(slot2[i]) * settings[${u(DEVIATION)}];
    let change = slot1[i] * settings[${u(UNBIASED)}] / (size + ${f(EPSILON)});`;
}

/** What the learning rate is multiplied by for the numbers before `end`, and behind the range before. */
export interface Factor {
  readonly end: number;
  readonly factor: number;
}

function factorOf(factors: readonly Factor[]): string {
  const ranges = factors.map(({ end, factor }) => `if (i < ${u(end)}) { return ${f(factor)}; }`);
  return `fn factor(i: u32) -> f32 { ${ranges.join(' ')} return 1f; }`;
}

/**
 * One update of all parameters in one pass: mask, clipping, optimizer and decay. From `settings`,
 * `gradients`, `flags` and `control` into `values` and the optimizer's `slots`.
 */
export function update(
  length: number,
  objective: Objective,
  factors: readonly Factor[],
  slots: number,
): Shader {
  const { optimizer, momentum, decay } = objective;
  const decays = optimizer === 'adamw' || optimizer === 'lion';
  return each(length, {
    reads: ['settings', 'gradients', 'flags: u32', 'control'],
    writes: ['values', ...['slot1', 'slot2'].slice(0, slots)],
    before: `if (control[${u(HALTED)}] != 0) { return; }
  let rate = settings[${u(LEARNING_RATE)}];`,
    functions: factors.length === 0 ? '' : factorOf(factors),
    body: `if ((flags[i] & ${u(TRAINS)}) == 0) { continue; }
    let g = gradients[i]${objective.clip > 0 ? ` * control[${u(CLIPPING)}]` : ''};
    let p = values[i];
    ${CHANGES[optimizer](f(momentum))}
    ${decays ? `let decay = select(0f, ${f(decay)}, (flags[i] & ${u(DECAYS)}) != 0);` : ''}
    values[i] = p - rate${factors.length === 0 ? '' : ' * factor(i)'} * (change${decays ? ' + decay * p' : ''});`,
  });
}
