import type { Checkpoint } from '../experiment/checkpoint';
import type { BackendId, Experiment } from '../experiment/experiment';
import type { HistoryPoint, Latency, Variant } from '../experiment/report';
import { baselineOf } from '../techniques/baseline';
import { broughtIn } from './brought';
import { createCache } from './cache';
import { initialKey, keyAfter, keyAt, stepKeys, type Key } from './keys';
import type { Measured } from './measure';
import { partsOf, type Part } from './roles';

/** A finished step: what it made, and what was measured of it. */
export interface Entry {
  readonly checkpoint: Checkpoint;
  readonly measured: Measured;
  /** Of this step alone. */
  readonly points: readonly HistoryPoint[];
  /** Wall-clock time of all training up to here, in milliseconds. */
  readonly trainingMs: number;
}

/** What was timed of a network, and the file that it was timed with. */
export interface Times {
  readonly latency: readonly Latency[];
  readonly onnxBytes?: number;
}

/** What is known of an experiment. */
export interface Recalled {
  readonly variants: readonly Variant[];
  readonly history: readonly HistoryPoint[];
  /** Last step of those that are cached without a gap from the first on; −1 where none is. */
  readonly reached: number;
}

/** A network that training left behind in the middle of a step. */
interface Unfinished {
  readonly key: Key;
  readonly checkpoint: Checkpoint;
  /** The curve up to where it broke off, for good; none of a step that may go on. */
  readonly points: readonly HistoryPoint[];
}

const BUDGET_BYTES = 300e6;
/** What a point of the curve takes in memory, roughly. */
const POINT_BYTES = 100;

/** Finished steps by what they were made from, so that going back shows at once what was. */
export type Results = ReturnType<typeof createResults>;

export function createResults(budgetBytes = BUDGET_BYTES) {
  const entries = createCache<Entry>(budgetBytes, sizeOf);
  /** Times mean something only beside the baseline that was timed in turn with them. */
  const times = createCache<Times>(1_000, () => 1);
  let partial: Unfinished | null = null;

  function keyOfPart(
    experiment: Experiment,
    backend: BackendId,
    part: Pick<Part, 'step' | 'alone'>,
  ) {
    if (!part.alone) return keyAt(experiment, backend, part.step);
    const step = experiment.recipe[part.step];
    const baseline = keyAt(experiment, backend, baselineOf(experiment.recipe));
    return step === undefined ? baseline : keyAfter(baseline, step);
  }

  function timesKey(experiment: Experiment, backend: BackendId, part: Part): Key {
    const baseline = keyAt(experiment, backend, baselineOf(experiment.recipe));
    return `${baseline}\n→${keyOfPart(experiment, backend, part)}`;
  }

  function variant(experiment: Experiment, backend: BackendId, part: Part): Variant | null {
    const entry = entries.get(keyOfPart(experiment, backend, part));
    const timed = times.get(timesKey(experiment, backend, part));
    return entry === undefined ? null : variantOf(part, entry, timed);
  }

  function reached(experiment: Experiment, backend: BackendId): number {
    const missing = stepKeys(experiment, backend).findIndex((key) => !entries.has(key));
    return (missing === -1 ? experiment.recipe.length : missing) - 1;
  }

  return {
    keyOfPart,
    entry: (key: Key) => entries.get(key),
    put: (key: Key, entry: Entry) => {
      entries.set(key, entry);
    },
    reached,
    recall: (experiment: Experiment, backend: BackendId): Recalled => {
      const last = reached(experiment, backend);
      const keys = stepKeys(experiment, backend);
      const finished = keys.slice(0, last + 1);
      return {
        reached: last,
        history: [
          ...finished.flatMap((key) => entries.get(key)?.points ?? []),
          ...(partial !== null && partial.key === keys[last + 1] ? partial.points : []),
        ],
        variants: partsOf(experiment.recipe)
          .filter(({ step }) => step <= last)
          .flatMap((part) => variant(experiment, backend, part) ?? []),
      };
    },
    times: (experiment: Experiment, backend: BackendId, part: Part) =>
      times.get(timesKey(experiment, backend, part)),
    /** Beside what other runtimes took. */
    putTimes: (experiment: Experiment, backend: BackendId, part: Part, newer: Times) => {
      const key = timesKey(experiment, backend, part);
      const runtimes = new Set(newer.latency.map(({ runtime }) => runtime));
      const before = times.get(key);
      const kept = (before?.latency ?? []).filter(({ runtime }) => !runtimes.has(runtime));
      times.set(key, { ...before, ...newer, latency: [...kept, ...newer.latency] });
    },
    /** The network in the middle of a step; the last one is kept. */
    putPartial: (key: Key, checkpoint: Checkpoint, points: readonly HistoryPoint[] = []) => {
      partial = { key, checkpoint, points };
    },
    partial: (key: Key) => (partial?.key === key ? partial.checkpoint : undefined),
    /** After a lost backend the run goes on elsewhere: what was finished counts there as well. */
    adopt: (experiment: Experiment, from: BackendId, to: BackendId) => {
      const keys = stepKeys(experiment, to);
      stepKeys(experiment, from).forEach((key, index) => {
        const entry = entries.get(key);
        const adopted = keys[index];
        if (entry !== undefined && adopted !== undefined) entries.set(adopted, entry);
      });
    },
    /** Forgets every result of the experiment, on every backend. */
    forget: (experiment: Experiment, backends: readonly BackendId[]) => {
      for (const backend of backends) {
        for (const part of partsOf(experiment.recipe)) {
          entries.delete(keyOfPart(experiment, backend, part));
          times.delete(timesKey(experiment, backend, part));
        }
        if (partial?.key.startsWith(initialKey(experiment, backend))) partial = null;
      }
    },
  };
}

/** A finished step in the part that it plays in the comparison. */
export function variantOf(
  { id, step, label, role, compressions }: Part,
  entry: Entry,
  times: Times | undefined,
): Variant {
  const { metrics, size, multiplyAdds } = entry.measured;
  const brought = role === 'baseline' ? broughtIn(entry) : [];
  const plain = {
    ...{ id, step, label, role, compressions, ...(brought.length > 0 && { brought }) },
    ...{ metrics, size, multiplyAdds, trainingMs: entry.trainingMs },
  };
  if (times === undefined || role === 'other') return plain;
  const { latency, onnxBytes } = times;
  return { ...plain, latency, size: { ...size, ...(onnxBytes && { onnxBytes }) } };
}

function sizeOf({ checkpoint, points }: Entry): number {
  return bytesOf(checkpoint) + points.length * POINT_BYTES;
}

/** Bytes of a checkpoint's arrays; the rest is small. */
export function bytesOf({ parameters, masks, optimizer }: Checkpoint): number {
  const arrays = [
    ...Object.values(parameters).map(({ values }) => values),
    ...Object.values(masks),
    ...Object.values(optimizer?.slots ?? {}),
  ];
  return arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
