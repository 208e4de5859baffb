import { describe, expect, test } from 'vitest';
import { WhittleError } from '../experiment/problem';
import { valueOf } from './expression';
import { LONGEST_FORMULA, parseFormula } from './parse-formula';

const at = (formula: string, x = 2, y = 3) => valueOf(parseFormula(formula), x, y);

function codeOf(formula: string): string {
  try {
    parseFormula(formula);
  } catch (error) {
    if (error instanceof WhittleError) return error.problem.code;
    throw error;
  }
  return 'none';
}

describe('a formula', () => {
  test.each([
    ['x + y', 5],
    ['-x^2', -4],
    ['(-x)^2', 4],
    ['2^3^2', 512],
    ['2x y', 12],
    ['2(x + 1)', 6],
    ['x(y + 1)', 8],
    ['x - y - 1', -2],
    ['x / y / 2', 1 / 3],
    ['1.5e1 * x', 30],
    ['−x · y', -6],
    ['x**y', 8],
    ['x² + y³', 31],
    ['x × y', 6],
    ['+x', 2],
    ['2 pi', 2 * Math.PI],
    ['ln(e)', 1],
    ['log10(100) + log2(8) + log(e)', 6],
    ['sqrt(x^2 + 5) + abs(-y)', 6],
    ['min(x, y) + 10 max(x, y)', 32],
    ['sin(0) + cos(0) + tan(0) + atan(0) + exp(0)', 2],
    ['tanh(0) + sinh(0) + cosh(0)', 1],
  ])('%s is read as mathematics has it', (formula, value) => {
    expect(at(formula)).toBeCloseTo(value, 12);
  });

  test.each([
    ['', 'formulaEmpty'],
    ['   ', 'formulaEmpty'],
    ['x +', 'formulaUnfinished'],
    ['(x', 'formulaUnfinished'],
    ['x ) y', 'formulaUnread'],
    ['x # y', 'formulaUnread'],
    ['x @ y', 'formulaUnread'],
    ['x\ny', 'formulaKind'],
    ['z^2', 'formulaName'],
    ['constructor', 'formulaName'],
    ['toString(x)', 'formulaName'],
    ['sin(x, y)', 'formulaArguments'],
    ['min(x)', 'formulaArguments'],
    ['sin()', 'formulaArguments'],
    ['x = 2', 'formulaKind'],
    ['f(x) = x', 'formulaKind'],
    ['"x"', 'formulaKind'],
    ['[x, y]', 'formulaKind'],
    ['{a: x}', 'formulaKind'],
    ['x.constructor', 'formulaKind'],
    ['x["constructor"]', 'formulaKind'],
    ['x; y', 'formulaKind'],
    ['x > y', 'formulaKind'],
    ['x ? y : 1', 'formulaKind'],
    ['x!', 'formulaKind'],
    ['true', 'formulaKind'],
    ['import("x")', 'formulaKind'],
    ['x'.repeat(LONGEST_FORMULA + 1), 'formulaLong'],
    [`${'('.repeat(60)}x${')'.repeat(60)}`, 'formulaDeep'],
    [`${'-'.repeat(100)}x`, 'formulaDeep'],
    [`${'sin('.repeat(45)}x`, 'formulaUnfinished'],
  ])('%s is refused with a reason', (formula, code) => {
    expect(codeOf(formula)).toBe(code);
  });

  test('may have powers without bounds, which have no value', () => {
    expect(at('9^9^9^9^9 x')).toBe(Infinity);
    expect(at('x - 1e999')).toBe(-Infinity);
    expect(at('0/0 + x')).toBeNaN();
  });

  test('that cannot be read names the place', () => {
    expect(() => parseFormula('x^2 + @')).toThrow(/character 7.*@/);
  });
});
