import { expect, test } from 'vitest';
import { techniqueSpecs } from '../techniques/registry';
import { keyAt, stepKeys } from './keys';
import type { Experiment } from '../experiment/experiment';

const prune = { technique: 'prune', ...techniqueSpecs.prune.options.parse({}) } as const;
const quantize = { technique: 'quantize', ...techniqueSpecs.quantize.options.parse({}) } as const;
const experiment: Experiment = {
  dataset: 'circles',
  model: 'mlp:8',
  seed: 7,
  recipe: [prune, quantize],
};

test('a key depends on data, network, seed, backend and the steps up to its own, and on no later one', () => {
  const [first, second] = stepKeys(experiment, 'wasm');
  const edited = { ...experiment, recipe: [prune, { ...quantize, bits: 4 }] };
  expect(stepKeys(edited, 'wasm')[0]).toBe(first);
  expect(stepKeys(edited, 'wasm')[1]).not.toBe(second);
  const others = [
    stepKeys({ ...experiment, dataset: 'xor' }, 'wasm'),
    stepKeys({ ...experiment, model: 'mlp:9' }, 'wasm'),
    stepKeys({ ...experiment, seed: 8 }, 'wasm'),
    stepKeys(experiment, 'cpu'),
  ];
  expect(new Set([first, ...others.map(([key]) => key)]).size).toBe(5);
});

test('the order in which options are written does not count', () => {
  const reversed = Object.fromEntries(Object.entries(prune).reverse()) as typeof prune;
  expect(keyAt({ ...experiment, recipe: [reversed] }, 'wasm', 0)).toBe(
    keyAt(experiment, 'wasm', 0),
  );
});
