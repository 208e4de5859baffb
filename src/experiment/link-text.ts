/** One `key=value` of a fragment. */
export interface Pair {
  readonly key: string;
  readonly value: string;
}

/** A pair as somebody wrote it: `prune` and `prune=` are the same but for their text. */
export interface WrittenPair extends Pair {
  readonly text: string;
}

/** `#a=1&b=2` as pairs, in order. Takes back what mail and chat programs do to links. */
export function readPairs(fragment: string): readonly WrittenPair[] {
  return unescapePercent(fragment.replace(/^#/, ''))
    .replaceAll('&amp;', '&')
    .split('&')
    .filter((text) => text !== '')
    .map((text) => {
      const equals = text.indexOf('=');
      return equals === -1
        ? { key: text, value: '', text }
        : { key: text.slice(0, equals), value: text.slice(equals + 1), text };
    });
}

export function writePairs(pairs: readonly Pair[]): string {
  return pairs.map(({ key, value }) => `${key}=${value}`).join('&');
}

/** Decodes runs of `%XX`; one that is no UTF-8 stays as it is, to be reported with its value. */
function unescapePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

/** A reference as a value. No valid one has other characters than these; what has gets `~` in their place. */
export function writeReference(ref: string): string {
  return ref.replace(/[^A-Za-z0-9._~:,-]/gu, '~');
}

/**
 * Free text in link characters: letters, digits and `.,:-` as they are, a space as `_`, all else as its
 * UTF-8 bytes, `~E5~AD~97`. Different texts have different spellings.
 */
export function escapeText(text: string): string {
  return text.replace(/[^A-Za-z0-9.,:-]/gu, (character) =>
    character === ' '
      ? '_'
      : Array.from(
          new TextEncoder().encode(character),
          (byte) => `~${byte.toString(16).toUpperCase().padStart(2, '0')}`,
        ).join(''),
  );
}

/** What `escapeText` was given; characters that need no link spelling are taken as they are. Null where it is no text. */
export function unescapeText(text: string): string | null {
  const spaced = text.replaceAll('_', ' ');
  if (/~(?![0-9a-f]{2})/i.test(spaced)) return null;
  try {
    return spaced.replace(/(?:~[0-9a-f]{2})+/gi, (run) =>
      decodeURIComponent(run.replaceAll('~', '%')),
    );
  } catch {
    return null;
  }
}
