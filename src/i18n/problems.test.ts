import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { parseLink } from '../experiment/link';
import { techniqueSpecs } from '../techniques/registry';
import { en as english } from './en';
import { translator } from './translate';
import { zh } from './zh';
import { problemsZh } from './problems.zh';
import { problemText } from './useProblemText';

/** Functions that make a problem of the code they are given first, and the params that they add. */
const MAKERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['modelError', []],
  ['takeover', ['backend', 'next', 'detail']],
  ['this.add', ['key', 'held', 'used']],
]);

const sentences: Readonly<Record<string, string>> = problemsZh.problem;

/** The params that a problem of each code carries, wherever the sources make one. */
function problemsOfSources(): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const note = (codes: readonly string[], params: readonly string[]) => {
    for (const code of codes) {
      const known = found.get(code) ?? params;
      found.set(
        code,
        known.filter((name) => params.includes(name)),
      );
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const params = valueOf(node, 'params');
      const code = valueOf(node, 'code');
      if (code !== undefined && params !== undefined) note(textsIn(code), namesIn([params]));
    }
    if (ts.isCallExpression(node)) {
      const [code, ...more] = node.arguments;
      const added = MAKERS.get(node.expression.getText());
      if (added !== undefined && code !== undefined) {
        note(textsIn(code), [...namesIn(more), ...added]);
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const path of sources(join(import.meta.dirname, '..'))) {
    visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true));
  }
  return found;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|testing/.test(path))
    .map((path) => join(folder, path));
}

function valueOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const property = object.properties.find(
    (each) => each.name !== undefined && ts.isIdentifier(each.name) && each.name.text === name,
  );
  return property !== undefined && ts.isPropertyAssignment(property)
    ? property.initializer
    : undefined;
}

/** A text, or the two of a condition. */
function textsIn(node: ts.Expression): readonly string[] {
  if (ts.isStringLiteral(node)) return [node.text];
  return ts.isConditionalExpression(node)
    ? [...textsIn(node.whenTrue), ...textsIn(node.whenFalse)]
    : [];
}

/** The names of all properties of the object literals in these expressions. */
function namesIn(nodes: readonly ts.Node[]): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralElement(node) && node.name !== undefined && ts.isIdentifier(node.name)) {
      names.push(node.name.text);
    }
    ts.forEachChild(node, visit);
  };
  nodes.forEach(visit);
  return names;
}

describe('the Chinese sentences for problems', () => {
  const found = problemsOfSources();

  it('are there for every problem that the sources make, and for no other', () => {
    expect(Object.keys(sentences).sort()).toEqual([...found.keys()].sort());
  });

  it('tell only what the problem carries', () => {
    for (const [code, text] of Object.entries(sentences)) {
      const told = [...text.matchAll(/\{\{(\w+)(?:, \w+)?\}\}/g)].map(([, name = '']) => name);
      const carried = found.get(code) ?? [];
      expect(
        told.filter((name) => !carried.includes(name)),
        code,
      ).toEqual([]);
    }
  });
});

describe('a problem', () => {
  const chinese = translator('zh', zh);

  it('is its own message in English, whatever was typed', () => {
    const [problem] = parseLink('x={{key}}$t(app.recipe)', techniqueSpecs).problems;
    if (problem === undefined) throw new Error('nothing was wrong');
    expect(problemText(problem, translator('en', english))).toBe(problem.message);
    expect(problem.message).toContain('x={{key}}$t(app.recipe)');
  });

  it('is told in Chinese with its cause', () => {
    const [problem] = parseLink('model=net:dropout-1', techniqueSpecs).problems;
    if (problem === undefined) throw new Error('nothing was wrong');
    expect(problemText(problem, chinese)).toBe(
      '链接中“model”的值是“net:dropout-1”，已改用 lenet-300-100。层“dropout-1”的丢弃比例应在 0 到 0.95 之间。',
    );
  });

  it('names backends as the page does', () => {
    const params = { backend: 'webgpu', next: 'wasm', detail: 'no adapter' };
    expect(problemText({ code: 'backendInstead', params, message: '' }, chinese)).toBe(
      'WebGPU 在这里不可用（no adapter），已改用 WASM。',
    );
  });
});
