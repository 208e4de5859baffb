import type { DatasetInfo } from './dataset';
import type { Pair } from './link-text';

export const DEFAULT_DATASET = 'mnist';
export const DEFAULT_SEED = 7;

/** A network and a length of training, in units of what suits 55,000 pictures. */
export interface Suited {
  readonly model: string;
  readonly batch: number;
  readonly sparsity: number;
  readonly epochs: number;
  readonly rate: number;
}

const PICTURES: Suited = { model: 'lenet-300-100', batch: 128, sparsity: 0.9, epochs: 1, rate: 1 };
const FEW_PICTURES: Suited = { ...PICTURES, batch: 16, epochs: 10, rate: 0.5 };
const ROWS: Suited = { model: 'mlp:64-32', batch: 128, sparsity: 0.7, epochs: 4, rate: 2 };
const FEW_ROWS: Suited = { model: 'mlp:16-16', batch: 16, sparsity: 0.5, epochs: 30, rate: 5 };

/** From here on an epoch is long, and batches may be large. */
const MANY = 5_000;

/**
 * What suits the data. A few hundred examples need smaller batches and more epochs than tens of thousands
 * do, and networks of a few numbers a row have fewer weights to spare.
 */
export function suitedTo({ shape, train }: DatasetInfo): Suited {
  if (shape.length === 3) return train < MANY ? FEW_PICTURES : PICTURES;
  return train < MANY ? FEW_ROWS : ROWS;
}

/** What a link without a network means: one that suits the data. */
export function defaultModel(info: DatasetInfo): string {
  return suitedTo(info).model;
}

/**
 * What a link without steps means: train, prune, recover, quantize. Options are spelled out although some
 * are at their default, so that the recipe is known from reading this.
 */
export function defaultRecipe(info: DatasetInfo): readonly Pair[] {
  const { batch, sparsity, epochs, rate } = suitedTo(info);
  const train = (times: number) =>
    `optimizer:adam,lr:${String(0.002 * rate)},epochs:${String(times * epochs)},batch:${String(batch)},schedule:cosine`;
  return [
    { key: 'train', value: train(3) },
    { key: 'prune', value: `sparsity:${String(sparsity)}` },
    { key: 'train', value: train(1) },
    { key: 'quantize', value: 'bits:8' },
  ];
}
