import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language } from '../experiment/experiment';
import { en } from './en';
import { formatFor } from './format';
import type { Format } from './format';

const i18n = i18next.createInstance();

/** English is there; the words of another language arrive when it is first spoken. */
async function learn(language: Language): Promise<void> {
  if (language === 'en' || i18n.hasResourceBundle(language, 'translation')) return;
  const { zh } = await import('./zh');
  i18n.addResourceBundle(language, 'translation', zh);
}

/** Makes `useTranslation` speak `language`, as soon as its words are there; English where they do not come. */
export async function startI18n(language: Language): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    // React escapes what it renders; twice would show entities.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  await changeLanguage(language).catch(() => {
    document.documentElement.lang = 'en';
  });
}

/** @throws Error where the language's words do not arrive */
export async function changeLanguage(language: Language): Promise<void> {
  await learn(language);
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Numbers in the page's language. */
export function useFormat(): Format {
  const { i18n: current } = useTranslation();
  return formatFor(current.language === 'zh' ? 'zh' : 'en');
}

export { i18n, useTranslation };
