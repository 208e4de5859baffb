import type { Dataset } from '../data/dataset';
import { decodeWhittle, encodeWhittle } from '../deploy/whittle-file';
import { metricsOf, predictions } from '../engine/metrics';
import type { Engine } from '../engine/trainer';
import type { Checkpoint } from '../experiment/checkpoint';
import type { DatasetRef } from '../experiment/experiment';
import { multiplyAdds } from '../experiment/model';
import { countNonzero, denseMultiplyAdds } from '../experiment/multiply-adds';
import { WhittleError } from '../experiment/problem';
import type { Metrics, MultiplyAdds, Size } from '../experiment/report';
import type { Files } from './files';
import type { Pace } from './pace';
import { predictSplit } from './predict';

/** All that is measured of a variant but its speed. */
export interface Measured {
  readonly metrics: Metrics;
  readonly size: Size;
  readonly multiplyAdds: MultiplyAdds;
  /** Predicted class of each test example, `[count]`; empty for regression. */
  readonly predictions: Int32Array;
}

/** What a piece of work is done with, and until when. */
export interface Work {
  readonly engine: Engine;
  readonly dataset: Dataset;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  readonly network: Files['network'];
  /** Milliseconds an example as last measured, by `speedKey`. */
  readonly speeds: Map<string, number>;
}

/** Work that may need other data of the experiment's seed too. */
export type OpeningWork = Work & { readonly open: (dataset: DatasetRef) => Dataset };

/** Measures a variant on the whole test set, and the file that it makes. */
export async function measure(checkpoint: Checkpoint, work: Work): Promise<Measured> {
  const scored = await score(checkpoint, work.dataset.test.count, work);
  await work.pace();
  const size = sizeOf(checkpoint, true);
  return {
    ...scored,
    size,
    multiplyAdds: multiplyAdds(checkpoint.architecture, checkpoint.parameters),
  };
}

/** Metrics on the first `count` test examples. */
export async function score(
  checkpoint: Checkpoint,
  count: number,
  work: Work,
): Promise<Pick<Measured, 'metrics' | 'predictions'>> {
  const started = performance.now();
  const made = await predictSplit(work, checkpoint, work.dataset.test, count);
  work.speeds.set(speedKey(checkpoint, work), (performance.now() - started) / count);
  const { task, outputs } = checkpoint.architecture;
  return {
    metrics: metricsOf(task, made, outputs),
    predictions: predictions(
      task === 'classification' ? made.outputs : new Float32Array(),
      outputs,
    ),
  };
}

/** Of a slow network, so many test examples are enough to see where it goes. */
const PART = 2_000;

/** All test examples where they take no longer than `budgetMs` by what was measured, else the first 2,000. */
export function examplesWithin(budgetMs: number, checkpoint: Checkpoint, work: Work): number {
  const { count } = work.dataset.test;
  const speed = work.speeds.get(speedKey(checkpoint, work)) ?? Infinity;
  return speed * count <= budgetMs ? count : Math.min(count, PART);
}

/** Networks of the same backend and as many multiply-adds take about as long. */
function speedKey({ architecture }: Checkpoint, { engine }: Work): string {
  return `${engine.backend} ${String(denseMultiplyAdds(architecture))}`;
}

/** Sizes of a network, the packed one from a file that is really made. `verify`: and read back. */
export function sizeOf(checkpoint: Checkpoint, verify = false): Size {
  const all = Object.values(checkpoint.parameters);
  const parameters = all.reduce((sum, { values }) => sum + values.length, 0);
  const file = encodeWhittle(checkpoint);
  if (verify) checkFile(file, checkpoint);
  return {
    parameters,
    nonzero: all.reduce((sum, { values }) => sum + countNonzero(values), 0),
    float32Bytes: 4 * parameters,
    packedBytes: file.length,
  };
}

/** @throws WhittleError `brokenFile` where the file does not hold the very same numbers */
function checkFile(file: Uint8Array, { parameters }: Checkpoint): void {
  const read = decodeWhittle(file).parameters;
  for (const [name, { values }] of Object.entries(parameters)) {
    const found = read[name]?.values;
    if (
      found?.length !== values.length ||
      !values.every((value, i) => Object.is(found[i], value))
    ) {
      throw new WhittleError({
        code: 'brokenFile',
        params: { tensor: name },
        message: `The file of this network does not hold ${name} as it is. This is a mistake in Whittle: please report it with the link.`,
      });
    }
  }
}
