import { useSyncExternalStore } from 'react';
import type { Language } from '../experiment/experiment';
import { firstEn } from './en.first';
import { formatFor, type Format } from './format';
import { translator, type Translator, type Words } from './translate';

/** English is there; the words of another language arrive when it is first spoken. */
const LANGUAGES: Readonly<Record<Language, () => Promise<Translator>>> = {
  en: () => Promise.resolve(english),
  zh: async () => translator('zh', (await import('./zh')).zh),
};
let english = translator('en', firstEn);

let spoken = english;
let asked = spoken.language;
const listeners = new Set<() => void>();

/** Makes the page speak `language`; English where its words do not come. */
export async function startI18n(language: Language): Promise<void> {
  await changeLanguage(language).catch(() => {
    document.documentElement.lang = 'en';
  });
}

/** @throws Error where the language's words do not arrive */
export async function changeLanguage(language: Language): Promise<void> {
  asked = language;
  const translated = await LANGUAGES[language]();
  if (asked !== language) return;
  spoken = translated;
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

/** Takes in English words that came after the first paint, with what asks for them. */
export function addEnglish(words: Words): void {
  const before = english;
  english = translator('en', { ...firstEn, ...words });
  if (spoken !== before) return;
  spoken = english;
  for (const listener of listeners) listener();
}

/** The words of the page's language. */
export function useTranslation(): Translator {
  return useSyncExternalStore(subscribe, () => spoken);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Numbers in the page's language. */
export function useFormat(): Format {
  return formatFor(useTranslation().language);
}
