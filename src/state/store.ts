import { useStore } from 'zustand';
import { createClient } from '../worker/client';
import { createPage } from './page';
import type { Page } from './page-state';

const page = createPage(createClient);

export const whittleStore = page.store;
export const whittleSession = page.session;

/** A part of the page's state, for a component: it renders again when that part changes. */
export function useWhittle<Part>(select: (page: Page) => Part): Part {
  return useStore(whittleStore, select);
}
