import type { Expression, Operator } from './expression';
import { SMOOTH } from './functions';

/**
 * A value with its first and second derivatives by x and y, which are carried along through every operation
 * (forward-mode differentiation, Wengert 1964): exact but for rounding, and in time that grows with the formula,
 * where derived formulas grow faster than the formula itself.
 */
export interface Jet {
  readonly value: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
}

export function jetOf(expression: Expression, x: number, y: number): Jet {
  switch (expression.kind) {
    case 'number':
      return level(expression.value);
    case 'variable':
      return expression.name === 'x'
        ? { value: x, x: 1, y: 0, xx: 0, xy: 0, yy: 0 }
        : { value: y, x: 0, y: 1, xx: 0, xy: 0, yy: 0 };
    case 'call': {
      const { value, first, second } = SMOOTH[expression.name];
      const of = jetOf(expression.of, x, y);
      return through(of, value(of.value), first(of.value), second(of.value));
    }
    case 'operation':
      return operate(expression.name, jetOf(expression.left, x, y), jetOf(expression.right, x, y));
  }
}

function level(value: number): Jet {
  return { value, x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
}

function operate(name: Operator, a: Jet, b: Jet): Jet {
  switch (name) {
    case '+':
      return sum(a, b, 1);
    case '-':
      return sum(a, b, -1);
    case '*':
      return product(a, b);
    case '/':
      return { ...product(a, inverse(b)), value: a.value / b.value };
    case '^':
      return { ...power(a, b), value: a.value ** b.value };
    case 'min':
      return a.value <= b.value || Number.isNaN(a.value) ? a : b;
    case 'max':
      return a.value >= b.value || Number.isNaN(a.value) ? a : b;
  }
}

/** `a + share · b`. */
function sum(a: Jet, b: Jet, share: number): Jet {
  return {
    value: a.value + share * b.value,
    x: a.x + share * b.x,
    y: a.y + share * b.y,
    xx: a.xx + share * b.xx,
    xy: a.xy + share * b.xy,
    yy: a.yy + share * b.yy,
  };
}

function product(a: Jet, b: Jet): Jet {
  return {
    value: a.value * b.value,
    x: a.x * b.value + a.value * b.x,
    y: a.y * b.value + a.value * b.y,
    xx: a.xx * b.value + 2 * a.x * b.x + a.value * b.xx,
    xy: a.xy * b.value + a.x * b.y + a.y * b.x + a.value * b.xy,
    yy: a.yy * b.value + 2 * a.y * b.y + a.value * b.yy,
  };
}

/** The chain rule: `f(u)` with `f`, `f′` and `f″` at `u`. */
function through(u: Jet, value: number, first: number, second: number): Jet {
  return {
    value,
    x: first * u.x,
    y: first * u.y,
    xx: second * u.x * u.x + first * u.xx,
    xy: second * u.x * u.y + first * u.xy,
    yy: second * u.y * u.y + first * u.yy,
  };
}

function inverse(u: Jet): Jet {
  const value = 1 / u.value;
  return through(u, value, -value * value, 2 * value * value * value);
}

function power(base: Jet, exponent: Jet): Jet {
  if (isLevel(exponent)) {
    const p = exponent.value;
    const times = (factor: number, rest: number) =>
      factor === 0 ? 0 : factor * base.value ** rest;
    return through(base, NaN, times(p, p - 1), times(p * (p - 1), p - 2));
  }
  // u^v = e^(v ln u)
  const { value, first, second } = SMOOTH.ln;
  const raised = product(
    exponent,
    through(base, value(base.value), first(base.value), second(base.value)),
  );
  const all = Math.exp(raised.value);
  return through(raised, all, all, all);
}

function isLevel({ x, y, xx, xy, yy }: Jet): boolean {
  return x === 0 && y === 0 && xx === 0 && xy === 0 && yy === 0;
}
