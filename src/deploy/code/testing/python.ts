import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';

const CHECK = `
import ast, builtins, sys

def problems_of(code):
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        return [str(error)]
    known = set(dir(builtins)) | {"__name__"}
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)): known.add(node.name)
        if isinstance(node, ast.arg): known.add(node.arg)
        if isinstance(node, ast.alias): known.add((node.asname or node.name).split(".")[0])
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load): known.add(node.id)
    used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    functions = {n.name: n.args for n in tree.body if isinstance(n, ast.FunctionDef)}
    problems = sorted(used - known)
    for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call)):
        args = functions.get(getattr(call.func, "id", None))
        if args is None: continue
        names = {a.arg for a in args.args + args.kwonlyargs}
        if args.kwarg is None:
            problems += [f"{call.func.id} has no {k.arg}" for k in call.keywords if k.arg not in names]
        if len(call.args) > len(args.args): problems.append(f"{call.func.id} has too many")
    return problems

for code in sys.stdin.read().split(chr(0)):
    print(",".join(problems_of(code)))
`;

/**
 * What a reader of Python says of each script: names that nobody gave, and calls of the script's own functions
 * that do not fit them. Where there is no Python, brackets that do not match.
 */
export function pythonErrors(codes: readonly string[]): readonly string[] {
  const said = python(CHECK, codes.join('\0'));
  return said === null ? codes.map(bracketErrors) : said.split('\n');
}

const TEXTS = /"""[^]*?"""|"(?:\\.|[^"\\\n])*"|#.*/g;
const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function bracketErrors(code: string): string {
  const open: string[] = [];
  for (const [bracket] of code.replaceAll(TEXTS, '').matchAll(/[()[\]{}]/g)) {
    const closing = PAIRS[bracket];
    if (closing !== undefined) open.push(closing);
    else if (open.pop() !== bracket) return `${bracket} closes nothing`;
  }
  return open.length > 0 ? `${open.join('')} is missing` : '';
}

/**
 * Runs code and checks what it prints. Where a library is missing, a note says so, and a reader of Python
 * has to find nothing wrong.
 */
export function checkPrinted(code: string, check: (said: string) => void): void {
  const said = python(code, '');
  if (said !== null && !said.includes('ModuleNotFoundError')) {
    check(said.trim());
    return;
  }
  console.warn(
    `Read only, since Python or a library is missing: ${expect.getState().currentTestName ?? ''}`,
  );
  expect(pythonErrors([code])).toEqual(['']);
}

/** Keras takes TensorFlow where nobody says what is there. */
const BACKENDS = `
from importlib.util import find_spec
print(next((name for name in ["tensorflow", "torch", "jax"] if find_spec(name)), "tensorflow"))`;
let backend: string | null | undefined;

function python(code: string, input: string): string | null {
  backend ??= printed(BACKENDS, '', {});
  return printed(code, input, { KERAS_BACKEND: backend ?? '', ...process.env });
}

function printed(code: string, input: string, env: Readonly<Record<string, string | undefined>>) {
  const made = spawnSync('python3', ['-c', code], {
    ...{ input, encoding: 'utf8' },
    env: { ...process.env, ...env },
  });
  return made.error === undefined ? made.stdout.replace(/\n$/, '') + made.stderr : null;
}

/** A function of a script, from its `def` to the next blank lines. */
export function functionOf(code: string, name: string): string {
  const start = code.indexOf(`def ${name}(`);
  if (start < 0) throw new Error(`There is no ${name} in the script.`);
  return code.slice(start, code.indexOf('\n\n\n', start));
}
