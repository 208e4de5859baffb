import { LANGUAGES } from '../experiment/experiment';
import type { Language } from '../experiment/experiment';
import type { Theme } from './page-state';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** Storage may be refused (private windows, embedded pages): a preference is then kept for this visit only. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(`whittle.${key}`);
  } catch {
    return null;
  }
}

export function keepPreference(key: 'language' | 'theme', value: string): void {
  try {
    localStorage.setItem(`whittle.${key}`, value);
  } catch {
    // See `read`.
  }
}

/** The link's language, else the one chosen before, else the browser's. */
export function initialLanguage(fromLink: Language | undefined): Language {
  if (fromLink !== undefined) return fromLink;
  const kept = LANGUAGES.find((language) => language === read('language'));
  if (kept !== undefined) return kept;
  const wanted = typeof navigator === 'undefined' ? [] : navigator.languages;
  const known = wanted.map((tag) => LANGUAGES.find((language) => tag.startsWith(language)));
  return known.find((language) => language !== undefined) ?? 'en';
}

/** Whether files are timed by themselves after a run: `off` under `whittle.timeFiles` leaves it to the button. */
export function timesFiles(): boolean {
  return read('timeFiles') !== 'off';
}

export function initialTheme(): Theme {
  return THEMES.find((theme) => theme === read('theme')) ?? 'system';
}
