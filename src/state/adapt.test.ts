import { expect, it } from 'vitest';
import { defaultExperiment } from '../experiment/link';
import { techniqueSpecs } from '../techniques/registry';
import { tasksOf } from '../techniques/dataset-at';
import { onDataset } from './adapt';
import { defaultStep, withOption } from './recipe';

const pictures = defaultExperiment(techniqueSpecs, 'mnist');
const points = defaultExperiment(techniqueSpecs, 'spiral');

it('the default experiment on another kind of data is that kind’s default', () => {
  expect(onDataset(pictures, 'spiral')).toEqual(points);
  expect(onDataset(points, 'mnist')).toEqual(pictures);
});

it('between sets of one kind nothing but the data changes', () => {
  expect(onDataset(pictures, 'fashion-mnist')).toEqual({ ...pictures, dataset: 'fashion-mnist' });
  expect(onDataset(points, 'xor')).toEqual({ ...points, dataset: 'xor' });
});

it('a network that does not fit is replaced by one that does', () => {
  const convolutional = { ...points, dataset: 'mnist', model: 'lenet-5' };
  expect(onDataset(convolutional, 'iris').model).toBe('mlp:16-16');
});

it('each transfer goes on to another task of data that the network takes', () => {
  const transfer = defaultStep('transfer');
  const to = (ref: string) => withOption(transfer, 'to', ref) ?? transfer;
  const chained = (dataset: string, ...refs: readonly string[]) => ({
    ...{ ...pictures, dataset },
    recipe: [...pictures.recipe, ...refs.map(to)],
  });
  const tasks = (experiment: typeof pictures, dataset: string) =>
    tasksOf(onDataset(experiment, dataset));
  const digits = chained('mnist:0-4', 'mnist:5-9', 'fashion-mnist');
  expect(tasks(digits, 'spiral')).toEqual(['spiral', 'circles', 'spiral']);
  const regression = chained('mnist:0-4', 'mnist:5-9');
  expect(onDataset(regression, 'linear').recipe.at(-1)).toMatchObject({
    ...{ to: 'linear:shifted', examples: 50 },
  });
  // What it is to learn is what it begins with now.
  expect(tasks(digits, 'mnist:5-9')).toEqual(['mnist:5-9', 'mnist:0-4', 'fashion-mnist']);
  expect(tasks(digits, 'mnist')).toEqual(['mnist', 'mnist:5-9', 'fashion-mnist']);
});
