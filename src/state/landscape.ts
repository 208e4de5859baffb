import { CELLS, SIDE, type LandscapeFrame, type LandscapeValue } from '../experiment/landscape';
import type { LandscapeChoice } from '../worker/protocol';
import { createAnswers } from './answers';
import { inBackground, isBusy, newsWhileIdle } from './background';
import { previewKey } from './curves';
import { variantAt } from './details';
import type { PageState } from './page-state';
import type { Client, PageStore } from './session';

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
  const answers = createAnswers<Landscape>(KEPT);

  client.on((event) => {
    const key = event.event === 'landscape' ? answers.keyOf(event.question) : undefined;
    if (event.event !== 'landscape' || key === undefined) return;
    answers.keep(key, withValues(answers.of(key), event.frame, event.values));
  });

  async function ask(of: LandscapeOf, signal: AbortSignal): Promise<void> {
    const now = page.getState();
    const key = landscapeKey(now, of);
    const at = variantAt(now.link.experiment, of.variant);
    if (key === null || at === null || isBusy(now)) return;
    const known = answers.of(key);
    const cells = CELLS.filter((cell) => Number.isNaN(known?.losses[cell] ?? NaN));
    const { plane, draw, radius, split } = of;
    const choice = { plane, draw, radius, split };
    await answers.asking(key, signal, (question) =>
      client.request('landscape', { ...at, ...choice, question, cells }, { signal }),
    );
  }

  /** Asks now and whenever the answer may have changed, until the function returned is called. */
  const watch = (of: LandscapeOf) => inBackground(page, (signal) => ask(of, signal), newsWhileIdle);

  return { ...answers, watch };
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
