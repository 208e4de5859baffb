import { changeLanguage } from '../i18n';
import { followAddress } from './address';
import { installApi } from './api';
import { isolate } from './isolate';
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

/** Starts the conversation with the worker, after the first paint. */
export async function connect(): Promise<void> {
  if (await isolate(window)) return;
  const session = whittleSession();
  installApi(whittleStore, session);
  session.prepare();
  void session.listOwn();
  const { link } = whittleStore.getState();
  const looksForSaved = session.client
    .request('savedRun', {})
    .then((savedRun) => {
      // A link that starts by itself, or a script, may have started a run in the meantime.
      if (!session.isUnderWay()) whittleStore.setState({ savedRun });
    })
    .catch(session.report);
  await session.refresh();
  await looksForSaved;
  if (link.view.run && whittleStore.getState().savedRun === null) whittleStore.getState().play();
}
