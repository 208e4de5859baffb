import type { Architecture } from '../experiment/architecture';
import type { Engine } from '../engine/trainer';
import type { Batch } from '../experiment/dataset';
import type { Experiment } from '../experiment/experiment';
import { isOwn } from '../experiment/own-dataset';
import { initialCheckpoint } from '../experiment/model';
import { randomOf } from '../experiment/random';
import { objectiveOf } from '../techniques/train/plan';
import { trainSpec, type TrainOptions } from '../techniques/train/spec';
import type { Pace } from './pace';

/** What a backend is timed on: the network, and how the first training of the recipe treats it. */
export type Workload = Pick<Experiment, 'dataset' | 'model' | 'recipe'>;

/** What the time of a training step depends on, for remembering it. */
export function workloadKey({ dataset, model, recipe }: Workload): string {
  const { batch, optimizer } = trainingOf(recipe);
  // A set's noise changes nothing; of the user's own sets nothing but the shape counts.
  const [set = '', , shape = '', outputs = ''] = dataset.split(':');
  const data = isOwn(dataset) ? `${shape} ${outputs}` : set;
  return [data, model, batch, optimizer].join(' ');
}

export function trainingOf(recipe: Workload['recipe']): TrainOptions {
  return trainSpec.options.parse(recipe.find(({ technique }) => technique === 'train') ?? {});
}

const ROUNDS = 3;
/** About as long as a run's own bursts. */
const ROUND_MS = 50;
const LEARNING_RATE = 1e-3;

/**
 * Median milliseconds of a training step, after one that warms up (compiles shaders, grows memory); where
 * an engine has several under way at once, of those together. It runs on made-up examples: nothing has to
 * be loaded, and a dense step takes as long on any.
 */
export async function timeSteps(
  engine: Engine,
  workload: Workload,
  pace: Pace,
  signal: AbortSignal,
): Promise<number> {
  const { trainer, batch } = await madeUpTraining(engine, workload);
  try {
    const stepMs = async (count: number) => {
      await pace();
      signal.throwIfAborted();
      const started = performance.now();
      const underWay = Array.from({ length: count }, (_, i) =>
        trainer.step(batch, LEARNING_RATE, i),
      );
      await Promise.all(underWay);
      return (performance.now() - started) / count;
    };
    await stepMs(1);
    const times = [await stepMs(1)];
    const burst = Math.min(engine.ahead, Math.max(1, Math.floor(ROUND_MS / (times[0] ?? NaN))));
    // One by one they would wait for each other's answer.
    if (burst > 1) times.pop();
    while (times.length < ROUNDS) times.push(await stepMs(burst));
    return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
  } finally {
    trainer.dispose();
  }
}

/** One step for nothing, so that the first real one finds everything compiled. */
export async function warmUp(engine: Engine, workload: Workload): Promise<void> {
  const { trainer, batch } = await madeUpTraining(engine, workload);
  try {
    await trainer.step(batch, LEARNING_RATE, 0);
  } finally {
    trainer.dispose();
  }
}

async function madeUpTraining(engine: Engine, workload: Workload) {
  const checkpoint = initialCheckpoint({ ...workload, seed: 1 });
  const { architecture } = checkpoint;
  const options = trainingOf(workload.recipe);
  const objective = objectiveOf(options, architecture.task);
  const trainer = await engine.train(checkpoint, objective, null);
  return { trainer, batch: madeUpBatch(architecture, options.batch) };
}

/** Examples of the right shape with nothing in them to learn. */
export function madeUpBatch(architecture: Architecture, count: number): Batch {
  const random = randomOf(1);
  const { input, outputs, task } = architecture;
  const width = input.reduce((product, side) => product * side, 1);
  const classes = task === 'classification';
  return {
    count,
    inputs: Float32Array.from({ length: count * width }, () => random.uniform()),
    labels: Int32Array.from({ length: classes ? count : 0 }, (_, i) => i % outputs),
    targets: Float32Array.from({ length: classes ? 0 : count * outputs }, () => random.uniform()),
  };
}
