import type { Split } from '../data/dataset';
import type { Checkpoint } from '../experiment/checkpoint';
import { randomOf } from '../experiment/random';
import { begin, tune } from '../techniques/transfer/run';
import { transferSpec, type TransferOptions } from '../techniques/transfer/spec';
import { score, type OpeningWork } from './measure';
import { pacedDataset } from './pacing';
import type { TransferPoint, TransferSetting, TransferWay } from './protocol';

/**
 * Brings a network to a task by each way in turn, all trained alike: as many examples and epochs, the same batches
 * and optimizer. Measured on the whole test set at the end.
 */
export async function studyTransfer(
  step: TransferOptions,
  settings: readonly TransferSetting[],
  before: Checkpoint,
  work: OpeningWork,
  tell: (point: TransferPoint) => void,
): Promise<readonly TransferPoint[]> {
  const options = transferSpec.options.parse(step);
  const points: TransferPoint[] = [];
  for (const setting of settings) {
    const point = { ...setting, score: await scoreAt(setting, options, before, work) };
    points.push(point);
    tell(point);
  }
  return points;
}

async function scoreAt(
  { way, examples, draw }: TransferSetting,
  options: TransferOptions,
  before: Checkpoint,
  work: OpeningWork,
): Promise<number> {
  const chosen = { ...waysOf(options)[way], examples };
  const drawn = { ...before, random: randomOf(draw).state() };
  const { start, dataset } = await begin(drawn, chosen, work);
  const quick = { ...dataset, test: firstOf(dataset.test) };
  const paced = pacedDataset(quick, work.pace, work.signal, () => undefined);
  const tuning = tune(start, chosen, { ...work, dataset: paced, current: () => chosen });
  try {
    for (;;) {
      work.signal.throwIfAborted();
      const next = await tuning.next();
      if (next.done !== true) continue;
      const { metrics } = await score(next.value, dataset.test.count, { ...work, dataset });
      return metrics.accuracy ?? metrics.mse ?? NaN;
    }
  } finally {
    await tuning.return(start);
  }
}

function waysOf(options: TransferOptions): Readonly<Record<TransferWay, TransferOptions>> {
  return {
    tuned: { ...options, from: 'learned' },
    frozen: { ...options, from: 'learned', beta: 0 },
    scratch: { ...options, from: 'scratch' },
  };
}

/** One example: on the way nothing has to be known. */
function firstOf(split: Split): Split {
  return { ...split, count: 1 };
}
