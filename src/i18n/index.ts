import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language } from '../experiment/experiment';
import { compareEn } from './compare.en';
import { compareZh } from './compare.zh';
import { formatFor } from './format';
import type { Format } from './format';
import { inWordsEn } from './inWords.en';
import { inWordsZh } from './inWords.zh';
import { problemsZh } from './problems.zh';
import { shellEn } from './shell.en';
import { shellZh } from './shell.zh';
import { termsEn } from './terms.en';
import { termsZh } from './terms.zh';
import { viewsEn } from './views.en';
import { viewsZh } from './views.zh';

/** All words of the page, by language; sentences for problems are apart. */
export const words = {
  en: { ...shellEn, ...termsEn, ...viewsEn, ...compareEn, ...inWordsEn },
  zh: { ...shellZh, ...termsZh, ...viewsZh, ...compareZh, ...inWordsZh },
};

const i18n = i18next.createInstance();

/** Makes `useTranslation` speak `language`; the words are in the bundle, so nothing is waited for. */
export function startI18n(language: Language): void {
  void i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: {
      en: { translation: words.en },
      zh: { translation: { ...words.zh, ...problemsZh } },
    },
    // React escapes what it renders; twice would show entities.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = language;
}

export function changeLanguage(language: Language): void {
  document.documentElement.lang = language;
  void i18n.changeLanguage(language);
}

/** Numbers in the page's language. */
export function useFormat(): Format {
  const { i18n: current } = useTranslation();
  return formatFor(current.language === 'zh' ? 'zh' : 'en');
}

export { i18n, useTranslation };
