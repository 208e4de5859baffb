import type { Dataset } from '../data/dataset';
import type { Engine } from '../engine/trainer';
import type { Checkpoint } from '../experiment/checkpoint';
import type { DatasetRef } from '../experiment/experiment';
import { WhittleError } from '../experiment/problem';
import type { HistoryPoint, Variant } from '../experiment/report';
import { baselineOf } from '../techniques/baseline';
import type { Backends } from './backends';
import { stepError } from './check';
import { applyAlone, timeVariants } from './compare';
import type { Controls } from './controls';
import { keyAt } from './keys';
import { lookInside } from './look';
import { measure, type Work } from './measure';
import { createOutbox, type Outbox } from './outbox';
import { isAbort, type Pace } from './pace';
import { earlierOf, pastOf } from './past';
import type { Requests, RunStatus, WorkerEvent } from './protocol';
import { variantOf, type Entry, type Results } from './results';
import { partsOf, roleAt, type Part } from './roles';
import type { RunSaver } from './run-saver';
import { runStep } from './run-step';
import type { LoadedRun, SavedRuns } from './saved-run';
import type { Middle } from './snapshots';
import type { StepContext } from './technique';
import type { Trails } from './trails';

/** What a run shares with the rest of the session. */
export interface RunPorts {
  readonly backends: Backends;
  readonly results: Results;
  readonly trails: Trails;
  readonly saved: SavedRuns;
  readonly pace: Pace;
  readonly open: (dataset: DatasetRef, seed: number) => Dataset;
  readonly network: Work['network'];
  readonly speeds: Map<string, number>;
  readonly emit: (event: WorkerEvent) => void;
}

/** What a run starts with. */
export interface Opened {
  readonly engine: Engine;
  /** The network before the first step. */
  readonly initial: Checkpoint;
  /** Where it goes on, after a reload. */
  readonly from: LoadedRun | null;
}

type Outcome = Omit<Requests['run']['result'], 'environment'> & { readonly engine: Engine };

/**
 * Runs a recipe to its end: step after step, each measured, then the variants timed in turn. Steps that
 * are cached are taken from there.
 */
export class Run {
  readonly outbox: Outbox;
  engine: Engine;
  /** Wall-clock time of all training so far, in milliseconds, without pauses and waits for data. */
  trainingMs = 0;
  cursor = { step: 0, done: 0, total: 0 };
  readonly from: LoadedRun | null;

  readonly #saver: RunSaver;
  readonly #initial: Checkpoint;
  readonly #finished: Entry[] = [];
  readonly #alone = new Map<number, Entry>();
  #stepsSaved = 0;

  constructor(
    readonly controls: Controls,
    { engine, initial, from }: Opened,
    readonly ports: RunPorts,
  ) {
    this.outbox = createOutbox(ports.emit);
    this.#saver = ports.saved.start();
    this.engine = engine;
    this.from = from;
    this.#initial = initial;
  }

  /** @throws WhittleError at the step that failed; an `AbortError` where the page stops the run */
  async toEnd(): Promise<Outcome> {
    try {
      this.tell('running');
      do {
        while (this.#finished.length < this.#recipe.length) {
          await this.#nextStep(this.#finished.length);
        }
        await this.#timeVariants();
        // The page may have added steps in the meantime.
      } while (this.#finished.length < this.#recipe.length);
      this.tell('done');
    } catch (error) {
      this.tell(isAbort(error) ? 'idle' : 'failed');
      throw error;
    } finally {
      this.controls.end();
      this.outbox.flush();
      // Over is over, also for a run that was stopped or failed. Nobody waits for the disk.
      const forget = this.from === null ? this.#saver.clear() : this.ports.saved.discard();
      forget.catch(() => undefined);
    }
    return {
      variants: this.#parts.flatMap((part) => this.#variant(part) ?? []),
      history: this.#finished.flatMap(({ points }) => points),
      engine: this.engine,
    };
  }

  /** What work on a network is done with. */
  workOn({ dataset: ref }: Pick<Checkpoint, 'dataset'>): Work {
    const { engine, controls, ports } = this;
    const { pace, network, speeds } = ports;
    const dataset = this.open(ref);
    return { engine, dataset, pace, signal: controls.signal, network, speeds };
  }

  /** Data of the experiment's seed. */
  open(ref: DatasetRef): Dataset {
    return this.ports.open(ref, this.controls.experiment().seed);
  }

  tell(status: RunStatus): void {
    this.outbox.status(status, this.cursor);
  }

  key(step: number): string {
    return keyAt(this.controls.experiment(), this.engine.backend, step);
  }

  /** The network as it was so many iterations into the steps before one. */
  past(step: number, iteration: number, context: StepContext): Promise<Checkpoint> {
    const states = [
      this.#initial,
      ...this.#finished.slice(0, step).map((entry) => entry.checkpoint),
    ];
    const { pace } = this.ports;
    return pastOf(iteration, states, this.#recipe, context, pace, this.controls.signal);
  }

  /** The network that a step before one left. */
  earlier(step: number, number: number): Checkpoint {
    const behind = this.#finished.slice(0, step).map((entry) => entry.checkpoint);
    return earlierOf(number, [this.#initial, ...behind], this.#recipe.slice(0, step));
  }

  async look(checkpoint: Checkpoint): Promise<void> {
    const role = roleAt(this.#recipe, this.cursor.step);
    const { info } = this.open(checkpoint.dataset);
    const look = await lookInside(this.engine, checkpoint, info, role);
    this.ports.emit({ event: 'look', look });
  }

  /** Does the work, and again on the next backend when one is lost. */
  async surviving<Result>(task: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await task();
      } catch (error) {
        if (!(error instanceof WhittleError) || error.problem.code !== 'backendLost') throw error;
        const { backend } = this.engine;
        const experiment = this.controls.experiment();
        this.engine = await this.ports.backends.replace(backend, experiment, error.problem);
        this.ports.results.adopt(experiment, backend, this.engine.backend);
      }
    }
  }

  /** Keeps where the run stands. `middle`: null at the beginning of a step. */
  save(step: number, middle: Middle | null, points: readonly HistoryPoint[], urgent = false): void {
    const link = this.controls.link();
    // A rate was just changed: what is saved and the link that leads to it must be the same recipe.
    if (link === null) return;
    const behind = this.#finished.slice(this.#stepsSaved);
    for (const entry of behind) this.#saver.finished(this.#stepsSaved++, entry);
    const { engine, trainingMs } = this;
    const position = { link, backend: engine.backend, step, middle, trainingMs };
    this.#saver.position(position, points, urgent || behind.length > 0);
  }

  /** Resolves when all that was saved so far is on disk, or cannot be written. */
  saved(): Promise<void> {
    return this.#saver.settled();
  }

  get #recipe() {
    return this.controls.experiment().recipe;
  }

  /** The variants of the steps that are finished. */
  get #parts(): readonly Part[] {
    return partsOf(this.#recipe).filter(({ step }) => step < this.#finished.length);
  }

  async #nextStep(index: number): Promise<void> {
    const { controls, ports } = this;
    this.cursor = { step: index, done: 0, total: 0 };
    const cached = ports.results.entry(this.key(index));
    if (cached === undefined) {
      try {
        await this.#runStep(index);
      } catch (error) {
        const technique = this.#recipe[index]?.technique ?? 'train';
        throw stepError(error, index, technique);
      }
    } else {
      controls.begin(index, 0);
      this.trainingMs = cached.trainingMs;
      this.#finished.push(cached);
      ports.emit({ event: 'history', points: cached.points });
    }
    await this.surviving(() => this.#measureAlone());
    this.#emitVariants();
  }

  async #runStep(index: number): Promise<void> {
    const { results } = this.ports;
    const before = this.#finished.at(-1)?.checkpoint ?? this.#initial;
    this.tell('running');
    const { checkpoint, points } = await runStep(this, index, before);
    const measured = await this.surviving(() => measure(checkpoint, this.workOn(checkpoint)));
    const entry: Entry = { checkpoint, measured, points, trainingMs: this.trainingMs };
    results.put(this.key(index), entry);
    this.#finished.push(entry);
    await this.surviving(() => this.look(checkpoint));
    this.save(index + 1, null, [], true);
  }

  /** Measures the compressions by themselves that the comparison needs and nobody has yet. */
  async #measureAlone(): Promise<void> {
    const { results } = this.ports;
    const experiment = this.controls.experiment();
    const { checkpoint, trainingMs } = this.#baseline;
    for (const part of this.#parts) {
      const step = this.#recipe[part.step];
      if (!part.alone || step === undefined) continue;
      const key = results.keyOfPart(experiment, this.engine.backend, part);
      const entry =
        results.entry(key) ??
        (await applyAlone(step, { checkpoint, trainingMs }, this.workOn(checkpoint)));
      results.put(key, entry);
      this.#alone.set(part.step, entry);
    }
  }

  /** Times the variants in turn, unless they were before. */
  async #timeVariants(): Promise<void> {
    const { results } = this.ports;
    const timed = this.#parts.flatMap((part) => {
      const entry = this.#entry(part);
      return entry === undefined || part.role === 'other' ? [] : [{ part, entry }];
    });
    const { backend, runtime } = this.engine;
    const known = ({ part }: { part: Part }) =>
      results
        .times(this.controls.experiment(), backend, part)
        ?.latency.some((each) => each.runtime === runtime) === true;
    if (timed.length === 0 || timed.every(known)) return;
    this.tell('measuring');
    const { checkpoint } = this.#baseline;
    const times = await this.surviving(() =>
      timeVariants(timed, checkpoint, this.workOn(checkpoint)),
    );
    for (const [part, latency] of times) {
      results.putTimes(this.controls.experiment(), this.engine.backend, part, { latency });
    }
    this.#emitVariants();
  }

  /** What is compared with: the last network before any compression. */
  get #baseline(): Pick<Entry, 'checkpoint' | 'trainingMs'> {
    return this.#finished[baselineOf(this.#recipe)] ?? { checkpoint: this.#initial, trainingMs: 0 };
  }

  #entry({ step, alone }: Part): Entry | undefined {
    return alone ? this.#alone.get(step) : this.#finished[step];
  }

  #variant(part: Part): Variant | null {
    const entry = this.#entry(part);
    if (entry === undefined) return null;
    const experiment = this.controls.experiment();
    return variantOf(part, entry, this.ports.results.times(experiment, this.engine.backend, part));
  }

  #emitVariants(): void {
    for (const part of this.#parts) {
      const variant = this.#variant(part);
      if (variant !== null) this.ports.emit({ event: 'variant', variant });
    }
  }
}
