import type { StoreApi } from 'zustand/vanilla';
import type { BackendChoice, Experiment } from '../experiment/experiment';
import { printLink } from '../experiment/link';
import { toProblem } from '../experiment/problem';
import type { Problem } from '../experiment/problem';
import { techniqueSpecs } from '../techniques/registry';
import { sameUpTo } from '../techniques/train/rate-changes';
import type { ImportedFile, RequestName, Requests, WorkerEvent } from '../worker/protocol';
import { createDetails } from './details';
import { mergeHistory, mergeVariant, upToStep } from './results';
import type { Page } from './page-state';
import { importFiles } from './import-files';
import { timesFiles } from './preferences';
import { createPreviews } from './previews';
import { firstDifference } from './recipe';
import { problemsOf } from './validate';
import { debounced, isAbort, throttled } from './timing';

/** The worker as the page sees it. */
export interface Client {
  request<Name extends RequestName>(
    name: Name,
    args: Requests[Name]['args'],
    options?: { readonly signal?: AbortSignal },
  ): Promise<Requests[Name]['result']>;
  on(listener: (event: WorkerEvent) => void): () => void;
}

export type PageStore = StoreApi<Page>;
export type Session = ReturnType<typeof createSession>;

/** Changes to the learning rate of a running step reach the worker at most this often. */
const LEARNING_RATE_EVERY_MS = 250;
const PREPARE_AFTER_MS = 250;
/** After a run the sliders' previews and curves come first. */
const TIME_FILES_AFTER_MS = 3_000;

/** The link that determines a result: the experiment and where it runs, without how it is shown. */
export function canonicalLink(experiment: Experiment, backend: BackendChoice): string {
  return printLink({ experiment, view: { backend, run: false, embed: false } }, techniqueSpecs);
}

/**
 * The page's side of the conversation with the worker: turns what the user does into requests, and
 * what the worker tells into state. It computes nothing about networks itself.
 */
export function createSession(store: PageStore, client: Client) {
  const previews = createPreviews(store, client);
  const details = createDetails(store, client);
  let running: Promise<void> | null = null;
  let recall = new AbortController();
  let timing = new AbortController();

  const isUnderWay = () => ['running', 'paused', 'measuring'].includes(store.getState().status);
  const tell = (problem: Problem) => {
    store.setState(({ problems }) => ({
      problems: [...problems.filter((old) => old.message !== problem.message), problem],
    }));
  };
  /** Why a run was stopped is of no interest once there is another. */
  const forgetStop = () => {
    store.setState(({ problems }) => ({
      problems: problems.filter(({ code }) => code !== 'editedRunning'),
    }));
  };
  const report = (error: unknown, at?: string) => {
    if (!isAbort(error)) tell(toProblem(error, at));
  };

  client.on((event) => {
    switch (event.event) {
      case 'status': {
        const { status, step, done, total } = event;
        if (running === null && status !== 'idle') return;
        store.setState({ status, cursor: { step, done, total }, reached: step - 1 });
        if (status === 'running' || status === 'measuring') previews.stop();
        else if (status === 'paused') previews.settle();
        return;
      }
      case 'history':
        store.setState(({ history }) => ({ history: mergeHistory(history, event.points) }));
        return;
      case 'variant':
        store.setState(({ variants }) => ({ variants: mergeVariant(variants, event.variant) }));
        return;
      case 'look':
        store.setState({ look: event.look });
        return;
      case 'curve':
        previews.onCurvePoint(event.request, event.point);
        return;
      case 'sensitivity':
      case 'transfer':
      case 'rates':
      case 'landscape':
      case 'pictures':
      case 'intake':
        // Whoever asks listens for itself: its code arrives when it is unfolded.
        return;
      case 'data':
        store.setState({ data: event.progress });
        return;
      case 'environment':
        store.setState({ environment: event.environment, timings: event.timings });
        return;
      case 'notice':
        tell(event.problem);
        return;
      default:
        event satisfies never;
    }
  });

  async function start(options: { single: boolean; resume: boolean }): Promise<void> {
    const { link } = store.getState();
    const { experiment, view } = link;
    recall.abort();
    timing.abort();
    previews.stop();
    const cursor = { step: Math.max(0, store.getState().reached + 1), done: 0, total: 0 };
    store.setState((page) => ({
      ...upToStep(page, page.reached + 1),
      status: 'running',
      savedRun: null,
      cursor,
    }));
    try {
      const result = await client.request('run', {
        experiment,
        backend: view.backend,
        link: canonicalLink(experiment, view.backend),
        ...options,
      });
      store.setState(({ link: { experiment: now } }) => ({
        ...result,
        status: 'done',
        reached: now.recipe.length - 1,
      }));
      details.refresh();
      timeFilesSoon();
    } catch (error) {
      const stopped = isAbort(error);
      store.setState({ status: stopped ? 'idle' : 'failed' });
      if (!stopped) tell(toProblem(error));
      throw error;
    } finally {
      running = null;
      store.setState({ liveLearningRate: null });
      void refresh();
    }
  }

  /** Times the files of what is measured; sliders wait for their curves meanwhile. */
  async function timeFiles(): Promise<void> {
    timing.abort();
    const own = (timing = new AbortController());
    const { experiment } = store.getState().link;
    store.setState({ clock: 'timing' });
    previews.stop();
    const clock = await client.request('timeFiles', { experiment }, { signal: own.signal }).then(
      () => 'idle' as const,
      (error: unknown) => (isAbort(error) ? ('idle' as const) : toProblem(error)),
    );
    // Another may have begun.
    if (timing !== own) return;
    store.setState({ clock });
    previews.settle();
  }

  const timeFilesSoon = debounced(() => {
    const { status, clock } = store.getState();
    if (status === 'done' && clock !== 'timing' && timesFiles()) void timeFiles();
  }, TIME_FILES_AFTER_MS);

  /** Starts or goes on; resolves when the recipe is done, rejects when it is stopped or fails. */
  function run(options: { single: boolean; resume: boolean }): Promise<void> {
    if (running !== null) {
      if (store.getState().status === 'paused') {
        client.request('resume', { single: options.single }).catch(report);
      }
      return running;
    }
    forgetStop();
    const blocking = problemsOf(store.getState().link.experiment);
    const [first] = blocking;
    if (first !== undefined) {
      blocking.forEach(tell);
      return Promise.reject(new Error(first.message));
    }
    running = start(options);
    return running;
  }

  async function stop(): Promise<void> {
    timing.abort();
    const ending = running;
    if (ending === null) return;
    await client.request('stop', {}).catch(report);
    await ending.catch(() => undefined);
  }

  /** Shows what is cached for the present experiment. */
  async function refresh(): Promise<void> {
    recall.abort();
    recall = new AbortController();
    const { signal } = recall;
    const { experiment } = store.getState().link;
    if (problemsOf(experiment).length > 0) {
      store.setState({ variants: [], history: [], reached: -1, look: null, status: 'idle' });
      return;
    }
    try {
      const { variants, history, reached } = await client.request(
        'recall',
        { experiment },
        { signal },
      );
      if (signal.aborted || isUnderWay()) return;
      const complete = experiment.recipe.length > 0 && reached >= experiment.recipe.length - 1;
      store.setState(({ status, cursor }) => ({
        variants,
        history,
        reached,
        status: complete ? 'done' : status === 'failed' ? 'failed' : 'idle',
        cursor: { ...cursor, step: Math.max(0, reached) },
      }));
      details.refresh();
      previews.settle();
    } catch (error) {
      report(error);
    }
  }

  const prepare = debounced(() => {
    if (isUnderWay()) return;
    const { experiment, view } = store.getState().link;
    if (problemsOf(experiment).length > 0) return;
    client.request('prepare', { experiment, backend: view.backend }).then(
      (environment) => {
        store.setState({ environment });
      },
      (error: unknown) => {
        report(error);
      },
    );
  }, PREPARE_AFTER_MS);

  const sendRecipe = throttled(() => {
    if (!isUnderWay()) return;
    const { experiment, view } = store.getState().link;
    const link = canonicalLink(experiment, view.backend);
    client.request('setRecipe', { recipe: experiment.recipe, link }).catch(report);
  }, LEARNING_RATE_EVERY_MS);

  const sendLearningRate = throttled((learningRate: number) => {
    client.request('setLearningRate', { learningRate }).then(
      ({ index, step }) => {
        const { liveDrag, liveLearningRate, writeStep } = store.getState();
        const isLast = liveLearningRate === learningRate;
        writeStep(index, step, liveDrag || !isLast);
        if (isLast) store.setState({ liveLearningRate: null });
        sendRecipe();
      },
      (error: unknown) => {
        store.setState({ liveLearningRate: null });
        report(error);
      },
    );
  }, LEARNING_RATE_EVERY_MS);

  /** Whether a paused step differs only in rates for iterations that it has not come to. */
  function isAhead(before: Experiment, after: Experiment): boolean {
    const { status, cursor } = store.getState();
    const [was, is] = [before.recipe[cursor.step], after.recipe[cursor.step]];
    return (
      status === 'paused' &&
      firstDifference(before, after) === cursor.step &&
      was?.technique === 'train' &&
      is?.technique === 'train' &&
      sameUpTo(was, is, cursor.done)
    );
  }

  /** Follows an edit: what is still valid stays, what runs is told or stopped, previews are asked for. */
  function follow(before: Experiment, after: Experiment): void {
    const index = firstDifference(before, after);
    timing.abort();
    previews.follow(before, after);
    if (before.dataset !== after.dataset) store.setState({ data: null });
    if (before.dataset !== after.dataset || before.model !== after.model) prepare();
    if (!isUnderWay()) {
      void refresh();
    } else if (index > store.getState().cursor.step || isAhead(before, after)) {
      store.setState((page) => upToStep(page, page.cursor.step));
      sendRecipe();
    } else {
      tell({
        code: 'editedRunning',
        params: { step: index + 1 },
        message: 'The change concerns what was running, so it was stopped. Play runs it anew.',
      });
      void stop();
    }
  }

  return {
    client,
    details,
    run,
    stop,
    refresh,
    prepare,
    follow,
    report,
    sendLearningRate,
    isUnderWay,
    settle: previews.settle,
    importFiles: (files: readonly File[], step: number) => importFiles(client, files, step),
    /** A file is here that may have been missing before. */
    found({ id }: ImportedFile): void {
      store.setState(({ problems }) => ({
        problems: problems.filter(
          ({ code, params }) => code !== 'fileNotHere' || params['file'] !== id,
        ),
      }));
      void refresh();
    },
    /** Looks up what data of the user's own is in this browser. */
    async listOwn(): Promise<void> {
      const own = await client.request('ownSets', {}).catch(report);
      if (own) store.setState({ own });
    },
    timeFiles,
    pause: () => {
      client.request('pause', {}).catch(report);
    },
    async reset(): Promise<void> {
      await stop();
      forgetStop();
      const { experiment } = store.getState().link;
      await client.request('reset', { experiment }).catch(report);
      previews.clear();
      store.setState({
        look: null,
        details: null,
        disagreements: null,
        chosen: null,
        status: 'idle',
      });
      await refresh();
    },
  };
}
