import { BACKENDS, LANGUAGES } from './experiment';
import type { LinkView } from './experiment';
import type { LinkProblems } from './link-problems';
import { escapeText, unescapeText, writeReference } from './link-text';
import type { Pair } from './link-text';

const MAX_TITLE = 100;
const BACKEND_CHOICES = ['auto', ...BACKENDS] as const;
const NO_OR_YES = ['0', '1'] as const;
const LESSON = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MAX_LESSON = 40;

export const VIEW_KEYS = ['backend', 'title', 'run', 'embed', 'lang', 'lesson', 'lab'] as const;
export type ViewKey = (typeof VIEW_KEYS)[number];

/** Reads what a link says beside the experiment. */
export function parseView(
  values: Readonly<Partial<Record<ViewKey, string>>>,
  problems: LinkProblems,
): LinkView {
  const oneOf = <Word extends string>(key: ViewKey, words: readonly Word[], used: Word) => {
    const held = values[key];
    const word = held === undefined ? used : words.find((each) => each === held);
    if (word === undefined) problems.replaced({ key, held: held ?? '', used });
    return word ?? used;
  };
  const backend = oneOf('backend', BACKEND_CHOICES, 'auto');
  const run = oneOf('run', NO_OR_YES, '0') === '1';
  const embed = oneOf('embed', NO_OR_YES, '0') === '1';
  const optional = <Value>(key: ViewKey, read: (held: string) => Value | null) => {
    const held = values[key];
    const value = held === undefined ? null : read(held);
    if (held !== undefined && value === null) problems.leftOut(key, held);
    return value;
  };
  const title = optional('title', parseTitle);
  const lang = optional('lang', (held) => LANGUAGES.find((each) => each === held) ?? null);
  const lesson = optional('lesson', (held) => (isLesson(held) ? held : null));
  return {
    backend,
    run,
    embed,
    ...(title === null || title === '' ? {} : { title }),
    ...(lang === null ? {} : { lang }),
    ...(lesson === null ? {} : { lesson }),
    ...(values.lab === undefined ? {} : { lab: values.lab }),
  };
}

/** The pairs of what is not at its default. */
export function printView(view: LinkView): readonly Pair[] {
  const { backend, title, run, embed, lang, lesson, lab } = view;
  const name = title === undefined ? null : tidyTitle(title);
  const pair = (key: ViewKey, value: string, present: boolean): readonly Pair[] =>
    present ? [{ key, value }] : [];
  return [
    ...pair('backend', backend, backend !== 'auto'),
    ...pair('title', escapeText(name ?? ''), name !== null && name !== ''),
    ...pair('run', '1', run),
    ...pair('embed', '1', embed),
    ...pair('lang', lang ?? '', lang !== undefined),
    ...pair('lesson', lesson ?? '', lesson !== undefined && isLesson(lesson)),
    ...pair('lab', writeReference(lab ?? ''), lab !== undefined),
  ];
}

function parseTitle(held: string): string | null {
  const text = unescapeText(held);
  return text === null ? null : tidyTitle(text);
}

/** Without spaces around it; null where a link cannot carry it: too long, control characters, half a character. */
function tidyTitle(text: string): string | null {
  const title = text.trim();
  return title.length > MAX_TITLE || /[\p{Cc}\p{Cs}]/u.test(title) ? null : title;
}

function isLesson(id: string): boolean {
  return id.length <= MAX_LESSON && LESSON.test(id);
}
