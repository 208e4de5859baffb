import { expect, it } from 'vitest';
import { defaultExperiment } from '../experiment/link';
import { techniqueSpecs } from '../techniques/registry';
import { onDataset } from './adapt';

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
