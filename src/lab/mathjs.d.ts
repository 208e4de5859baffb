import 'mathjs/number';

declare module 'mathjs/number' {
  /** The factory of mathjs's parser, which its types leave out. It makes trees of the nodes that it is given. */
  export function createParse(parts: Readonly<Record<string, unknown>>): (text: string) => unknown;
}
