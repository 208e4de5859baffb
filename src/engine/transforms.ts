import {
  add,
  div,
  maximum,
  mul,
  scalar,
  sign,
  sqrt,
  square,
  sub,
  sum,
  zerosLike,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { rateOf } from './frozen';
import { mapTensors, tensorOf, type Tensors } from './tensors';
import type { Objective } from './trainer';

/** What a transform may look at beside the gradients. */
export interface UpdateContext {
  /** The trainable parameters before the update. */
  readonly parameters: Tensors;
  readonly learningRate: number;
  /** Number of this update, from 1. */
  readonly update: number;
}

/**
 * One stage between the gradients and the change of the parameters. Pure: what it remembers is given and
 * given back, in `<slot>/<parameter>` tensors of the parameter's shape.
 */
export interface Transform {
  /** Names of its slots; each starts at zero. */
  readonly slots: readonly string[];
  readonly update: (
    gradients: Tensors,
    state: Tensors,
    context: UpdateContext,
  ) => { readonly gradients: Tensors; readonly state: Tensors };
}

/** The first update's memory: zeros. */
export function initialSlots(transform: Transform, parameters: Tensors): Tensors {
  return Object.fromEntries(
    transform.slots.flatMap((slot) =>
      Object.entries(parameters).map(([name, value]) => [slotName(slot, name), zerosLike(value)]),
    ),
  );
}

/** The transforms one after the other. */
export function chain(...transforms: readonly Transform[]): Transform {
  return {
    slots: transforms.flatMap((transform) => transform.slots),
    update: (gradients, state, context) =>
      transforms.reduce<{ gradients: Tensors; state: Tensors }>(
        (before, transform) => {
          const after = transform.update(before.gradients, state, context);
          return { gradients: after.gradients, state: { ...before.state, ...after.state } };
        },
        { gradients, state: {} },
      ),
  };
}

/** Adds `l1·sign(w) + 2·l2·w`, the gradient of `l1·Σ|w| + l2·Σw²`, on kernels. */
export function addPenalties(l1: number, l2: number): Transform {
  return stateless((gradient, name, { parameters }) => {
    if (!isKernel(name)) return gradient;
    const weights = tensorOf(parameters, name);
    const ridge = l2 === 0 ? gradient : add(gradient, mul(weights, 2 * l2));
    return l1 === 0 ? ridge : add(ridge, mul(sign(weights), l1));
  });
}

/** Scales all gradients down together where their joint L2 norm exceeds `limit` (Pascanu et al. 2013). */
export function clipByGlobalNorm(limit: number): Transform {
  return {
    slots: [],
    update: (gradients) => {
      const squares = Object.values(gradients).map((gradient) => sum(square(gradient)));
      const norm = sqrt(squares.reduce((total, one) => add(total, one), scalar(0)));
      const factor = div(limit, maximum(norm, limit));
      return { gradients: mapTensors(gradients, (gradient) => mul(gradient, factor)), state: {} };
    },
  };
}

/**
 * `v ← μ·v + g`, the change is `v`; with Nesterov's look-ahead `g + μ·v` (Sutskever et al. 2013). The
 * learning rate stays outside `v`, so that a change of it acts at once.
 */
export function accumulateMomentum(momentum: number, nesterov: boolean): Transform {
  return perParameter(['momentum'], (gradient, { slot }) => {
    const velocity = add(mul(slot('momentum'), momentum), gradient);
    return {
      gradient: nesterov ? add(gradient, mul(velocity, momentum)) : velocity,
      state: { momentum: velocity },
    };
  });
}

/** `v ← ρ·v + (1−ρ)·g²`, the change is `g / (√v + ε)` (Tieleman & Hinton 2012). */
export function scaleByMeanSquare(rho: number, epsilon: number): Transform {
  return perParameter(['v'], (gradient, { slot }) => {
    const v = average(slot('v'), square(gradient), rho);
    return { gradient: div(gradient, add(sqrt(v), epsilon)), state: { v } };
  });
}

/** `v ← v + g²`, the change is `g / (√v + ε)` (Duchi et al. 2011). */
export function scaleBySumOfSquares(epsilon: number): Transform {
  return perParameter(['v'], (gradient, { slot }) => {
    const v = add(slot('v'), square(gradient));
    return { gradient: div(gradient, add(sqrt(v), epsilon)), state: { v } };
  });
}

/**
 * Adam (Kingma & Ba 2015): `m ← β₁m + (1−β₁)g`, `v ← β₂v + (1−β₂)g²`, the change is
 * `m/(1−β₁ᵗ) / (√(v/(1−β₂ᵗ)) + ε)`.
 */
export function scaleByAdam(beta1: number, beta2: number, epsilon: number): Transform {
  return perParameter(['m', 'v'], (gradient, { slot, update }) => {
    const m = average(slot('m'), gradient, beta1);
    const v = average(slot('v'), square(gradient), beta2);
    const unbiased = mul(m, 1 / (1 - beta1 ** update));
    const deviation = mul(sqrt(v), 1 / Math.sqrt(1 - beta2 ** update));
    return { gradient: div(unbiased, add(deviation, epsilon)), state: { m, v } };
  });
}

/** Lion (Chen et al. 2023): the change is `sign(β₁m + (1−β₁)g)`, then `m ← β₂m + (1−β₂)g`. */
export function signOfMomentum(beta1: number, beta2: number): Transform {
  return perParameter(['m'], (gradient, { slot }) => ({
    gradient: sign(average(slot('m'), gradient, beta1)),
    state: { m: average(slot('m'), gradient, beta2) },
  }));
}

/** Adds `λ·w` on kernels after the scaling: decoupled weight decay (Loshchilov & Hutter 2019). */
export function addDecay(decay: number): Transform {
  return stateless((gradient, name, { parameters }) =>
    isKernel(name) ? add(gradient, mul(tensorOf(parameters, name), decay)) : gradient,
  );
}

/** Multiplies by −η, and by what `rates` says of the layer: the change that is added to the parameters. */
export function descend(rates: Objective['rates']): Transform {
  return stateless((gradient, name, { learningRate }) =>
    mul(gradient, -learningRate * rateOf(name, { rates })),
  );
}

export function slotName(slot: string, parameter: string): string {
  return `${slot}/${parameter}`;
}

/** Penalties and decay act on kernels alone: biases and batch-norm parameters stay free. */
export function isKernel(name: string): boolean {
  return name.endsWith('.kernel');
}

/** `rate·old + (1−rate)·now`, written so that nothing cancels where `old` is zero. */
function average(old: Tensor, now: Tensor, rate: number): Tensor {
  return add(old, mul(sub(now, old), 1 - rate));
}

function stateless(
  change: (gradient: Tensor, name: string, context: UpdateContext) => Tensor,
): Transform {
  return {
    slots: [],
    update: (gradients, _state, context) => ({
      gradients: mapTensors(gradients, (gradient, name) => change(gradient, name, context)),
      state: {},
    }),
  };
}

function perParameter<Slot extends string>(
  slots: readonly Slot[],
  change: (
    gradient: Tensor,
    memory: { readonly slot: (name: Slot) => Tensor; readonly update: number },
  ) => { readonly gradient: Tensor; readonly state: Readonly<Record<Slot, Tensor>> },
): Transform {
  return {
    slots,
    update: (gradients, state, { update }) => {
      const changed: Record<string, Tensor> = {};
      const remembered: Record<string, Tensor> = {};
      for (const [name, gradient] of Object.entries(gradients)) {
        const slot = (slotOfName: Slot) => tensorOf(state, slotName(slotOfName, name));
        const result = change(gradient, { slot, update });
        changed[name] = result.gradient;
        for (const each of slots) remembered[slotName(each, name)] = result.state[each];
      }
      return { gradients: changed, state: remembered };
    },
  };
}
