import type { Activation, ActivationGrid } from '../../../experiment/architecture';
import { LEAKY_SLOPE } from '../../constants';
import { each, f, u, type Shader } from './wgsl';

/** What the expressions below call. */
export const ACTIVATION_FUNCTIONS = `
// Φ(x) = ½ (1 + erf(x / √2)), erf within 1.5 · 10⁻⁷ (Abramowitz & Stegun 1964, formula 7.1.26).
fn normalShare(x: f32) -> f32 {
  let z = abs(x) * 0.70710678;
  let t = 1 / (1 + 0.3275911 * z);
  let sum = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return 0.5 * (1 + sign(x) * (1 - sum * exp(-z * z)));
}
// Beyond 15 it is 1 in float32, and some devices overflow.
fn boundedTanh(x: f32) -> f32 { return tanh(clamp(x, -15, 15)); }`;

/** f(z), in WGSL. */
export function activated(activation: Activation, z: string): string {
  switch (activation) {
    case 'none':
      return z;
    case 'relu':
      return `max(${z}, 0)`;
    case 'leaky':
      return `max(${z}, ${f(LEAKY_SLOPE)} * (${z}))`;
    case 'tanh':
      return `boundedTanh(${z})`;
    case 'sigmoid':
      return `(1 / (1 + exp(-(${z}))))`;
    case 'gelu':
      return `((${z}) * normalShare(${z}))`;
  }
}

/** f′, in WGSL: by the result `y`, but for GELU, whose `y` is what went in. */
export function slope(activation: Activation, y: string): string {
  switch (activation) {
    case 'none':
      return '1';
    case 'relu':
      return `select(0f, 1f, ${y} > 0)`;
    case 'leaky':
      return `select(${f(LEAKY_SLOPE)}, 1, ${y} > 0)`;
    case 'tanh':
      return `(1 - ${y} * ${y})`;
    case 'sigmoid':
      return `(${y} * (1 - ${y}))`;
    case 'gelu':
      return `(normalShare(${y}) + ${y} * 0.39894228 * exp(-0.5 * ${y} * ${y}))`;
  }
}

/** `y = f(z)` from `z`. */
export function activate(activation: Activation, length: number): Shader {
  return each(length, {
    ...{ reads: ['z'], writes: ['y'], functions: ACTIVATION_FUNCTIONS },
    body: `let value = z[i];
    y[i] = ${activated(activation, 'value')};`,
  });
}

/** Multiplies `gradient` by f′ at `y`. */
export function activationGradient(activation: Activation, length: number): Shader {
  return each(length, {
    ...{ reads: ['y'], writes: ['gradient'], functions: ACTIVATION_FUNCTIONS },
    body: `let value = y[i];
    gradient[i] *= ${slope(activation, 'value')};`,
  });
}

/** `to = bytes / 255`, four bytes a word: grey values as a network sees them. */
export function scaleBytes(length: number): Shader {
  return each(length, {
    ...{ reads: ['bytes: u32'], writes: ['to'] },
    body: `let at = i; to[i] = ${GREY};`,
  });
}

/** `to[i] = bytes[rows[i]] / 255`: pictures of `pixels` bytes, picked by their numbers. */
export function gatherPictures(count: number, pixels: number): Shader {
  return each(count * pixels, {
    ...{ reads: ['bytes: u32', 'rows: u32'], writes: ['to'] },
    body: `let at = rows[i / ${u(pixels)}] * ${u(pixels)} + i % ${u(pixels)};
    to[i] = ${GREY};`,
  });
}

const GREY = 'f32((bytes[at / 4u] >> (8u * (at % 4u))) & 0xffu) / 255';

/** `to = values · by`: inputs, or their gradient, by a dropout mask. */
export function multiply(length: number): Shader {
  return each(length, {
    reads: ['values', 'by'],
    writes: ['to'],
    body: 'to[i] = values[i] * by[i];',
  });
}

/** `y` is the value on the grid nearest to `x`. */
export function roundValues(length: number, grid: ActivationGrid): Shader {
  return each(length, {
    ...{ reads: ['x'], writes: ['y'] },
    body: `let code = ${codeOf(grid)};
    y[i] = (clamp(code, 0, ${f(2 ** grid.bits - 1)}) - ${f(grid.zeroPoint)}) * ${f(grid.scale)};`,
  });
}

/** The gradient goes past the rounding, but not where `x` lies beyond the grid. */
export function roundValuesGradient(length: number, grid: ActivationGrid): Shader {
  return each(length, {
    ...{ reads: ['x', 'dy'], writes: ['dx'] },
    body: `let code = ${codeOf(grid)};
    dx[i] = select(0, dy[i], code >= 0 && code <= ${f(2 ** grid.bits - 1)});`,
  });
}

function codeOf({ scale, zeroPoint }: ActivationGrid): string {
  return `round(x[i] / ${f(scale)}) + ${f(zeroPoint)}`;
}

/** What is read beside the rest where an activation lies below. */
export function belowReads(below: Activation): readonly string[] {
  return below === 'none' ? [] : ['y'];
}

/** Stores a gradient at `place`, multiplied by the slope of the activation below. */
export function passDown(below: Activation, gradient: string, place: string): string {
  if (below === 'none') return `dx[${place}] = ${gradient};`;
  return `let place = ${place};
      let below = y[place];
      dx[place] = ${gradient} * ${slope(below, 'below')};`;
}
