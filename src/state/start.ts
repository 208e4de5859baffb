import { changeLanguage } from '../i18n';
import { followAddress } from './address';
import { initialLanguage } from './preferences';
import { whittleSession, whittleStore } from './store';
import type { Language } from '../experiment/experiment';
import type { Theme } from './page-state';

const PAPER = { light: '#faf8f4', dark: '#171614' } as const;

function showTheme(theme: Theme, prefersDark: boolean): void {
  const shown = theme === 'system' ? (prefersDark ? 'dark' : 'light') : theme;
  document.documentElement.dataset['theme'] = shown;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', PAPER[shown]);
}

/** Follows what the link and the system say about looks. Before the first paint, so that nothing flashes. */
export function openPage(): Language {
  followAddress(whittleStore, window);
  const language = initialLanguage(whittleStore.getState().link.view.lang);
  whittleStore.setState({ language });

  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const paint = () => {
    showTheme(whittleStore.getState().theme, dark.matches);
  };
  paint();
  dark.addEventListener('change', paint);
  whittleStore.subscribe((now, before) => {
    if (now.theme !== before.theme) paint();
    if (now.language !== before.language) {
      changeLanguage(now.language).catch(whittleSession().report);
    }
    if (now.link.view.lang !== before.link.view.lang && now.link.view.lang !== undefined) {
      whittleStore.setState({ language: now.link.view.lang });
    }
  });
  return language;
}
