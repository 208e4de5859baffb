import { parseLink, printLink } from '../experiment/link';
import { techniqueSpecs } from '../techniques/registry';
import type { PageStore } from './session';
import { debounced } from './timing';

/** The address follows a drag when it rests, not at every pixel: browsers limit `replaceState`. */
const WRITE_AFTER_MS = 200;

/** Where links lead, without the experiment. */
export function pageAddress(): string {
  const { origin, pathname, search } = window.location;
  return origin + pathname + search;
}

/** The whole address of the experiment. */
export function addressOf(store: PageStore): string {
  return `${pageAddress()}#${fragmentOf(store)}`;
}

/** The fragment that the present link is written as, without `#`. */
export function fragmentOf(store: PageStore): string {
  return printLink(store.getState().link, techniqueSpecs);
}

/**
 * Opens the experiment of the address, and keeps the two the same from then on: the fragment follows
 * every edit, and another fragment opens another experiment. Returns a function that ends it.
 */
export function followAddress(store: PageStore, view: Window): () => void {
  const first = parseLink(view.location.hash, techniqueSpecs);
  store.setState({ link: first.link, problems: first.problems });

  const write = debounced(() => {
    view.history.replaceState(view.history.state, '', `#${fragmentOf(store)}`);
  }, WRITE_AFTER_MS);

  const onHashChange = () => {
    const { link, problems } = parseLink(view.location.hash, techniqueSpecs);
    if (printLink(link, techniqueSpecs) === fragmentOf(store) && problems.length === 0) return;
    store.getState().open(link, problems);
  };
  view.addEventListener('hashchange', onHashChange);
  const unsubscribe = store.subscribe((now, before) => {
    if (now.link !== before.link) write();
  });
  return () => {
    unsubscribe();
    view.removeEventListener('hashchange', onHashChange);
  };
}
