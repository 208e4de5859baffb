import { SMOOTH, type FunctionName } from './functions';

/** A formula in x and y, as data: it is walked, never run. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'variable'; readonly name: 'x' | 'y' }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly of: Expression }
  | {
      readonly kind: 'operation';
      readonly name: Operator;
      readonly left: Expression;
      readonly right: Expression;
    };

export type Operator = '+' | '-' | '*' | '/' | '^' | 'min' | 'max';

/** The value at a point; NaN or infinite where the formula has none. */
export function valueOf(expression: Expression, x: number, y: number): number {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'variable':
      return expression.name === 'x' ? x : y;
    case 'call':
      return SMOOTH[expression.name].value(valueOf(expression.of, x, y));
    case 'operation':
      return operate(
        expression.name,
        valueOf(expression.left, x, y),
        valueOf(expression.right, x, y),
      );
  }
}

function operate(name: Operator, left: number, right: number): number {
  switch (name) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '^':
      return left ** right;
    case 'min':
      return Math.min(left, right);
    case 'max':
      return Math.max(left, right);
  }
}
