import { expect, test } from 'vitest';
import type { Dataset, Split } from '../data/dataset';
import type { TakeawayConfig } from '../deploy/takeaway/config';
import { sketch } from '../engine/testing/networks';
import { resolveDataset, type Field } from '../experiment/dataset';
import { checkpointOf } from '../techniques/testing/networks';
import { takeawayOf } from './takeaway';

const nothing: Split = {
  ...{ count: 0, shardSizes: [] },
  gather: () => Promise.reject(new Error('No example is needed.')),
  labels: () => Promise.resolve(new Int32Array(0)),
};

/** What the page of a network of that data holds. */
async function takenOf(ref: string, more: Partial<Dataset> = {}): Promise<TakeawayConfig> {
  const info = resolveDataset(ref)?.info;
  if (info === undefined) throw new Error(`There is no ${ref}.`);
  const parts = { train: nothing, validation: nothing, test: nothing };
  const dataset: Dataset = {
    ...{ ref, info, ...parts, watch: () => () => undefined, retry: () => undefined },
    ...more,
  };
  const network = sketch(info.shape, [{ type: 'flatten' }, { type: 'dense', units: info.outputs }]);
  const facts = { link: 'https://example.org/', variant: 's0', version: '0' };
  const page = await takeawayOf(checkpointOf(network, 1), facts, dataset);
  const [, config = ''] = /id="config">(.*?)<\/script>/s.exec(page) ?? [];
  return JSON.parse(config) as TakeawayConfig;
}

test.each([
  ['mnist', { kind: 'ink', fit: 'digit', inverted: false, rotated: false }],
  ['mnist:5-9', { kind: 'ink', fit: 'digit', inverted: false, rotated: false }],
  ['mnist:rotated', { kind: 'ink', fit: 'digit', inverted: false, rotated: true }],
  ['fashion-mnist:inverted', { kind: 'ink', fit: 'clothing', inverted: true, rotated: false }],
])('a network of %s is asked on a pad, and names its classes', async (ref, making) => {
  const { asked, classes } = await takenOf(ref);
  expect(asked).toEqual({ kind: 'picture', making });
  expect(classes).toEqual(resolveDataset(ref)?.info.classes);
});

test('a network of the user’s pictures takes them as they were made, whatever their size', async () => {
  const given = { keep: 'whole', inverts: true, ground: 'dark' } as const;
  const own = () => Promise.resolve({ name: '<b>', classes: ['</script>', 'b'], given });
  const { asked, classes, title } = await takenOf('own:9f3a2b1c-14:9x20x3:c2', { own });
  const making = { kind: 'canvas', height: 9, width: 20, channels: 3, ...given };
  expect(asked).toEqual({ kind: 'picture', making });
  expect(classes).toEqual(['</script>', 'b']);
  expect(title).toMatch(/^<b>: /);
});

test.each([
  ['spiral', 2, 2],
  ['linear', 10, 0],
  ['surface', 2, 0],
])('a network of %s has a field for each of its %i numbers', async (ref, count, named) => {
  const { asked, classes, target } = await takenOf(ref);
  const number = { kind: 'number', mean: 0, deviation: 1 };
  expect(asked).toEqual({
    kind: 'fields',
    fields: Array.from({ length: count }, (_, i) => ({ ...number, name: `x${String(i + 1)}` })),
  });
  expect([classes.length, target]).toEqual([named, null]);
});

test('a network of a table has its columns, and answers in the unit of the data', async () => {
  const fields: readonly Field[] = [
    { kind: 'number', name: 'height', mean: 1.7, deviation: 0.1 },
    { kind: 'category', name: 'colour', categories: ['red', '–'] },
  ];
  const unit = { name: 'price', mean: 100, deviation: 20 };
  const { asked, classes, target } = await takenOf('own:9f3a2b1c-14:3:n1', {
    fields: () => Promise.resolve(fields),
    target: () => Promise.resolve(unit),
  });
  expect(asked).toEqual({ kind: 'fields', fields });
  expect([classes, target]).toEqual([[], unit]);
});
