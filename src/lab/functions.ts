/** A function of one number, with its first and second derivative. */
export interface Smooth {
  readonly value: (u: number) => number;
  readonly first: (u: number) => number;
  readonly second: (u: number) => number;
}

const logarithm = (base: number): Smooth => {
  const scale = Math.log(base);
  return {
    value: (u) => Math.log(u) / scale,
    // The derivative's formula goes on where the logarithm itself ends.
    first: (u) => (u > 0 ? 1 / (u * scale) : NaN),
    second: (u) => (u > 0 ? -1 / (u * u * scale) : NaN),
  };
};

/** The functions that a formula may use. */
export const SMOOTH = {
  sqrt: {
    value: Math.sqrt,
    first: (u) => 0.5 / Math.sqrt(u),
    second: (u) => -0.25 / (u * Math.sqrt(u)),
  },
  exp: { value: Math.exp, first: Math.exp, second: Math.exp },
  log: logarithm(Math.E),
  ln: logarithm(Math.E),
  log2: logarithm(2),
  log10: logarithm(10),
  sin: { value: Math.sin, first: Math.cos, second: (u) => -Math.sin(u) },
  cos: { value: Math.cos, first: (u) => -Math.sin(u), second: (u) => -Math.cos(u) },
  tan: {
    value: Math.tan,
    first: (u) => 1 + Math.tan(u) ** 2,
    second: (u) => 2 * Math.tan(u) * (1 + Math.tan(u) ** 2),
  },
  atan: {
    value: Math.atan,
    first: (u) => 1 / (1 + u * u),
    second: (u) => (-2 * u) / (1 + u * u) ** 2,
  },
  sinh: { value: Math.sinh, first: Math.cosh, second: Math.sinh },
  cosh: { value: Math.cosh, first: Math.sinh, second: Math.cosh },
  tanh: {
    value: Math.tanh,
    first: (u) => 1 - Math.tanh(u) ** 2,
    second: (u) => -2 * Math.tanh(u) * (1 - Math.tanh(u) ** 2),
  },
  /** At its kink it is as good as level. */
  abs: { value: Math.abs, first: Math.sign, second: () => 0 },
} as const satisfies Readonly<Record<string, Smooth>>;

export type FunctionName = keyof typeof SMOOTH;

export function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(SMOOTH, name);
}
