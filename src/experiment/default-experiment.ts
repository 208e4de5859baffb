import type { DatasetInfo } from './dataset';
import type { Pair } from './link-text';

export const DEFAULT_DATASET = 'mnist';
export const DEFAULT_SEED = 7;

/** What a link without a network means: one that suits the data. */
export function defaultModel({ shape }: DatasetInfo): string {
  return shape.length === 3 ? 'lenet-300-100' : 'mlp:16-16';
}

/**
 * What a link without steps means: train, prune, recover, quantize. Sets of a few hundred rows need
 * smaller batches and more epochs than the 55,000 pictures do, and their networks have fewer weights to
 * spare. Options are spelled out although some are at their default, so that the recipe is known from
 * reading this.
 */
export function defaultRecipe({ shape }: DatasetInfo): readonly Pair[] {
  const [first, sparsity, second] =
    shape.length === 3
      ? ['lr:0.002,epochs:3,batch:128', 0.9, 'lr:0.002,epochs:1,batch:128']
      : ['lr:0.01,epochs:90,batch:16', 0.5, 'lr:0.01,epochs:30,batch:16'];
  return [
    { key: 'train', value: `optimizer:adam,${first},schedule:cosine` },
    { key: 'prune', value: `sparsity:${String(sparsity)}` },
    { key: 'train', value: `optimizer:adam,${second},schedule:cosine` },
    { key: 'quantize', value: 'bits:8' },
  ];
}
