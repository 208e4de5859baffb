import { createParse } from 'mathjs/number';
import type { Expression, Operator } from './expression';
import { isFunction } from './functions';
import { argumentsWrong, deep, empty, long, notArithmetic, unknownName, unread } from './problems';

export const LONGEST_FORMULA = 200;
/** Operations within one another; more would be no formula that anybody typed. */
const DEEPEST = 40;

/** What the grammar makes of a text: the nodes that arithmetic needs, as data. */
abstract class Node {
  declare readonly isNode: boolean;
}
// mathjs looks for it on the prototypes.
Object.assign(Node.prototype, { isNode: true });
class ConstantNode extends Node {
  readonly isConstantNode = true;
  constructor(readonly value: unknown) {
    super();
  }
}
class SymbolNode extends Node {
  readonly isSymbolNode = true;
  constructor(readonly name: string) {
    super();
  }
}
class OperatorNode extends Node {
  readonly isOperatorNode = true;
  constructor(
    readonly op: string,
    readonly fn: string,
    readonly args: readonly unknown[],
  ) {
    super();
  }
}
class FunctionNode extends Node {
  readonly isFunctionNode = true;
  constructor(
    readonly fn: unknown,
    readonly args: readonly unknown[],
  ) {
    super();
  }
}
class ParenthesisNode extends Node {
  readonly isParenthesisNode = true;
  constructor(readonly content: unknown) {
    super();
  }
}
/** Assignments, lists, texts, conditions, properties: nothing of the kind is ever made. */
class RefusedNode extends Node {
  constructor() {
    super();
    throw notArithmetic();
  }
}

/**
 * The grammar of mathjs with these nodes in place of its own, which could be run: there is nothing here that
 * evaluates code, and nothing of mathjs that computes.
 */
const grammar = createParse({
  typed: Object.assign(
    (_name: string, signatures: { readonly string: unknown }) => signatures.string,
    {
      addConversion: () => {},
    },
  ),
  numeric: Number,
  config: { number: 'number', numberFallback: 'number' },
  ...{ ConstantNode, SymbolNode, OperatorNode, FunctionNode, ParenthesisNode },
  ...Object.fromEntries(
    [
      ...['AccessorNode', 'ArrayNode', 'AssignmentNode', 'BlockNode', 'ConditionalNode'],
      ...['FunctionAssignmentNode', 'IndexNode', 'ObjectNode', 'RangeNode', 'RelationalNode'],
    ].map((name) => [name, RefusedNode]),
  ),
});

const OPERATORS: Readonly<Record<string, Operator>> = {
  ...{ add: '+', subtract: '-', multiply: '*', divide: '/', pow: '^' },
};

const CONSTANTS: Readonly<Record<string, number>> = { e: Math.E, pi: Math.PI, π: Math.PI };

/**
 * Reads a formula in x and y: `+ − * / ^`, brackets, numbers, e, pi, and the functions of `functions.ts`, min and
 * max.
 * @throws WhittleError at `lab.expr` that says what cannot be read
 */
export function parseFormula(text: string): Expression {
  if (text.trim() === '') throw empty();
  if (text.length > LONGEST_FORMULA) throw long(text.length, LONGEST_FORMULA);
  // What mathjs takes for the beginning of a remark.
  if (text.includes('#')) throw unread(text, text.indexOf('#') + 1);
  return expressionOf(nodeOf(text), 0);
}

/** What is written as well for what the grammar knows. */
const AS_TYPED = [
  ['−', '-'],
  ['·', '*'],
  ['×', '*'],
  ['**', '^'],
  ['²', '^2'],
  ['³', '^3'],
] as const;

function nodeOf(text: string): unknown {
  try {
    return grammar(AS_TYPED.reduce((now, [sign, read]) => now.replaceAll(sign, read), text));
  } catch (error) {
    const at = error instanceof SyntaxError && 'char' in error ? Number(error.char) : NaN;
    if (Number.isNaN(at)) throw error;
    throw unread(text, at);
  }
}

function expressionOf(node: unknown, depth: number): Expression {
  if (depth > DEEPEST) throw deep(DEEPEST);
  const inner = (each: unknown) => expressionOf(each, depth + 1);
  if (node instanceof ParenthesisNode) return inner(node.content);
  if (node instanceof ConstantNode && typeof node.value === 'number') {
    return { kind: 'number', value: node.value };
  }
  if (node instanceof SymbolNode) return symbol(node.name);
  if (node instanceof OperatorNode) {
    const [left, right] = node.args.map(inner);
    const name = OPERATORS[node.fn];
    if (name !== undefined && left !== undefined && right !== undefined) {
      return { kind: 'operation', name, left, right };
    }
    if (node.fn === 'unaryPlus' && left !== undefined) return left;
    if (node.fn === 'unaryMinus' && left !== undefined) {
      return { kind: 'operation', name: '-', left: { kind: 'number', value: 0 }, right: left };
    }
  }
  if (node instanceof FunctionNode && node.fn instanceof SymbolNode) {
    return called(node.fn.name, node.args.map(inner));
  }
  throw notArithmetic();
}

function symbol(name: string): Expression {
  if (name === 'x' || name === 'y') return { kind: 'variable', name };
  const value = Object.hasOwn(CONSTANTS, name) ? CONSTANTS[name] : undefined;
  if (value === undefined) throw unknownName(name);
  return { kind: 'number', value };
}

function called(name: string, given: readonly Expression[]): Expression {
  const [first, second] = given;
  if (name === 'min' || name === 'max') {
    if (first === undefined || second === undefined || given.length > 2) {
      throw argumentsWrong(name, 2, given.length);
    }
    return { kind: 'operation', name, left: first, right: second };
  }
  // As mathjs has it, `x(y + 1)` calls x; who writes it multiplies.
  if ((name === 'x' || name === 'y' || Object.hasOwn(CONSTANTS, name)) && given.length === 1) {
    if (first !== undefined) {
      return { kind: 'operation', name: '*', left: symbol(name), right: first };
    }
  }
  if (!isFunction(name)) throw unknownName(name);
  if (first === undefined || given.length > 1) throw argumentsWrong(name, 1, given.length);
  return { kind: 'call', name, of: first };
}
