import type { Dataset } from '../data/dataset';
import type { OwnSource } from '../data/own/open';
import type { Engine } from '../engine/trainer';
import type { BackendChoice, BackendId, DatasetRef, Experiment } from '../experiment/experiment';
import { initialCheckpoint } from '../experiment/model';
import { WhittleError } from '../experiment/problem';
import type { Environment } from '../experiment/report';
import { datasetAt } from '../techniques/dataset-at';
import { createBackends, environmentOf, ORDER, type BackendsPorts } from './backends';
import { refuseNonsense } from './check';
import type { ClockPorts } from './clock/time-files';
import type { Bundled } from './bundled';
import { createControls, type Controls } from './controls';
import { createDatasets } from './datasets';
import { createDescent, type DescentPorts } from './descent';
import { createFiles } from './files';
import { stepKeys } from './keys';
import type { Work } from './measure';
import { createOwnSets } from './own-data';
import { createOwnRequests, type Intakes } from './own-requests';
import { abortable, createPace, isAbort } from './pace';
import { NOT_SAVED, NOTHING_RUNS } from './problems';
import type { At, Requests, WorkerEvent } from './protocol';
import { createQuestions } from './questions';
import { createResults } from './results';
import { Run } from './run';
import { createSavedRuns } from './saved-run';
import type { Handlers } from './serve';
import type { Store } from './store';
import { createTrails } from './trails';
import { warmUp } from './workload';

/** What the session needs from outside: all that a test replaces. */
export interface SessionPorts {
  readonly createEngine: (id: BackendId) => Promise<Engine>;
  readonly createUpdaters: DescentPorts['createUpdaters'];
  readonly openDataset: (ref: DatasetRef, seed: number, own: OwnSource) => Dataset;
  readonly probe: BackendsPorts['probe'];
  readonly clock: ClockPorts;
  readonly intakes: Intakes;
  readonly bundled: Bundled;
  readonly store: Store;
  readonly emit: (event: WorkerEvent) => void;
  readonly userAgent: string;
  readonly crossOriginIsolated: boolean;
}

/** After a run the page asks for previews and curves first. */
const AFTER_RUN_MS = 1_500;

/** The worker's side of the conversation: what the page asks for, from one set of results. */
export function createSession(ports: SessionPorts): Handlers {
  const { emit, store } = ports;
  const pace = createPace();
  const results = createResults();
  const trails = createTrails();
  const speeds = new Map<string, number>();
  const files = createFiles(store, ports.bundled);
  const own = createOwnSets(store);
  const openDataset = (ref: DatasetRef, seed: number) => ports.openDataset(ref, seed, own);
  const datasets = createDatasets(openDataset, emit);
  const environment = (engine: Engine): Environment => environmentOf(engine, ports);
  const backends = createBackends({
    createEngine: ports.createEngine,
    probe: ports.probe,
    store,
    userAgent: ports.userAgent,
    pace,
    notify: (problem) => {
      emit({ event: 'notice', problem });
    },
    changed: () => {
      const engine = backends.current();
      if (engine === null) return;
      emit({ event: 'environment', environment: environment(engine), timings: backends.timings() });
    },
  });
  const saved = createSavedRuns(store, () => {
    emit({ event: 'notice', problem: NOT_SAVED });
  });

  let choice: BackendChoice = 'auto';
  let active: { readonly controls: Controls; readonly ended: Promise<unknown> } | null = null;
  /** Timing backends: for idle time, ends when a run begins. */
  let timing = new AbortController();

  /** On `auto` results that exist count more than speed: the backend that has come furthest. */
  function furthest(experiment: Experiment): BackendId | null {
    const reached = (id: BackendId) => results.reached(experiment, id);
    const candidates = ORDER.filter((id) => reached(id) >= 0);
    return candidates.sort((a, b) => reached(b) - reached(a))[0] ?? null;
  }

  /** The engine that questions about an experiment are answered on. */
  async function engineFor(experiment: Experiment): Promise<Engine> {
    const current = backends.usable();
    if (current !== null && (choice !== 'auto' || active !== null)) return current;
    const preferred = furthest(experiment) ?? current?.backend ?? null;
    if (current !== null && current.backend === preferred) return current;
    return backends.acquire(choice, experiment, preferred);
  }

  async function workOn(
    { experiment, step }: Pick<At, 'experiment' | 'step'>,
    signal: AbortSignal,
  ): Promise<Work> {
    const { seed } = experiment;
    const dataset = datasets.open({ dataset: datasetAt(experiment, step), seed });
    const engine = await engineFor(experiment);
    return { engine, dataset, pace, signal, network: files.network, speeds };
  }

  /** Times what is not timed yet, and moves to the fastest while nothing depends on the present one. */
  async function timeInIdle(experiment: Experiment, afterMs = 0): Promise<void> {
    timing.abort();
    timing = new AbortController();
    const { signal } = timing;
    try {
      await abortable(new Promise((resolve) => setTimeout(resolve, afterMs)), signal);
      await backends.time(experiment, signal);
      const fastest = backends.fastest(experiment);
      if (signal.aborted || fastest === null || furthest(experiment) !== null) return;
      if (fastest === backends.current()?.backend) return;
      await warmUp(await backends.acquire('auto', experiment, fastest), experiment);
    } catch (error) {
      // Aborted by a run, or a backend failed on the way: the present one goes on serving.
      if (!isAbort(error)) console.warn('Timing the backends ended early:', error);
    }
  }

  async function open(args: Requests['run']['args'], controls: Controls): Promise<Run> {
    const { experiment } = args;
    const { signal } = controls;
    const stored = args.resume ? await saved.load() : null;
    const from = stored?.link === args.link ? stored : null;
    datasets.open(experiment);
    const initial = initialCheckpoint(experiment);
    refuseNonsense(experiment, initial.architecture);
    const wanted = from?.backend ?? args.backend;
    const starting = backends.acquire(wanted, experiment, furthest(experiment));
    const engine = await abortable(starting, signal);
    stepKeys(experiment, engine.backend).forEach((key, index) => {
      const entry = from?.finished[index];
      if (entry !== undefined) results.put(key, entry);
    });
    const open = (dataset: DatasetRef, seed: number) => datasets.open({ dataset, seed });
    const { network } = files;
    const shared = { backends, results, trails, saved, pace, open, network, speeds, emit };
    return new Run(controls, { engine, initial, from }, shared);
  }

  // A run may begin while something is awaited.
  const isIdle = () => active === null;

  async function stop(): Promise<void> {
    // Who waited longer may have begun another run in the meantime.
    while (active !== null) {
      active.controls.stop();
      await active.ended.catch(() => undefined);
    }
  }

  const { clock } = ports;
  const questions = createQuestions({ results, trails, datasets, files, workOn, emit, clock });

  return {
    ...questions,
    ...createDescent({ createUpdaters: ports.createUpdaters, pace }),
    ...createOwnRequests(own, ports.intakes, emit),
    prepare: async ({ experiment, backend }) => {
      // A run in progress keeps its backend.
      if (active !== null) return environment(await engineFor(experiment));
      choice = backend;
      datasets.open(experiment);
      const engine = await backends.acquire(backend, experiment, furthest(experiment), true);
      if (isIdle()) await warmUp(engine, experiment);
      if (isIdle() && backend === 'auto') void timeInIdle(experiment);
      return environment(engine);
    },

    run: async (args, { signal }) => {
      await stop();
      timing.abort();
      choice = args.backend;
      const controls = createControls(args);
      signal.addEventListener('abort', controls.stop);
      emit({ event: 'status', status: 'running', step: 0, done: 0, total: 0 });
      const ended = open(args, controls).then(
        (run) => run.toEnd(),
        (error: unknown) => {
          const status = isAbort(error) ? 'idle' : 'failed';
          emit({ event: 'status', status, step: 0, done: 0, total: 0 });
          throw error;
        },
      );
      active = { controls, ended };
      try {
        const { engine, ...outcome } = await ended;
        return { ...outcome, environment: environment(engine) };
      } finally {
        // The next run waits for this to end: what is active is this one.
        active = null;
        if (args.backend === 'auto' && isIdle()) void timeInIdle(args.experiment, AFTER_RUN_MS);
      }
    },

    pause: () => {
      active?.controls.gate.close();
      return nothing();
    },
    resume: ({ single }) => {
      active?.controls.gate.open(single ? 1 : Infinity);
      return nothing();
    },
    stop: async () => {
      await stop();
      return null;
    },
    reset: async ({ experiment }) => {
      await stop();
      results.forget(experiment, ORDER);
      return null;
    },
    setLearningRate: ({ learningRate }) => {
      if (active === null) return Promise.reject(new WhittleError(NOTHING_RUNS));
      return active.controls.setLearningRate(learningRate);
    },
    setRecipe: ({ recipe, link }) => {
      active?.controls.setRecipe(recipe, link);
      return nothing();
    },

    recall: ({ experiment }) => {
      const current = backends.current()?.backend ?? null;
      const backend = (choice === 'auto' ? furthest(experiment) : null) ?? current;
      return Promise.resolve(
        backend === null
          ? { variants: [], history: [], reached: -1 }
          : results.recall(experiment, backend),
      );
    },

    retryData: () => {
      datasets.retry();
      return nothing();
    },
    savedRun: () => (active === null ? saved.peek() : Promise.resolve(null)),
    discardSavedRun: async () => {
      await saved.discard();
      return null;
    },
    tensorCount: () => Promise.resolve(backends.current()?.tensorCount() ?? 0),
  };
}

const nothing = () => Promise.resolve(null);
