import type { Problem } from '../experiment/problem';

/** Why a file is refused: a text that is the same for every file, or what `told` makes. */
export type Reason = string | Problem;

/**
 * A reason that names something: told`it has no tensor ${name}`. Its code is the English text with gaps, `{{0}}`,
 * `{{1}}` …, by which another language finds its own; a problem that it quotes is its cause, in the gap `{{reason}}`.
 */
export function told(texts: TemplateStringsArray, ...gaps: readonly Reason[]): Problem {
  const names = gaps.map((gap, i) => (typeof gap === 'string' ? String(i) : 'reason'));
  const said = gaps.map((gap) => (typeof gap === 'string' ? gap : gap.message));
  const filled = (all: readonly string[]) => String.raw({ raw: texts }, ...all);
  const cause = gaps.find((gap) => typeof gap !== 'string');
  return {
    code: filled(names.map((name) => `{{${name}}}`)),
    params: Object.fromEntries(names.map((name, i) => [name, said[i] ?? ''])),
    message: filled(said),
    ...(cause && { cause }),
  };
}

/** A reason for the message and the params of a problem, and what stands behind it as its cause. */
export function quoted(reason: Reason): {
  readonly text: string;
  readonly behind: { cause?: Problem };
} {
  return typeof reason === 'string'
    ? { text: reason, behind: {} }
    : { text: reason.message, behind: { cause: reason } };
}
