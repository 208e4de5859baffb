import { expect, it } from 'vitest';
import { oneTable } from './one-table';

const files = (...names: readonly string[]) => names.map((path) => ({ path, file: new Blob([]) }));

it('several files where a set is one table are refused by their names and number', () => {
  expect(oneTable(files('a.csv', 'b.csv'))).toMatchObject({
    ...{ code: 'oneTable', params: { count: 2, first: 'a.csv', second: 'b.csv' } },
    message: expect.stringContaining(
      '2 files were dropped, a.csv and b.csv, and a set is one table',
    ),
  });
  const { message } = oneTable(files('a.csv', 'b.csv', 'c.csv'));
  expect(message).toContain('3 files were dropped, a.csv and b.csv among them, and');
});
