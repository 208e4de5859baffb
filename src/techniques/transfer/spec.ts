import * as z from 'zod/mini';
import type { Architecture } from '../../experiment/architecture';
import { resolveDataset, type DatasetInfo } from '../../experiment/dataset';
import { choiceOption, datasetOption, integerOption, numberOption } from '../../experiment/options';
import type { Problem } from '../../experiment/problem';
import type { TechniqueSpec } from '../../experiment/technique';
import { trainOptionsSchema } from '../train/spec';
import { withHead, weightLayers } from './head';

const options = z.object({
  /** The data that it learns from here on; empty: the data it knows. */
  to: datasetOption(),
  /** What it begins with: the layers that were learned, or the same layers drawn anew, to compare with. */
  from: choiceOption(['learned', 'scratch'], 'learned'),
  /** β, the learning rate of the layers that stay; 0 freezes them. */
  beta: numberOption({ min: 0, max: 1, least: 1e-5, default: 0.001, step: 20, scale: 'log' }),
  /** The learning rate of the new head. */
  head: numberOption({ min: 1e-5, max: 1, default: 0.001, step: 20, scale: 'log' }),
  /** Of each class, or in all where the targets are numbers; 0: all there are. */
  examples: integerOption({ min: 0, max: 1000, default: 10, step: 5, unit: 'examples' }),
  /** So many of the first layers with weights stay as they are. */
  freeze: integerOption({ min: 0, max: 20, default: 0, step: 1 }),
  /** What β is multiplied by from one layer to the one below it (Howard & Ruder 2018). */
  ratio: numberOption({ min: 0.1, max: 1, default: 1, step: 0.05 }),
  /** Epochs until the next layer below the head thaws (Howard & Ruder 2018); 0: all train from the beginning. */
  thaw: integerOption({ min: 0, max: 50, default: 0, step: 1, unit: 'epochs' }),
  epochs: integerOption({ min: 1, max: 500, default: 100, step: 1, unit: 'epochs' }),
  batch: integerOption({
    ...{ min: 1, max: 2048, default: 32, step: 1 },
    ...{ scale: 'log', unit: 'examples' },
  }),
  optimizer: trainOptionsSchema.shape.optimizer,
});

export type TransferOptions = z.infer<typeof options>;

declare module '../../experiment/step' {
  interface TechniqueOptions {
    transfer: TransferOptions;
  }
}

/** Options that mean something where layers go on, and where they move. */
const OF_MOVING: readonly string[] = ['ratio', 'thaw'];
const OF_LEARNED: readonly string[] = ['beta', 'freeze', ...OF_MOVING];

export const transferSpec: TechniqueSpec<'transfer'> = {
  id: 'transfer',
  options,
  mainOption: ({ from }) => (from === 'scratch' ? 'head' : 'beta'),
  activeOptions: ({ from, beta }) =>
    Object.keys(options.shape).filter(
      (name) => !(from === 'scratch' ? OF_LEARNED : beta === 0 ? OF_MOVING : []).includes(name),
    ),
  instant: () => false,
  compression: () => null,
  check: ({ to, freeze }, architecture) => {
    const target = to === '' ? null : resolveDataset(to);
    if (to !== '' && target === null) return noSuchData(to);
    if (target !== null && target.info.shape.join() !== architecture.input.join()) {
      return otherShape(target.info, architecture);
    }
    const most = weightLayers(architecture).length - 1;
    return freeze > most ? tooManyFrozen(freeze, most) : null;
  },
  reshape: ({ to }, architecture) => withHead(architecture, targetOf(to) ?? architecture),
};

function targetOf(to: string): DatasetInfo | undefined {
  return to === '' ? undefined : resolveDataset(to)?.info;
}

function noSuchData(to: string): Problem {
  return {
    code: 'unknownDataset',
    params: { dataset: to },
    at: 'to',
    message: `There is no data set "${to}". Choose one from the list.`,
  };
}

function otherShape({ id, shape }: DatasetInfo, { input }: Architecture): Problem {
  const [is, wanted] = [shape.join(' × '), input.join(' × ')];
  return {
    code: 'transferShape',
    params: { dataset: id, is, wanted },
    at: 'to',
    message: `The examples of ${id} are ${is}, and the network takes ${wanted}. Choose data of the same shape.`,
  };
}

function tooManyFrozen(freeze: number, most: number): Problem {
  return {
    code: 'tooManyFrozen',
    params: { freeze, most },
    at: 'freeze',
    message: `${String(freeze)} layers cannot be frozen: below the head are ${String(most)} with weights. Freeze at most ${String(most)}.`,
  };
}
