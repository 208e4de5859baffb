import type { Shape } from './architecture';
import { modelSentence, type ModelProblems } from './model-sentences';
import { WhittleError } from './problem';

/** Longer texts are cut off in messages. */
const SHOWN = 60;

/** At most 60 characters of a text that somebody else wrote, for a message. */
export function shorten(text: string): string {
  // Cut by UTF-16 unit first: a text of megabytes is not to be walked through.
  const points = [...text.slice(0, 2 * SHOWN)];
  return points.length > SHOWN || text.length > 2 * SHOWN
    ? `${points.slice(0, SHOWN - 1).join('')}…`
    : text;
}

/** `28 × 28 × 1`. */
export function shapeText(shape: Shape): string {
  return shape.join(' × ');
}

/** A network that cannot be. */
export function modelError<Code extends keyof ModelProblems>(
  code: Code,
  params: ModelProblems[Code],
): WhittleError {
  return new WhittleError({
    code,
    params: { ...params },
    at: 'model',
    message: modelSentence(code, params),
  });
}
