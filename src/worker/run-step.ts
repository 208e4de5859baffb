import type { Dataset } from '../data/dataset';
import type { Checkpoint } from '../experiment/checkpoint';
import type { DatasetRef } from '../experiment/experiment';
import type { HistoryPoint } from '../experiment/report';
import type { StepProgress } from '../techniques/run';
import { DivergedError } from '../techniques/train/diverged';
import { pacedDataset, pacedEngine } from './pacing';
import { isInstant } from './roles';
import type { Run } from './run';
import { createSnapshots } from './snapshots';
import { pumpStep, type StepHooks } from './step-run';
import { startStep } from './technique';
import { createTrail } from './trails';

const LOOK_EVERY_MS = 500;
/** Small networks are read and drawn in no time. */
const PLANAR_LOOK_EVERY_MS = 200;

/** Iterations on a GPU are asked for in bursts of about this length: so long a pause or a new rate waits. */
const BURST_MS = 50;

export interface StepResult {
  readonly checkpoint: Checkpoint;
  readonly points: readonly HistoryPoint[];
}

/**
 * Runs one step of the recipe: pauses and saves between iterations, lets the page look on, and goes on
 * from the last snapshot where a backend is lost, or from the saved run after a reload.
 */
export async function runStep(run: Run, index: number, before: Checkpoint): Promise<StepResult> {
  const { controls, ports, outbox } = run;
  const dataset = run.open(before.dataset);
  const { signal, gate } = controls;
  const step = () => {
    const now = controls.experiment().recipe[index];
    if (now === undefined) throw new RangeError(`The recipe has no step ${String(index)}.`);
    return now;
  };
  const points: HistoryPoint[] = [];
  let progress: StepProgress | null = null;
  let lastMs = Infinity;
  const trail = createTrail(before);
  /** Iterations that took about `BURST_MS` last time. */
  let burst = 1;

  const snapshots = createSnapshots({
    lookEveryMs: dataset.info.planar ? PLANAR_LOOK_EVERY_MS : LOOK_EVERY_MS,
    look: (checkpoint) => run.look(checkpoint),
    save: (middle) => {
      run.save(index, middle, points);
    },
  });
  if (run.from?.step === index && run.from.middle !== null) {
    snapshots.begin(run.from.middle);
    points.push(...run.from.points);
    for (const point of points) outbox.point(point);
    run.trainingMs = run.from.trainingMs;
  } else {
    snapshots.begin(null);
  }

  async function pauseHere(): Promise<void> {
    const middle = progress === null ? snapshots.latest() : await snapshots.take(progress);
    if (middle !== null) ports.results.putPartial(run.key(index), middle.checkpoint);
    run.save(index, middle, points, true);
    // Whoever closes a paused page finds it again.
    await run.saved();
    run.tell('paused');
    if (middle !== null) await run.look(middle.checkpoint);
  }

  const hooks: StepHooks = {
    pass: async () => {
      if (!gate.closed) return gate.pass(signal);
      await pauseHere();
      await gate.pass(signal);
      run.tell('running');
    },
    clocked: (iterations) =>
      controls.iterate(async () => {
        const started = performance.now();
        try {
          return await iterations();
        } finally {
          lastMs = performance.now() - started;
          if (!isInstant(step())) run.trainingMs += lastMs;
        }
      }),
    progress: async (now) => {
      progress = now;
      const { done, total } = now;
      // One that ended with a measurement took longer than its iterations.
      if (now.points.at(-1)?.testLoss === undefined) {
        burst = Math.max(1, Math.round(Math.min(2, BURST_MS / lastMs) * now.points.length));
      }
      for (const point of now.points) {
        const entry: HistoryPoint = { step: index, ...point, elapsedMs: run.trainingMs };
        points.push(entry);
        outbox.point(entry);
      }
      run.cursor = { step: index, done, total };
      run.tell('running');
      controls.advance(done, done >= total);
      await snapshots.after(now);
      // Where the test set is measured: by count, not by the clock, so that the way is the same every time.
      if (now.points.at(-1)?.testLoss !== undefined) {
        await trail.add(async () => (await now.snapshot()).checkpoint);
        ports.trails.put(run.key(index), trail);
      }
      await ports.pace();
    },
  };

  const paced = (data: Dataset) =>
    pacedDataset(data, ports.pace, signal, (ms) => {
      run.trainingMs -= ms;
    });

  const checkpoint = await run.surviving(() => {
    const middle = snapshots.latest();
    const done = middle?.resume.done ?? 0;
    points.length = Math.min(points.length, done);
    progress = null;
    controls.begin(index, done);
    const context = {
      engine: pacedEngine(run.engine, ports.pace, signal),
      // A single step is one iteration, whatever the engine could have under way.
      burst: () => (gate.closed ? 1 : burst),
      dataset: paced(dataset),
      open: (ref: DatasetRef) => paced(run.open(ref)),
      ...(middle === null ? {} : { resume: middle.resume, before }),
    };
    const { network } = run.ports;
    const past = (iteration: number) => run.past(index, iteration, context);
    const earlier = (number: number) => Promise.resolve().then(() => run.earlier(index, number));
    const remembering = { ...context, past, earlier, network };
    const generator = startStep(step(), middle?.checkpoint ?? before, remembering, step);
    return pumpStep(generator, before, hooks, signal).catch((error: unknown) => {
      if (error instanceof DivergedError) {
        ports.results.putPartial(run.key(index), error.checkpoint, points);
      }
      throw error;
    });
  });
  return { checkpoint, points };
}
