import * as z from 'zod/mini';
import { choiceOption, integerOption, numberOption } from '../../experiment/options';
import type { Architecture } from '../../experiment/architecture';
import type { Problem } from '../../experiment/problem';
import type { TechniqueSpec } from '../../experiment/technique';
import { denseLayers, factored, largestRank, MAX_SIDE, sidesOf, smallerAt } from './layers';

const options = z.object({
  /** `rank`: the same in every layer; `energy`: each layer's least that keeps the share. */
  by: choiceOption(['rank', 'energy'], 'rank'),
  rank: integerOption({ min: 1, max: 512, default: 32, step: 1, scale: 'log' }),
  /** Least share of the sum of all squared singular values that those kept make up. */
  energy: numberOption({ min: 0.5, max: 1, default: 0.9, step: 0.005, unit: 'percent' }),
});

export type LowRankOptions = z.infer<typeof options>;

declare module '../../experiment/step' {
  interface TechniqueOptions {
    lowrank: LowRankOptions;
  }
}

export const lowRankSpec: TechniqueSpec<'lowrank'> = {
  id: 'lowrank',
  options,
  mainOption: ({ by }) => by,
  activeOptions: ({ by }) => ['by', by],
  instant: () => true,
  compression: () => 'reshape',
  check: (chosen, architecture) => checkSize(architecture) ?? checkRank(chosen, architecture),
  reshape: ({ by, rank }, architecture) =>
    by === 'rank' ? factored(architecture, (layer) => smallerAt(layer, rank)) : architecture,
};

function checkSize(architecture: Architecture): Problem | null {
  const layers = denseLayers(architecture);
  if (layers.every((layer) => largestRank(layer) < 1)) {
    return {
      code: 'noLowRank',
      params: {},
      at: 'by',
      message:
        'Two thinner layers would be no smaller than any dense layer of this network, even at rank 1. Leave this step out, or take a network with wider layers.',
    };
  }
  const large = layers.find((layer) => Math.min(...sidesOf(layer)) > MAX_SIDE);
  if (large === undefined) return null;
  const side = Math.min(...sidesOf(large));
  return {
    code: 'lowRankTooLarge',
    params: { layer: large.name, side, max: MAX_SIDE },
    at: 'by',
    message: `The layer ${large.name} is too large to be taken apart here: its shorter side is ${String(side)}, and more than ${String(MAX_SIDE)} would take minutes. Give it fewer units.`,
  };
}

function checkRank({ by, rank }: LowRankOptions, architecture: Architecture): Problem | null {
  const layers = denseLayers(architecture);
  return by === 'energy' || layers.some((layer) => smallerAt(layer, rank) !== null)
    ? null
    : rankTooHigh(rank, Math.max(...layers.map(largestRank)));
}

function rankTooHigh(rank: number, most: number): Problem {
  return {
    code: 'rankTooHigh',
    params: { rank, most },
    at: 'rank',
    message: `At rank ${String(rank)} two thinner layers are no smaller than any dense layer of this network, so nothing would change. Choose ${String(most)} or less.`,
  };
}
