import type { Language } from '../experiment/experiment';

/** Sentences by key, in groups: `header.play` is `play` in the group `header`. */
export interface Words {
  readonly [key: string]: string | Words;
}

/** What fills the gaps of a sentence. `count` also chooses among plural forms. */
export type Gaps = Readonly<Record<string, string | number>>;

/**
 * The sentence of that key: its form for `gaps.count` where it has plural forms (`key_one`, `key_other`,
 * CLDR's names), with its gaps filled: `{{name}}`, `{{name, number}}` with the language's digits, and
 * `$t(key)`, which another sentence fills. Where there is none, `otherwise` as it is, or the key.
 */
export type Translate = (key: string, gaps?: Gaps, otherwise?: string) => string;

export interface Translator {
  readonly language: Language;
  readonly t: Translate;
  readonly exists: (key: string) => boolean;
}

const GAP = /\$t\(([^)]+)\)|\{\{(\w+)(?:, (number))?\}\}/g;

export function translator(language: Language, words: Words): Translator {
  const plurals = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const find = (key: string): string | undefined => {
    let found: string | Words | undefined = words;
    for (const part of key.split('.')) {
      if (typeof found !== 'object') return undefined;
      found = Object.hasOwn(found, part) ? found[part] : undefined;
    }
    return typeof found === 'string' ? found : undefined;
  };
  const formOf = (key: string, count: Gaps[string] | undefined) =>
    typeof count === 'number' ? (find(`${key}_${plurals.select(count)}`) ?? find(key)) : find(key);
  const t: Translate = (key, gaps = {}, otherwise = key) => {
    const sentence = formOf(key, gaps['count']);
    return sentence === undefined ? otherwise : fill(sentence, gaps);
  };
  // What fills a gap is not looked at again: a user may have typed it.
  const fill = (text: string, gaps: Gaps): string =>
    text.replace(GAP, (gap, key: string | undefined, name: string, kind: string | undefined) => {
      if (key !== undefined) return t(fill(key, gaps));
      const value = gaps[name] ?? gap;
      return kind === 'number' ? numbers.format(Number(value)) : String(value);
    });
  return { language, t, exists: (key) => find(key) !== undefined };
}
