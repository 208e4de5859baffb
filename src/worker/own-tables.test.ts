import { describe, expect, it } from 'vitest';
import { resolveDataset } from '../experiment/dataset';
import { proposedFeatures, proposedTarget } from '../experiment/own-table';
import { createOwnSets } from './own-data';
import { readTable } from './intake/read-table';
import { createOwnRequests, type Intakes } from './own-requests';
import type { PictureSet } from './protocol';
import { memoryStore, type Store } from './store';
import { irisFile, realFile } from './testing/real-file';
import { openWorker, small, step } from './testing/worker';

const weather = realFile('seattle-weather.csv');
const options = { encoding: 'auto', header: null } as const;
const draft = 1;

async function reading(file: Blob, name = 'weather.csv') {
  const worker = openWorker();
  const summary = await worker.client.request('readTable', { file, name, options, draft });
  return { ...worker, summary };
}

const csv = (header: string, rows: number, row: (i: number) => string) =>
  new Blob([[header, ...Array.from({ length: rows }, (_, i) => row(i))].join('\n')]);

describe('a table of the user’s', () => {
  it('is read, kept and trained on: the weather of Seattle is told better than by the commonest', async () => {
    const { client, summary, events, run } = await reading(weather);
    const target = proposedTarget(summary.columns);
    const features = proposedFeatures(summary.columns, target);
    const choice = { target, features, task: 'classification' } as const;
    const kept = await client.request('keepTable', {
      draft,
      name: 'Weather',
      choice,
    });
    expect(kept).toMatchObject({
      name: 'Weather',
      classes: ['drizzle', 'fog', 'rain', 'snow', 'sun'],
      features: ['precipitation', 'temp_max', 'temp_min', 'wind'],
      ...{ withoutTarget: 0, filled: 0 },
    });
    const info = resolveDataset(kept.ref)?.info;
    expect(info).toMatchObject({ shape: [4], outputs: 5, train: 1023, validation: 146, test: 292 });
    const recipe = [step('train', { epochs: 5, batch: 32, lr: 0.01, optimizer: 'adam' })];
    const { variants } = await run({ ...small, dataset: kept.ref, recipe });
    // 641 of 1,461 days are rainy.
    expect(variants[0]?.metrics.accuracy).toBeGreaterThan(641 / 1461 + 0.2);
    const told = events.find(({ event }) => event === 'intake');
    expect(told).toMatchObject({ loadedBytes: weather.size, totalBytes: weather.size });
  });

  it('is read without a header: irises are told from one another', async () => {
    const { client, summary, run } = await reading(irisFile(), 'iris.data');
    const target = proposedTarget(summary.columns);
    const choice = {
      ...{ target, features: proposedFeatures(summary.columns, target) },
      task: 'classification',
    } as const;
    const kept = await client.request('keepTable', { draft, name: 'Irises', choice });
    expect(kept.classes).toEqual(['Iris-setosa', 'Iris-versicolor', 'Iris-virginica']);
    const recipe = [step('train', { epochs: 40, batch: 16, lr: 0.01, optimizer: 'adam' })];
    const { variants } = await run({ ...small, dataset: kept.ref, recipe });
    // One class lies apart; the others are told by a line but for a few (Fisher 1936).
    expect(variants[0]?.metrics.accuracy).toBeGreaterThan(0.85);
  });

  it('is chosen from anew without its file, as another set; the first one stays', async () => {
    const { client, summary } = await reading(weather);
    const first = await client.request('keepTable', {
      draft,
      name: 'Weather',
      choice: { target: 5, features: proposedFeatures(summary.columns, 5), task: 'classification' },
    });
    const again = await client.request('editTable', { draft, ref: first.ref });
    expect(again?.columns.map(({ name }) => name)).toEqual(
      summary.columns.slice(1).map(({ name }) => name),
    );
    const second = await client.request('keepTable', {
      draft,
      name: 'Warmth',
      choice: { target: 1, features: [0, 3, 4], task: 'regression' },
    });
    expect(second).toMatchObject({
      classes: ['temp_max'],
      features: ['precipitation', 'wind', 'weather'],
    });
    // Five kinds of weather are five inputs.
    expect(resolveDataset(second.ref)?.info).toMatchObject({ shape: [7], task: 'regression' });
    expect(await client.request('ownSets', {})).toHaveLength(2);
  });

  it('is saved as CSV that reads as the same set', async () => {
    const text = 'x,kind,label\n0.1,"a,b",yes\n,"say ""so""",no\n3e-7,c,yes\n';
    const file = csv('x,kind,label', 30, (i) => text.split('\n')[1 + (i % 3)] ?? '');
    const { client } = await reading(file, 'quotes.csv');
    const choice = { target: 2, features: [0, 1], task: 'classification' } as const;
    const kept = await client.request('keepTable', {
      draft,
      name: 'quotes',
      choice,
    });
    const saved = await client.request('saveOwn', { ref: kept.ref });
    expect(saved?.extension).toBe('.csv');
    const other = await reading(saved?.content ?? new Blob());
    const again = await other.client.request('keepTable', {
      draft,
      name: 'again',
      choice,
    });
    expect(again.ref).toBe(kept.ref);
  });

  it.each([
    ['one class', csv('x,y', 20, (i) => `${String(i * i)},same`), 'oneTargetClass'],
    [
      'more classes than fit',
      csv('x,y', 300, (i) => `${String(i * i)},c${String(i % 150)}`),
      'tooManyClasses',
    ],
    [
      'more numbers for classes than fit',
      csv('x,y', 300, (i) => `${String(i * i)},${String(i % 150)}`),
      'tooManyNumbers',
    ],
    ['nine rows', csv('x,y', 9, (i) => `${String(i * i)},${i % 2 ? 'a' : 'b'}`), 'dataCount'],
    [
      'rows without a target',
      csv('x,y', 20, (i) => `${String(i * i)},${i < 12 ? '' : i % 2 ? 'a' : 'b'}`),
      'dataCount',
    ],
    [
      'more inputs than fit',
      csv('a,b,y', 1_600, (i) => `a${String(i % 800)},b${String(i % 799)},${i % 2 ? 'p' : 'q'}`),
      'tooManyCategories',
    ],
    [
      'more columns of numbers than fit',
      csv(
        `${Array.from({ length: 1_001 }, (_unused, i) => `x${String(i)}`).join(',')},y`,
        10,
        (row) => `${'0.5,'.repeat(1_000)}${String(row)},${row % 2 ? 'p' : 'q'}`,
      ),
      'tooManyInputs',
    ],
  ])('with %s is refused, and nothing is kept', async (_, file, code) => {
    const { client, summary } = await reading(file);
    const target = summary.columns.length - 1;
    const features = Array.from({ length: target }, (_unused, i) => i);
    const choice = { target, features, task: 'classification' } as const;
    await expect(
      client.request('keepTable', {
        draft,
        name: 'bad',
        choice,
      }),
    ).rejects.toMatchObject({
      problem: { code },
    });
    expect(await client.request('ownSets', {})).toEqual([]);
  });

  it('whose target is one number in every row is refused, and what was kept says what was chosen', async () => {
    const { client } = await reading(csv('x,y,z', 30, (i) => `${String(i)},7,${String(i * i)}`));
    const keep = (target: number, features: readonly number[]) =>
      client.request('keepTable', {
        draft,
        name: 'Sevens',
        choice: { target, features, task: 'regression' },
      });
    await expect(keep(1, [0])).rejects.toMatchObject({
      problem: { code: 'constantTarget', params: { column: 'y' } },
    });
    const { ref } = await keep(2, [0]);
    const again = await client.request('editTable', { draft, ref });
    expect(again?.choice).toEqual({ target: 2, features: [0], task: 'regression' });
  });

  it('of which no column is chosen is refused', async () => {
    const { client } = await reading(weather);
    const choice = { target: 5, features: [], task: 'classification' } as const;
    await expect(
      client.request('keepTable', {
        draft,
        name: 'none',
        choice,
      }),
    ).rejects.toMatchObject({
      problem: { code: 'noFeatures' },
    });
  });

  it('names the column of most categories where they are too many inputs, with counts as people write them', async () => {
    const rows = csv('a,b,y', 1_600, (i) =>
      [`a${String(i % 800)}`, `b${String(i % 799)}`, i % 2 ? 'p' : 'q'].join(),
    );
    const { client } = await reading(rows);
    const choice = { target: 2, features: [0, 1], task: 'classification' } as const;
    await expect(
      client.request('keepTable', { draft, name: 'wide', choice }),
    ).rejects.toMatchObject({
      problem: {
        params: { inputs: 1_599, most: 1_000, column: 'a', count: 800 },
        message: expect.stringContaining('1,599 inputs, and a network here takes at most 1,000'),
      },
    });
  });

  it.each([
    ['called a label', 'species,x\n', (i: number) => `cat,${String(i * i)}`, 'species', 'x'],
    ['the last', 'x,kind\n', (i: number) => `${String(i * i)},cat`, 'kind', 'x'],
  ])(
    'with one value alone in the column that is %s says what is proposed instead',
    async (_, header, row, column, proposed) => {
      const { summary } = await reading(csv(header.trim(), 20, row));
      expect(summary.notes).toMatchObject([
        { code: 'constantLabel', params: { column, proposed } },
      ]);
      const changing = csv(
        'species,x,kind',
        20,
        (i) => `${i % 2 ? 'cat' : 'dog'},${String(i)},same`,
      );
      expect((await reading(changing)).summary.notes).toEqual([]);
    },
  );

  it('that is a network by its name is sent to the step that loads one', async () => {
    await expect(reading(weather, 'mine.whittle')).rejects.toMatchObject({
      problem: { code: 'networkNoData', params: { name: 'mine.whittle' } },
    });
  });

  it('of two gigabytes is refused by its size, before any of it is read', async () => {
    const wasRead = () => Promise.reject(new Error('It was read.'));
    const requests = createOwnRequests(
      createOwnSets(memoryStore()),
      { tables: wasRead, pictures: wasRead },
      () => undefined,
    );
    const file = Object.defineProperty(new Blob(['a']), 'size', { value: 2e9 });
    const call = { id: 1, signal: new AbortController().signal };
    await expect(
      requests.readTable({ file, name: 'huge.csv', options, draft }, call),
    ).rejects.toMatchObject({
      problem: { code: 'tableTooLarge', params: { name: 'huge.csv', megabytes: 2000, most: 500 } },
    });
  });
});

describe('what was read and not kept', () => {
  const rows = csv('x,y', 20, (i) => `${String(i * i)},${i % 2 ? 'a' : 'b'}`);
  const choice = { target: 1, features: [0], task: 'classification' } as const;

  it('is forgotten when the page wants it no more', async () => {
    const { client } = await reading(rows);
    await client.request('dropDraft', { draft });
    await expect(client.request('keepTable', { draft, name: 'x', choice })).rejects.toMatchObject({
      problem: { code: 'draftGone' },
    });
  });

  it('stays while another is read, and after it could not be kept', async () => {
    const { client } = await reading(rows);
    const bad = { ...choice, features: [] };
    await expect(
      client.request('keepTable', { draft, name: 'x', choice: bad }),
    ).rejects.toMatchObject({ problem: { code: 'noFeatures' } });
    await client.request('readTable', { file: weather, name: 'w', options, draft: draft + 1 });
    const { classes } = await client.request('keepTable', { draft, name: 'x', choice });
    expect(classes).toEqual(['a', 'b']);
  });

  it('is not there where it was given up while it was read', async () => {
    const stopping = new AbortController();
    const tables: Intakes['tables'] = (job, tell) => {
      stopping.abort();
      return readTable(job, tell);
    };
    const pictures = () => Promise.reject(new Error('There are none.'));
    const requests = createOwnRequests(
      createOwnSets(memoryStore()),
      { tables, pictures },
      () => undefined,
    );
    const call = { id: 1, signal: stopping.signal };
    await expect(
      requests.readTable({ file: rows, name: 'x', options, draft }, call),
    ).rejects.toMatchObject({ name: 'AbortError' });
    await expect(requests.keepTable({ draft, name: 'x', choice }, call)).rejects.toMatchObject({
      problem: { code: 'draftGone' },
    });
  });
});

describe('sets that are chosen from one table', () => {
  const choice = { target: 1, features: [0], task: 'classification' } as const;
  const other = { target: 0, features: [1], task: 'regression' } as const;
  const rows = csv('x,y', 20, (i) => `${String(i * i)},${i % 2 ? 'a' : 'b'}`);

  async function two(store: Store) {
    const { client } = openWorker({ store });
    await client.request('readTable', { file: rows, name: 'x', options, draft });
    const first = await client.request('keepTable', { draft, name: 'first', choice });
    await client.request('editTable', { ref: first.ref, draft });
    const second = await client.request('keepTable', { draft, name: 'second', choice: other });
    return { client, first: first.ref, second: second.ref };
  }
  const isThere = async (store: Store, ref: string) => {
    const asked = { dataset: ref, seed: 1, split: 'test', limit: 4 } as const;
    // Another session: nothing is in its memory.
    const { count } = await openWorker({ store }).client.request('examples', asked);
    return count === 4;
  };
  const copies = async (store: Store) => (await store.list('values/')).length;

  it('share its cells, which stay until the last of them goes', async () => {
    for (const firstGoes of [true, false]) {
      const store = memoryStore();
      const { client, first, second } = await two(store);
      expect(await copies(store)).toBe(1);
      expect(await client.request('ownSets', {})).toMatchObject([
        { shares: true },
        { shares: true },
      ]);
      expect(await isThere(store, first)).toBe(true);
      const [gone, left] = firstGoes ? [first, second] : [second, first];
      await client.request('removeOwn', { ref: gone });
      expect(await client.request('ownSets', {})).toMatchObject([{ ref: left, shares: false }]);
      expect(await isThere(store, left)).toBe(true);
      await client.request('removeOwn', { ref: left });
      expect(await copies(store)).toBe(0);
    }
  });

  it('are found when the table comes again, whichever is left', async () => {
    const store = memoryStore();
    const { client, first, second } = await two(store);
    await client.request('removeOwn', { ref: first });
    await client.request('readTable', { file: rows, name: 'x', options, draft });
    const again = await client.request('keepTable', { draft, name: 'again', choice: other });
    expect(again.ref).toBe(second);
    expect(await copies(store)).toBe(1);
    await client.request('readTable', { file: rows, name: 'x', options, draft });
    await client.request('keepTable', { draft, name: 'first', choice });
    await client.request('removeOwn', { ref: second });
    expect(await isThere(store, first)).toBe(true);
  });

  it('keep the cells where one comes as the other goes', async () => {
    const store = memoryStore();
    const { client, first, second } = await two(store);
    await client.request('removeOwn', { ref: second });
    await client.request('editTable', { ref: first, draft });
    const [, kept] = await Promise.all([
      client.request('removeOwn', { ref: first }),
      client.request('keepTable', { draft, name: 'second', choice: other }),
    ]);
    expect(await isThere(store, kept.ref)).toBe(true);
  });
});

it('a set has the name that the user gave it, also where its file is added again under its own', async () => {
  const { client } = openWorker();
  const file = csv('x,y', 20, (i) => `${String(i * i)},${i % 2 ? 'a' : 'b'}`);
  const choice = { target: 1, features: [0], task: 'classification' } as const;
  const add = async (name: string) => {
    await client.request('readTable', { file, name: 'squares.csv', options, draft });
    return client.request('keepTable', { draft, name, choice });
  };
  const { ref, name } = await add('squares');
  expect(name).toBe('squares');
  await client.request('renameOwn', { ref, name: 'mine' });
  expect(await add('squares')).toMatchObject({ ref, name: 'mine' });
  expect(await add('better')).toMatchObject({ ref, name: 'better' });
});

it('a set that nobody waits for any more is not written to its end', async () => {
  const own = createOwnSets(memoryStore());
  const none = () => Promise.reject(new Error('Nothing is read.'));
  const requests = createOwnRequests(own, { tables: none, pictures: none }, () => undefined);
  const closing = new AbortController();
  const call = { id: 1, signal: closing.signal };
  const set: PictureSet = {
    ...{ name: 'two', shape: [2, 2, 1], classes: ['a', 'b'] },
    pixels: Uint8Array.from({ length: 20 * 4 }, (_, i) => i),
    labels: Uint8Array.from({ length: 20 }, (_, i) => i % 2),
  };
  const { ref } = await requests.keepPictures(set, call);
  const saving = requests.saveOwn({ ref }, call);
  closing.abort();
  await expect(saving).rejects.toMatchObject({ name: 'AbortError' });
});

it('pictures are saved as a file that reads as the same set, and another file is refused', async () => {
  const { client } = openWorker();
  const kept = await client.request('keepPictures', {
    ...{ name: 'two <i>', shape: [2, 2, 3], classes: ['a', 'b'] },
    pixels: Uint8Array.from({ length: 20 * 12 }, (_, i) => (i * 7) % 256),
    labels: Uint8Array.from({ length: 20 }, (_, i) => i % 2),
    given: { keep: 'whole', inverts: true },
  });
  const saved = await client.request('saveOwn', { ref: kept.ref });
  expect(saved?.extension).toBe('.whittle-data');
  const other = openWorker().client;
  const file = saved?.content ?? new Blob();
  const again = await other.request('addOwn', { file, name: 'mine.whittle-data' });
  expect(again).toEqual({ ...kept, savedAt: again.savedAt });
  await expect(
    other.request('addOwn', { file: new Blob(['PK']), name: 'other.zip' }),
  ).rejects.toMatchObject({ problem: { code: 'notOurData', params: { name: 'other.zip' } } });
});
