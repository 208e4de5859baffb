import type { Engine } from '../engine/trainer';
import type { BackendChoice, BackendId } from '../experiment/experiment';
import type { Environment } from '../experiment/report';
import { toProblem, WhittleError, type Problem } from '../experiment/problem';
import type { BackendTiming } from './protocol';
import type { Pace } from './pace';
import { timeSteps, workloadKey, type Workload } from './workload';
import type { Store } from './store';

/**
 * The order in which backends are tried while nothing is measured: first the one that starts fast
 * and is never lost, last the one that is always there.
 */
export const ORDER = ['wasm', 'webgpu', 'webgl', 'cpu'] as const satisfies readonly BackendId[];

export interface BackendsPorts {
  createEngine(id: BackendId): Promise<Engine>;
  /** Times a backend beside this worker; null where the browser has no workers in workers. */
  readonly probe:
    | ((backend: BackendId, workload: Workload, signal: AbortSignal) => Promise<BackendTiming>)
    | null;
  readonly store: Store;
  readonly userAgent: string;
  readonly notify: (problem: Problem) => void;
  readonly changed: () => void;
  readonly pace: Pace;
}

type Timings = ReadonlyMap<BackendId, BackendTiming>;

export type Backends = ReturnType<typeof createBackends>;

/** Chooses backends, starts them, and finds another where one is missing or lost. */
export function createBackends(ports: BackendsPorts) {
  const engines = new Map<BackendId, Promise<Engine>>();
  const measured = new Map<string, Map<BackendId, BackendTiming>>();
  const unusable = new Map<BackendId, Problem>();
  const lost = new WeakSet<Engine>();
  let current: Engine | null = null;
  let shown: Workload | null = null;

  const timingsOf = (workload: Workload): Map<BackendId, BackendTiming> => {
    const key = workloadKey(workload);
    const known = measured.get(key) ?? new Map<BackendId, BackendTiming>();
    measured.set(key, known);
    return known;
  };
  const storeKey = (workload: Workload) => `timings/${workloadKey(workload)}/${ports.userAgent}`;

  async function recallTimings(workload: Workload): Promise<Map<BackendId, BackendTiming>> {
    const known = timingsOf(workload);
    if (known.size > 0) return known;
    const stored = await ports.store.get(storeKey(workload)).catch(() => null);
    for (const timing of readTimings(stored)) known.set(timing.backend, timing);
    return known;
  }

  function start(id: BackendId): Promise<Engine> {
    const starting =
      engines.get(id) ??
      ports.createEngine(id).then((engine) => {
        void engine.lost.then(() => {
          engines.delete(id);
          lost.add(engine);
        });
        return engine;
      });
    engines.set(id, starting);
    starting.catch((error: unknown) => {
      engines.delete(id);
      unusable.set(id, toProblem(error, 'backend'));
    });
    return starting;
  }

  /** The first of `candidates` that starts. @throws the first one's error where none does */
  async function firstOf(candidates: readonly BackendId[]): Promise<Engine> {
    let first: unknown = null;
    for (const id of candidates) {
      try {
        return await start(id);
      } catch (error) {
        first ??= error;
      }
    }
    throw first instanceof Error ? first : new WhittleError(noBackend());
  }

  function use(engine: Engine, workload: Workload): Engine {
    const changed = current !== engine || shown !== workload;
    current = engine;
    shown = workload;
    if (changed) ports.changed();
    return engine;
  }

  return {
    /** The one used last, lost or not. */
    current: () => current,
    /** The one used last, unless it is lost. */
    usable: () => (current === null || lost.has(current) ? null : current),
    timings: (): readonly BackendTiming[] => (shown === null ? [] : [...timingsOf(shown).values()]),

    /**
     * An engine to run on. `auto`: the one in `preferred` (which has results already), else the
     * fastest measured so far, else the first that starts. For a choice that is missing the next takes
     * over, with a notice, and stays until `again` asks for the choice anew.
     */
    async acquire(
      choice: BackendChoice,
      workload: Workload,
      preferred: BackendId | null,
      again = false,
    ): Promise<Engine> {
      if (again) unusable.clear();
      if (choice !== 'auto' && unusable.has(choice) && current !== null && !lost.has(current)) {
        return use(current, workload);
      }
      const order = bySpeed(await recallTimings(workload));
      const wanted = choice === 'auto' ? preferred : choice;
      const candidates = wanted === null ? order : [wanted, ...order.filter((id) => id !== wanted)];
      const engine = await firstOf(candidates);
      if (choice !== 'auto' && engine.backend !== choice) {
        ports.notify(takeover('backendInstead', choice, engine.backend, unusable.get(choice)));
      }
      return use(engine, workload);
    },

    /** An engine in the place of one that was lost in the middle, with a notice. */
    async replace(gone: BackendId, workload: Workload, reason: Problem): Promise<Engine> {
      engines.delete(gone);
      unusable.set(gone, reason);
      const order = bySpeed(timingsOf(workload)).filter((id) => !unusable.has(id));
      const engine = await firstOf(order);
      ports.notify(takeover('backendReplaced', gone, engine.backend, reason));
      return use(engine, workload);
    },

    /**
     * Times every backend that is not timed yet: the current one here, the others in a worker of their
     * own, so that none can hold up this one. What is measured before an abort is kept.
     */
    async time(workload: Workload, signal: AbortSignal): Promise<void> {
      const timings = await recallTimings(workload);
      const note = (timing: BackendTiming) => {
        timings.set(timing.backend, timing);
        ports.changed();
      };
      for (const id of ORDER) {
        signal.throwIfAborted();
        if (timings.has(id)) continue;
        const failed = unusable.get(id);
        if (failed !== undefined) note({ backend: id, stepMs: null, problem: failed });
        else if (current?.backend === id) {
          note({ backend: id, stepMs: await timeSteps(current, workload, ports.pace, signal) });
        } else if (ports.probe !== null) note(await ports.probe(id, workload, signal));
      }
      await ports.store
        .write({ put: { [storeKey(workload)]: [...timings.values()] } })
        .catch(() => undefined);
    },

    /** The fastest measured; null where nothing was. */
    fastest: (workload: Workload): BackendId | null => fastestOf(timingsOf(workload)),
  };
}

export function environmentOf(
  engine: Engine,
  { userAgent, crossOriginIsolated }: Pick<Environment, 'userAgent' | 'crossOriginIsolated'>,
): Environment {
  const { backend, threads, adapter } = engine;
  return {
    ...{ backend, threads, userAgent, crossOriginIsolated },
    ...(adapter === undefined ? {} : { adapter }),
  };
}

function fastestOf(timings: Timings): BackendId | null {
  const [first] = measuredFirst(timings);
  return first?.backend ?? null;
}

function measuredFirst(timings: Timings): { backend: BackendId; stepMs: number }[] {
  return [...timings.values()]
    .flatMap(({ backend, stepMs }) => (stepMs === null ? [] : [{ backend, stepMs }]))
    .sort((a, b) => a.stepMs - b.stepMs);
}

/** Measured ones by speed, then the others in the fixed order, then those known not to work. */
function bySpeed(timings: Timings): readonly BackendId[] {
  const fast = measuredFirst(timings).map(({ backend }) => backend);
  const failed = ORDER.filter((id) => timings.get(id)?.stepMs === null);
  const rest = ORDER.filter((id) => !fast.includes(id) && !failed.includes(id));
  return [...fast, ...rest, ...failed];
}

function readTimings(stored: unknown): readonly BackendTiming[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null) return [];
    const backend = ORDER.find((id) => 'backend' in each && each.backend === id);
    if (backend === undefined || !('stepMs' in each)) return [];
    const stepMs = typeof each.stepMs === 'number' ? each.stepMs : null;
    return [
      {
        backend,
        stepMs,
        ...('problem' in each && isProblem(each.problem) ? { problem: each.problem } : {}),
      },
    ];
  });
}

function isProblem(stored: unknown): stored is Problem {
  return (
    typeof stored === 'object' &&
    stored !== null &&
    'code' in stored &&
    typeof stored.code === 'string' &&
    'message' in stored &&
    typeof stored.message === 'string' &&
    'params' in stored &&
    typeof stored.params === 'object' &&
    stored.params !== null
  );
}

const NAMES = { webgpu: 'WebGPU', webgl: 'WebGL', wasm: 'WASM', cpu: 'CPU' } as const;

function takeover(
  code: 'backendInstead' | 'backendReplaced',
  backend: BackendId,
  next: BackendId,
  reason: Problem | undefined,
): Problem {
  const detail = reason === undefined ? 'it did not start' : detailOf(reason);
  const happened = code === 'backendInstead' ? 'is not available here' : 'was lost';
  const goesOn = code === 'backendInstead' ? '' : ' from the last checkpoint';
  return {
    code,
    params: { backend, next, detail },
    at: 'backend',
    message: `${NAMES[backend]} ${happened} (${detail}): ${NAMES[next]} has taken over${goesOn}.`,
  };
}

/** Why a backend is missing or lost, without the sentence around it. */
function detailOf({ params, message }: Problem): string {
  return String(params['detail'] ?? params['reason'] ?? message);
}

function noBackend(): Problem {
  return {
    code: 'noBackend',
    params: {},
    at: 'backend',
    message: 'No backend is left to run on. Reload the page to start them anew.',
  };
}
