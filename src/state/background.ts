import type { PageState } from './page-state';
import type { PageStore } from './session';
import { debounced } from './timing';

/** As for the curves behind sliders: measuring waits until the user has rested for so long. */
const SETTLE_AFTER_MS = 400;

/** What happened to the page, to something that is measured while somebody looks on. */
export type News = 'ends' | 'again' | null;

/** An edit gives up what is measured; a network that was trained, or is no more, asks for it anew. */
export function newsOf(now: PageState, before: PageState): News {
  if (now.link.experiment !== before.link.experiment) return 'ends';
  return now.reached === before.reached ? null : 'again';
}

/** Whether the machine is about something that somebody waits for, or a clock runs that nothing may disturb. */
export function isBusy({ status, clock }: Pick<PageState, 'status' | 'clock'>): boolean {
  return status === 'running' || status === 'measuring' || clock === 'timing';
}

/** As `newsOf`, for what takes much of the machine: runs and clocks go first. */
export function newsWhileIdle(now: PageState, before: PageState): News {
  if (isBusy(now) !== isBusy(before)) return isBusy(now) ? 'ends' : 'again';
  return newsOf(now, before);
}

/**
 * Asks at once and after any news, when the user has rested, until the function returned is called. What is
 * being measured is given up by news that end it, and for the next question.
 */
export function inBackground(
  page: PageStore,
  ask: (signal: AbortSignal) => Promise<void>,
  news: (now: PageState, before: PageState) => News,
): () => void {
  let asking = new AbortController();
  let watched = true;
  const start = () => {
    asking.abort();
    asking = new AbortController();
    if (watched) void ask(asking.signal);
  };
  const settle = debounced(start, SETTLE_AFTER_MS);
  const unsubscribe = page.subscribe((now, before) => {
    const heard = news(now, before);
    if (heard === 'ends') asking.abort();
    if (heard !== null) settle();
  });
  start();
  return () => {
    watched = false;
    unsubscribe();
    asking.abort();
  };
}
