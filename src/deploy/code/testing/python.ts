import { spawnSync } from 'node:child_process';

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
 * that do not fit them. Null where there is no Python.
 */
export function pythonErrors(codes: readonly string[]): readonly string[] | null {
  const said = python(CHECK, codes.join('\0'));
  return said === null ? null : said.split('\n');
}

/** What Python prints that runs this code; null where there is no Python, or a module is missing. */
export function printedBy(code: string): string | null {
  const said = python(code, '');
  return said?.includes('ModuleNotFoundError') === true ? null : (said?.trim() ?? null);
}

function python(code: string, input: string): string | null {
  const made = spawnSync('python3', ['-c', code], { input, encoding: 'utf8' });
  return made.error === undefined ? made.stdout.replace(/\n$/, '') + made.stderr : null;
}

/** A function of a script, from its `def` to the next blank lines. */
export function functionOf(code: string, name: string): string {
  const start = code.indexOf(`def ${name}(`);
  if (start < 0) throw new Error(`There is no ${name} in the script.`);
  return code.slice(start, code.indexOf('\n\n\n', start));
}
