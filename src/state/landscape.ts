import { createStore } from 'zustand/vanilla';
import { CELLS, SIDE, type LandscapeFrame, type LandscapeValue } from '../experiment/landscape';
import { toProblem, type Problem } from '../experiment/problem';
import type { LandscapeChoice } from '../worker/protocol';
import { inBackground, isBusy, newsWhileIdle } from './background';
import { previewKey } from './curves';
import { variantAt } from './details';
import type { PageState } from './page-state';
import type { Client, PageStore } from './session';
import { isAbort } from './timing';

/** Which network is looked at, and how. */
export interface LandscapeOf extends LandscapeChoice {
  /** A variant's id. */
  readonly variant: string;
}

export interface Landscape {
  readonly frame: LandscapeFrame;
  /** By cell; NaN where nothing is measured yet. */
  readonly losses: Float64Array;
  /** Likewise; all NaN for regression. */
  readonly accuracies: Float64Array;
  /** How many are measured. */
  readonly measured: number;
}

export interface Landscapes {
  /** By the question's key, the oldest first. */
  readonly answers: Readonly<Record<string, Landscape>>;
  readonly asked: { readonly key: string; readonly question: string } | null;
  /** What ended the last answer early; null where nothing did. */
  readonly problem: Problem | null;
}

/** Answers that are kept, so that going back shows them at once. */
const KEPT = 12;

/** Equal keys, equal landscapes. A plane through others of the recipe's networks depends on those there are. */
export function landscapeKey(
  { link: { experiment }, reached }: Pick<PageState, 'link' | 'reached'>,
  of: LandscapeOf,
): string | null {
  const at = variantAt(experiment, of.variant);
  if (at === null) return null;
  const { variant, plane, draw, radius, split } = of;
  const last = plane === 'three' ? Math.max(reached, at.step) : at.step;
  return JSON.stringify([previewKey(experiment, last), variant, plane, draw, radius, split]);
}

/** Measures landscapes while somebody looks on and nothing runs; what an edit leaves true is kept. */
export function createLandscapes(page: PageStore, client: Client) {
  const store = createStore<Landscapes>(() => ({ answers: {}, asked: null, problem: null }));
  let questions = 0;

  client.on((event) => {
    const { asked, answers } = store.getState();
    // What was given up may still have something to say.
    if (event.event !== 'landscape' || event.question !== asked?.question) return;
    const { key } = asked;
    const others = Object.entries(answers).filter(([other]) => other !== key);
    const next = withValues(answers[key], event.frame, event.values);
    store.setState({ answers: Object.fromEntries([...others, [key, next] as const].slice(-KEPT)) });
  });

  async function ask(of: LandscapeOf, signal: AbortSignal): Promise<void> {
    const now = page.getState();
    const key = landscapeKey(now, of);
    const at = variantAt(now.link.experiment, of.variant);
    if (key === null || at === null || isBusy(now)) return;
    const known = store.getState().answers[key];
    const cells = CELLS.filter((cell) => Number.isNaN(known?.losses[cell] ?? NaN));
    const asked = { key, question: String(++questions) };
    store.setState({ asked, problem: null });
    try {
      const { plane, draw, radius, split } = of;
      const choice = { plane, draw, radius, split };
      const args = { ...at, ...choice, question: asked.question, cells };
      await client.request('landscape', args, { signal });
    } catch (error) {
      if (!isAbort(error)) store.setState({ problem: toProblem(error) });
    } finally {
      if (store.getState().asked === asked) store.setState({ asked: null });
    }
  }

  /** Asks now and whenever the answer may have changed, until the function returned is called. */
  const watch = (of: LandscapeOf) => inBackground(page, (signal) => ask(of, signal), newsWhileIdle);

  return { store, watch };
}

function withValues(
  known: Landscape | undefined,
  frame: LandscapeFrame,
  values: readonly LandscapeValue[],
): Landscape {
  // Another square: networks that were to lie on it are gone.
  const isSame = JSON.stringify(known?.frame.square) === JSON.stringify(frame.square);
  const before = isSame ? known : undefined;
  const none = () => new Float64Array(SIDE * SIDE).fill(NaN);
  // New ones, so that what draws them sees that they have changed.
  const losses = before?.losses.slice() ?? none();
  const accuracies = before?.accuracies.slice() ?? none();
  for (const { cell, loss, accuracy } of values) {
    losses[cell] = loss;
    accuracies[cell] = accuracy ?? NaN;
  }
  return {
    frame,
    losses,
    accuracies,
    measured: losses.filter((loss) => !Number.isNaN(loss)).length,
  };
}
