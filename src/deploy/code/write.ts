import type { CodeSet } from './plan';

/** Lines of a script. A helper is printed where a step calls it. */
export interface Written {
  readonly lines: readonly string[];
  /** Names of the helpers that the lines call. */
  readonly calls: readonly string[];
}

/** A piece of a line, and the helpers that it calls. */
export interface Expression {
  readonly code: string;
  readonly calls: readonly string[];
}

export type Argument = readonly [name: string, value: string];

/** How a language writes what all steps have in common. Names are given in camel case. */
export interface Dialect {
  readonly comment: string;
  name(camelCase: string): string;
  call(name: string, positional: readonly string[], named: readonly Argument[]): string;
  /** A call that stands by itself. */
  statement(call: string): string;
  text(value: string): string;
  /** A dictionary of layers. */
  record(entries: readonly (readonly [key: string, value: string])[]): string;
  /** `target = value`, the first time where `isNew`. */
  assign(target: string, value: string, isNew: boolean): string;
  truth(value: boolean): string;
  /** A loop over the numbers below `count`. */
  repeat(variable: string, count: number, body: readonly string[]): readonly string[];
  /** A loop over what a generator yields: so many values each time. */
  each(variables: readonly string[], of: string, body: readonly string[]): readonly string[];
  when(condition: string, body: readonly string[]): readonly string[];
  /** A function of `done` and `total`, as `train` calls it before every iteration. */
  between(name: string, body: readonly string[]): readonly string[];
  /** Whether `train` clips gradients; else the optimizer does. */
  readonly clips: boolean;
  /** Whether there is a singular value decomposition. */
  readonly takesApart: boolean;
  /** An optimizer at one rate; or at rates by layer, what is said of which is given. */
  readonly optimizer: (settings: OptimizerSettings, rates?: readonly Argument[]) => Expression;
  /** Puts a set in the place of the one before. */
  readonly load: (set: CodeSet) => readonly string[];
  /** Puts what a call picks of the training set in its place. */
  readonly keep: (picked: string) => readonly string[];
}

export interface OptimizerSettings {
  readonly optimizer: string;
  readonly lr: number;
  readonly momentum: number;
  readonly decay: number;
  /** Largest norm, where the optimizer itself clips; 0: it does not. */
  readonly clip: number;
}

const WIDTH = 88;

/** A comment of one sentence or more, wrapped. */
export function commentLines(text: string, { comment }: Pick<Dialect, 'comment'>): string[] {
  const lines: string[] = [];
  let line = comment;
  for (const word of text.split(' ')) {
    if (line.length + word.length + 1 > WIDTH && line !== comment) {
      lines.push(line);
      line = comment;
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

/** A call of Python in one line, or with an argument a line where it is too long. */
export function wrapCall(head: string, args: readonly string[]): string {
  const line = `${head}(${args.join(', ')})`;
  if (line.length <= WIDTH || args.length === 0) return line;
  const rows = indented(
    args.map((arg) => `${arg},`),
    '    ',
  );
  return `${head}(\n${rows.join('\n')}\n)`;
}

export function indented(lines: readonly string[], indent: string): string[] {
  return lines
    .flatMap((line) => line.split('\n'))
    .map((line) => (line === '' ? '' : `${indent}${line}`));
}

/** A number as people write it. */
export function numberText(value: number): string {
  return String(Number(value.toPrecision(7)));
}

/** A function of a script, and the functions that it calls. */
export interface Helper {
  readonly code: string;
  readonly calls?: readonly string[];
}

/** The helpers that are called, and those that they call, in the order in which they are given. */
export function helpersOf(
  all: Readonly<Record<string, Helper>>,
  called: readonly string[],
): readonly string[] {
  const used = new Set(called);
  for (const name of used) for (const callee of all[name]?.calls ?? []) used.add(callee);
  return Object.entries(all).flatMap(([name, { code }]) => (used.has(name) ? [code.trim()] : []));
}
