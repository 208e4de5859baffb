import { Linter } from 'eslint';

const GLOBALS = ['console', ...Object.getOwnPropertyNames(globalThis)];

/** What a reader of JavaScript says of a module: where it is none, and names that nobody gave. */
export function javaScriptErrors(code: string): readonly string[] {
  const globals = Object.fromEntries(GLOBALS.map((name) => [name, 'readonly'] as const));
  return new Linter()
    .verify(code, { languageOptions: { globals }, rules: { 'no-undef': 'error' } })
    .map(({ message, line }) => `${String(line)}: ${message}`);
}
