import { expect, test } from 'vitest';
import { WhittleError } from '../experiment/problem';
import { labOptionsSchema, optionOfFormula } from '../lab/options';
import { openWorker } from './testing/worker';

const options = labOptionsSchema.parse({ steps: 20, optimizers: 'sgd~adam', x: 1, y: -1 });

test('the worker answers with a picture and the ways of the optimizers, in their order', async () => {
  const { client } = openWorker();
  const relief = await client.request('relief', { options });
  expect(relief.values.length).toBe(relief.side ** 2);
  const { dimension, tracks } = await client.request('descend', { options });
  expect(tracks.map(({ optimizer }) => optimizer)).toEqual(['sgd', 'adam']);
  for (const { path } of tracks) expect(path.length).toBe(21 * dimension);
});

test('a formula that cannot be read comes back as a problem at the formula', async () => {
  const { client } = openWorker();
  const bad = { ...options, function: 'expression', expr: optionOfFormula('x +') } as const;
  const error: unknown = await client.request('relief', { options: bad }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(WhittleError);
  expect((error as WhittleError).problem).toMatchObject({
    code: 'formulaUnfinished',
    at: 'lab.expr',
  });
});
