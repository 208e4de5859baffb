import { createStore } from 'zustand/vanilla';
import { LAST_STEP } from '../../lab/options';

/** A whole race takes so long, whatever its steps. */
const WHOLE_MS = 8_000;
/** Where motion is not wanted, the picture changes in so few leaps. */
const LEAP_MS = 500;

export interface PlayerState {
  /** As the link has it: at `LAST_STEP` is the end of every race. */
  readonly step: number;
  /** The race's. */
  readonly total: number;
  readonly playing: boolean;
}

export type Player = ReturnType<typeof createPlayer>;

/** The step that is shown. */
export function shownStep({ step, total }: PlayerState): number {
  return Math.min(step, total);
}

/**
 * Plays over the steps of a race, which are all there. `write` is told the step whenever somebody has chosen one,
 * and not while it plays.
 */
export function createPlayer(
  view: Pick<Window, 'requestAnimationFrame' | 'cancelAnimationFrame' | 'matchMedia'>,
  first: Pick<PlayerState, 'step' | 'total'>,
  write: (step: number) => void,
) {
  const store = createStore<PlayerState>(() => ({ ...first, playing: false }));
  let written = first.step;
  let frame = 0;
  /** When it would have begun to play at step 0. */
  let started = NaN;

  const stop = () => {
    view.cancelAnimationFrame(frame);
    store.setState({ playing: false });
  };
  const show = (step: number) => {
    const isEnd = step >= store.getState().total;
    store.setState({ step: isEnd ? LAST_STEP : Math.max(0, step) });
  };
  const commit = () => {
    const { step } = store.getState();
    if (step === written) return;
    written = step;
    write(step);
  };

  function play(): void {
    const reduced = view.matchMedia('(prefers-reduced-motion: reduce)').matches;
    let shown = -Infinity;
    const now = store.getState();
    started = NaN;
    store.setState({ playing: true, step: shownStep(now) >= now.total ? 0 : now.step });
    const tick = (time: number) => {
      frame = view.requestAnimationFrame(tick);
      if (reduced && time - shown < LEAP_MS) return;
      shown = time;
      const { step, total } = store.getState();
      if (Number.isNaN(started)) started = time - timeAt(step, total);
      const next = Math.max(step, stepAt(time - started, total));
      if (next !== step) show(next);
      if (next < total) return;
      stop();
      commit();
    };
    frame = view.requestAnimationFrame(tick);
  }

  return {
    store,
    toggle: () => {
      if (!store.getState().playing) {
        play();
        return;
      }
      stop();
      commit();
    },
    /** Shows another step; part of a drag until `commit`. */
    seek: (step: number) => {
      stop();
      show(step);
    },
    commit,
    /** The step of a link that was opened; what was written is no news. */
    open: (step: number) => {
      if (step === written) return;
      written = step;
      stop();
      // The race of the link may be a longer one than is there yet.
      store.setState({ step });
    },
    setTotal: (total: number) => {
      if (total === store.getState().total) return;
      started = NaN;
      store.setState({ total });
    },
    stop,
  };
}

/** Slowly at first: the first steps are the longest, and say the most. */
export function stepAt(ms: number, total: number): number {
  return Math.min(total, Math.floor(total * (ms / WHOLE_MS) ** 2));
}

function timeAt(step: number, total: number): number {
  return WHOLE_MS * Math.sqrt(step / total);
}
