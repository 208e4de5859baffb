import type { Objective } from '../../engine/trainer';
import type { Architecture } from '../../experiment/architecture';
import type { Extent } from '../train/schedule';
import { weightLayers } from './head';
import type { TransferOptions } from './spec';

export type LayerRates = Pick<Objective, 'frozen' | 'rates'>;

/**
 * Which layers train after `done` iterations, and how fast, as a share of the head's rate: the layer under the
 * head at β, each below it at `ratio` of the one above. What is frozen stays so; with `thaw` the others wait for
 * their turn, from the head down. From scratch all go at the head's rate.
 */
export function layerRates(
  options: Pick<TransferOptions, 'from' | 'beta' | 'head' | 'freeze' | 'ratio' | 'thaw'>,
  architecture: Architecture,
  done: number,
  { perEpoch }: Pick<Extent, 'perEpoch'>,
): LayerRates {
  if (options.from === 'scratch') return { frozen: 0, rates: {} };
  const { beta, head, ratio } = options;
  const body = weightLayers(architecture).slice(0, -1);
  const asleep = sleeping(options, body.length, done / perEpoch);
  const rateBelow = (layers: number) => (beta * ratio ** layers) / head;
  let passed = 0;
  const rates: Record<string, number> = {};
  let frozen = 0;
  architecture.layers.slice(0, -1).forEach(({ name, type }, index) => {
    const hasWeights = type === 'dense' || type === 'conv';
    if (hasWeights) passed += 1;
    // A batch norm goes with the layer before it.
    if (passed <= asleep && asleep > 0) frozen = index + 1;
    else if (hasWeights || type === 'batchnorm')
      rates[name] = rateBelow(body.length - Math.max(1, passed));
  });
  return { frozen, rates };
}

/** How many of the first layers do not train. */
function sleeping(
  { beta, freeze, thaw }: Pick<TransferOptions, 'beta' | 'freeze' | 'thaw'>,
  body: number,
  epochs: number,
): number {
  if (beta === 0) return body;
  const thawed = thaw === 0 ? body : Math.floor(epochs / thaw);
  return Math.max(freeze, body - thawed);
}
