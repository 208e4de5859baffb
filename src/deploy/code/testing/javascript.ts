import { Linter } from 'eslint';

const GLOBALS = ['console', ...Object.getOwnPropertyNames(globalThis)];

/** What a reader of JavaScript says of a module: where it is none, and names that nobody gave. */
export function javaScriptErrors(code: string): readonly string[] {
  const globals = Object.fromEntries(GLOBALS.map((name) => [name, 'readonly'] as const));
  return new Linter()
    .verify(code, { languageOptions: { globals }, rules: { 'no-undef': 'error' } })
    .map(({ message, line }) => `${String(line)}: ${message}`);
}

/** A function of a module, from its head to the line that closes it. */
export function functionOf(code: string, name: string): string {
  const start = code.indexOf(`function ${name}(`);
  if (start < 0) throw new Error(`There is no ${name} in the script.`);
  return code.slice(start, code.indexOf('\n}\n', start) + 2);
}
