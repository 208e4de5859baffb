import { resolveDataset } from '../experiment/dataset';
import type { Experiment } from '../experiment/experiment';
import { WhittleError, type Problem } from '../experiment/problem';
import type { CurvePoint } from '../worker/protocol';
import { curveKey, curveValues, previewKey, stillValid, withPoint } from './curves';
import { firstDifference, viewStep } from './recipe';
import type { Client, PageStore } from './session';
import { debounced } from './timing';
import { problemsOf } from './validate';
import { datasetAt } from '../techniques/dataset-at';

/** A preview that takes longer than this is given up for a newer one; a shorter one is shown on the way. */
const PATIENCE_MS = 300;
/** Curves wait until the user has rested for so long. */
const SETTLE_AFTER_MS = 400;

/**
 * What instant steps would do, before anything is retrained: a preview at once for the step being
 * changed, and in idle time the previews and curves of the others.
 */
export function createPreviews(store: PageStore, client: Client) {
  let flight: { readonly step: number; readonly since: number; abort: AbortController } | null =
    null;
  let wanted: number | null = null;
  let idle = new AbortController();
  let drawing: { readonly step: number; readonly key: string } | null = null;
  /** Curve events of requests up to this one belong to curves that were given up. */
  let seen = -1;
  let bar = -1;

  const isBusy = () => ['running', 'measuring'].includes(store.getState().status);

  /**
   * Asks for one step's preview and shows it; null where the checkpoint before is not cached, or where a control of
   * the step refuses its value already. Where it has nothing to do on this very network, its control says so, as it
   * would when it runs.
   */
  async function ask(step: number, whole: boolean, signal: AbortSignal): Promise<void> {
    const { experiment } = store.getState().link;
    const key = previewKey(experiment, step);
    const isStill = () => previewKey(store.getState().link.experiment, step) === key;
    const isRefused = problemsOf(experiment).some(({ at }) =>
      at?.startsWith(`step.${String(step)}.`),
    );
    const preview = isRefused
      ? null
      : await client
          .request('preview', { experiment, step, whole }, { signal })
          .catch((error: unknown) => {
            const problem = refusalOf(step, error);
            if (problem === null) throw error;
            if (isStill()) tell(problem);
            return null;
          });
    if (signal.aborted) return;
    store.setState(({ previews, stale }) => {
      const { [step]: _old, ...others } = previews;
      return {
        previews: preview === null ? others : { ...others, [step]: preview },
        stale: isStill() ? stale.filter((one) => one !== step) : stale,
      };
    });
  }

  function tell(problem: Problem): void {
    store.setState(({ problems }) => ({
      problems: [...problems.filter(({ message }) => message !== problem.message), problem],
    }));
  }

  /** Latest wins, but one nearly there is shown first: a long drag must not starve. */
  function preview(step: number): void {
    wanted = step;
    if (flight !== null) {
      const late = performance.now() - flight.since > PATIENCE_MS;
      if (late || flight.step !== step) flight.abort.abort();
      return;
    }
    const abort = new AbortController();
    flight = { step, since: performance.now(), abort };
    wanted = null;
    ask(step, false, abort.signal)
      // A preview that cannot be made is not an error: the number under the slider is missing, Play tells why.
      .catch(() => undefined)
      .finally(() => {
        flight = null;
        if (wanted !== null) preview(wanted);
      });
  }

  function stop(): void {
    idle.abort();
    drawing = null;
  }

  async function draw(experiment: Experiment, step: number, signal: AbortSignal): Promise<void> {
    const recipeStep = experiment.recipe[step];
    if (recipeStep === undefined) return;
    const { main, options } = viewStep(recipeStep);
    const meta = main === null ? undefined : options[main]?.meta;
    const known = new Set((store.getState().curves[step] ?? []).map(({ value }) => value));
    const values = meta ? curveValues(meta).filter((value) => !known.has(value)) : [];
    if (main === null || values.length === 0) return;
    drawing = { step, key: curveKey(experiment, step) };
    bar = seen;
    await client.request('curve', { experiment, step, option: main, values }, { signal });
  }

  /** Whether the step's preview is missing, of a value just left, or measured on a part of the test set. */
  function isWanted(step: number, whole: boolean): boolean {
    const { previews, stale, link } = store.getState();
    const preview = previews[step];
    if (preview === undefined || stale.includes(step)) return true;
    const all = resolveDataset(datasetAt(link.experiment, step))?.info.test ?? 0;
    return whole && preview.metrics.examples < all;
  }

  async function fill(): Promise<void> {
    idle.abort();
    idle = new AbortController();
    const { signal } = idle;
    const { link, reached } = store.getState();
    const { experiment } = link;
    const steps = experiment.recipe.flatMap((step, index) =>
      viewStep(step).instant && index <= reached + 1 ? [index] : [],
    );
    try {
      for (const whole of [false, true]) {
        for (const step of steps) {
          if (isWanted(step, whole)) await ask(step, whole, signal);
          if (signal.aborted) return;
        }
      }
      for (const step of steps) {
        await draw(experiment, step, signal);
        if (signal.aborted) return;
      }
    } catch {
      // Given up for something newer, or not to be had: the sliders work without their curves.
    }
  }

  const settle = debounced(() => {
    if (!isBusy() && store.getState().clock !== 'timing') void fill();
  }, SETTLE_AFTER_MS);

  return {
    stop,
    settle,
    clear(): void {
      stop();
      store.setState({ previews: {}, curves: {}, stale: [] });
    },
    onCurvePoint(request: number, point: CurvePoint): void {
      seen = Math.max(seen, request);
      if (drawing === null || request <= bar) return;
      const { step, key } = drawing;
      const { link, curves } = store.getState();
      if (curveKey(link.experiment, step) !== key) return;
      store.setState({ curves: { ...curves, [step]: withPoint(curves[step] ?? [], point) } });
    },
    /** Drops what an edit made untrue, and previews the step that was changed. */
    follow(before: Experiment, after: Experiment): void {
      stop();
      const index = firstDifference(before, after);
      const step = after.recipe[index];
      const same = before.recipe[index]?.technique === step?.technique;
      const live = step !== undefined && same && viewStep(step).instant;
      const { previews, curves, reached } = store.getState();
      const kept = stillValid(previews, previewKey, before, after);
      const shown = previews[index];
      const keepShown = live && shown !== undefined;
      store.setState({
        previews: keepShown ? { ...kept, [index]: shown } : kept,
        stale: keepShown ? [index] : [],
        curves: stillValid(curves, curveKey, before, after),
        reached: Math.min(reached, index - 1),
      });
      if (live && !isBusy() && reached >= index - 1) preview(index);
      settle();
    },
  };
}

/** What the step has against the network; null where something else went wrong. */
function refusalOf(step: number, error: unknown): Problem | null {
  const problem = error instanceof WhittleError ? error.problem : null;
  if (problem === null || problem.code === 'unexpected') return null;
  const place = `step.${String(step)}`;
  return problem.at === place || problem.at?.startsWith(`${place}.`) === true ? problem : null;
}
