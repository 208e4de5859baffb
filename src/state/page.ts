import { createStore } from 'zustand/vanilla';
import { createActions } from './actions';
import { initialState } from './initial';
import type { Page } from './page-state';
import { createSession } from './session';
import type { Client, PageStore, Session } from './session';

/**
 * A page's state with its actions. The worker starts when something is first asked of it, so that a
 * page can be made where there is none (tests, the first paint).
 */
export function createPage(connect: () => Client): { store: PageStore; session: () => Session } {
  let session: Session | null = null;
  const open = () => (session ??= createSession(store, connect()));
  const store: PageStore = createStore<Page>()((set, get) => ({
    ...initialState(),
    ...createActions(set, get, open),
  }));
  return { store, session: open };
}
