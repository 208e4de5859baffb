import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_CATEGORY } from '../../data/own/record';
import { proposedTarget, proposedTask, type Encoding } from '../../experiment/own-table';
import { draftOf } from '../own-tables';
import { irisFile, realFile } from '../testing/real-file';
import { readTable } from './read-table';

const require = createRequire(import.meta.url);
interface How {
  readonly encoding?: Encoding;
  readonly header?: boolean | null;
}

const read = (content: BlobPart | Blob, { encoding = 'auto', header = null }: How = {}) =>
  readTable(
    {
      file: content instanceof Blob ? content : new Blob([content]),
      name: 'a.csv',
      options: { encoding, header },
    },
    () => undefined,
  );
const summaryOf = async (...args: Parameters<typeof read>) =>
  draftOf(await read(...args), 'a.csv', { encoding: 'auto', header: null }).summary;
/** A column's cells again: numbers, names of categories, null where one is empty. */
async function cells(content: BlobPart, column = 0, how: How = {}) {
  const found = (await read(content, how)).columns[column];
  if (found?.column == null) return null;
  const { column: about, values } = found;
  return Array.from(values, (value) => {
    if (about.kind === 'number') return Number.isNaN(value) ? null : value;
    return value === NO_CATEGORY ? null : about.categories[value];
  });
}
const code = (wanted: string) => ({ problem: { code: wanted } });

// What these files of other people hold was counted with Python's csv module.
describe('a real file', () => {
  it('of the weather has a date that is free text, four numbers, and the weather to tell', async () => {
    const { rows, header, columns, notes } = await summaryOf(realFile('seattle-weather.csv'));
    expect({ rows, header, notes }).toEqual({ rows: 1461, header: true, notes: [] });
    expect(columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'date text',
      ...['precipitation number', 'temp_max number', 'temp_min number', 'wind number'],
      'weather category',
    ]);
    expect(columns[1]).toMatchObject({ distinct: 111, min: 0, max: 55.9 });
    expect(columns[2]).toMatchObject({ mean: expect.closeTo(16.439083, 6) });
    expect(columns[5]).toMatchObject({
      commonest: [
        { name: 'rain', count: 641 },
        { name: 'sun', count: 640 },
        { name: 'fog', count: 101 },
        { name: 'drizzle', count: 53 },
      ],
    });
    expect(proposedTarget(columns)).toBe(5);
    expect(columns[5] && proposedTask(columns[5])).toBe('classification');
  });

  it('of bird strikes has empty cells, and categories in doubt', async () => {
    const { rows, columns } = await summaryOf(realFile('birdstrikes.csv'));
    expect(rows).toBe(10_000);
    expect(columns[1]).toMatchObject({ name: 'Aircraft Make Model', distinct: 225, doubt: 'many' });
    // A damage of "None" is a damage like others.
    expect(columns[2]).toMatchObject({
      distinct: 6,
      commonest: [{ name: 'None', count: 8939 }, {}, {}, {}],
    });
    expect(columns[3]).toMatchObject({ name: 'Flight Date', kind: 'text' });
    const speed = columns[13];
    expect(speed).toMatchObject({ kind: 'number', missing: 2836, min: 0, max: 350, doubt: null });
    expect(speed).toMatchObject({ mean: expect.closeTo(153.535176, 6) });
  });

  it('of irises has no header; its numbers have the ranges and means that its authors publish', async () => {
    const { rows, header, columns } = await summaryOf(irisFile());
    expect({ rows, header }).toEqual({ rows: 150, header: false });
    // Minimum, maximum and mean of iris.names.
    const published = [
      [4.3, 7.9, 5.84],
      [2, 4.4, 3.05],
      [1, 6.9, 3.76],
      [0.1, 2.5, 1.2],
    ] as const;
    published.forEach(([min, max, mean], i) => {
      expect(columns[i]).toMatchObject({ kind: 'number', missing: 0, min, max });
      expect(columns[i]).toMatchObject({ mean: expect.closeTo(mean, 2) });
    });
    expect(columns[4]).toMatchObject({
      kind: 'category',
      commonest: ['Iris-setosa', 'Iris-versicolor', 'Iris-virginica'].map((name) => ({
        ...{ name, count: 50 },
      })),
    });
    expect(proposedTarget(columns)).toBe(4);
  });

  it('with tabs between its cells is read as well', async () => {
    const { rows, columns } = await summaryOf(realFile('unemployment.tsv'));
    expect(rows).toBe(3218);
    expect(columns).toMatchObject([
      { name: 'id', kind: 'number', min: 1001, max: 72153 },
      { name: 'rate', min: 0.012, max: 0.301, distinct: 210 },
    ]);
    expect(columns[1] && proposedTask(columns[1])).toBe('regression');
  });

  it('with a mark of its encoding in front keeps its first name clean', async () => {
    const papa = require.resolve('papaparse').replace(/papaparse\.js$/, '');
    const { columns } = await read(new Blob([readFileSync(`${papa}tests/utf-8-bom-sample.csv`)]), {
      header: true,
    });
    const [first] = columns;
    expect(first?.column?.name ?? (first?.column === null ? first.name : '')).toMatch(/^\w/);
  });
});

describe('cells', () => {
  it('come back as they were written, whatever quotes, line ends and pieces they come in', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', 'é', '字'), maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(cell, { minLength: 1, maxLength: 20 }),
        fc.constantFrom('\n', '\r\n'),
        async (written, end) => {
          const quoted = written.map((text) => `"x${text.replaceAll('"', '""')}x",1${end}`);
          const bytes = new TextEncoder().encode(`text,n${end}${quoted.join('')}`);
          expect(await cells(bytes)).toEqual(written.map((text) => `x${text}x`));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of numbers are read with thousands, decimal commas, signs and exponents', async () => {
    expect(await cells('x,y\n"1,234.5",a\n-2e3,a\n+.5,a\n7,a')).toEqual([1234.5, -2000, 0.5, 7]);
    expect(await cells('x;y\n3,14;a\n-1,5;a\n2;a')).toEqual([3.14, -1.5, 2]);
  });

  it('that are empty, NA or a question mark are missing', async () => {
    expect(await cells('x,y\n1,a\n,a\nNA,a\n?,a\nnull,a\n2,a')).toEqual([
      1,
      null,
      null,
      null,
      null,
      2,
    ]);
    expect(await cells('x,y\na,1\n,1\nb,1')).toEqual(['a', null, 'b']);
  });

  it('of text among numbers count as missing, and the first is named by its row', async () => {
    const lines = Array.from({ length: 40 }, (_, i) => (i === 16 ? 'abc,0' : `${String(i)},0`));
    const { columns, notes } = await summaryOf(['x,z', ...lines].join('\n'));
    expect(columns[0]).toMatchObject({ kind: 'number', missing: 1 });
    expect(notes).toMatchObject([
      { code: 'mixedColumn', params: { column: 'x', count: 1, row: 18, text: 'abc' } },
    ]);
  });

  it('of text among numbers that are no column of numbers are named with the first of them', async () => {
    const lines = Array.from({ length: 40 }, (_, i) =>
      i % 4 < 2 ? `${String(i)},a` : `t${String(i % 4)},7`,
    );
    expect((await summaryOf(['x,z', ...lines].join('\n'))).notes).toMatchObject([
      {
        code: 'numbersAndText',
        params: { column: 'x', numbers: 20, count: 20, row: 4, text: 't2' },
      },
      {
        code: 'numbersAndText',
        params: { column: 'z', numbers: 20, count: 20, row: 2, text: 'a' },
      },
    ]);
    // One number among many names is a name.
    const names = Array.from({ length: 40 }, (_, i) => (i === 9 ? '7,1' : `n${String(i % 3)},2`));
    expect((await summaryOf(['x,z', ...names].join('\n'))).notes).toEqual([]);
  });

  it('of text among as many numbers are categories, numbers too', async () => {
    expect(await cells('x,y\n1,0\nlow,0\n1,0\nhigh,0')).toEqual(['1', 'low', '1', 'high']);
  });
});

describe('rows', () => {
  it('that do not fit are left out and counted, the first by its number', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => (i === 15 ? '1,2' : '1,2,3'));
    const { rows, notes } = await summaryOf(['a,b,c', ...lines].join('\n'));
    expect(rows).toBe(59);
    expect(notes).toMatchObject([
      { code: 'raggedRows', params: { count: 1, row: 17, fields: 2, wanted: 3 } },
    ]);
  });

  it('that do not fit one time in ten are too many', async () => {
    const lines = Array.from({ length: 100 }, (_, i) => (i % 10 === 3 ? '1,2' : '1,2,3'));
    await expect(read(['a,b,c', ...lines].join('\n'))).rejects.toMatchObject({
      problem: { code: 'tooRagged', params: { count: 10, row: 5 } },
    });
  });

  it('that are empty, and a comma too many at each end, are no matter', async () => {
    const { rows, notes } = await summaryOf('a,b\n1,2,\n\n3,4,\n\n');
    expect({ rows, notes }).toEqual({ rows: 2, notes: [] });
  });
});

describe('names', () => {
  it('are found in the first row where no cell of it is a number, or where the user says so', async () => {
    const header = async (text: string, how?: boolean) =>
      (await summaryOf(text, { header: how ?? null })).columns.map(({ name }) => name);
    expect(await header('a, b ,a\n1,2,3')).toEqual(['a', 'b', 'a (2)']);
    expect(await header('1,2\n3,4')).toEqual(['column 1', 'column 2']);
    expect(await header(',b\n1,2')).toEqual(['column 1', 'b']);
    expect(await header('2019,2020\n3,4', true)).toEqual(['2019', '2020']);
    expect((await read('a,b\nc,d', { header: false })).rows).toBe(2);
  });
});

describe('encodings', () => {
  const latin = Uint8Array.of(...[120, 44, 121, 10], 0xe9, 44, 49, 10, 0xe8, 44, 50, 10);

  it('are read as UTF-16 without a mark, too, whichever byte comes first', async () => {
    const text = 'x,y\n1,ä\n2,b\n';
    const units = Uint16Array.from(text, (each) => each.charCodeAt(0));
    const little = new Uint8Array(units.buffer);
    expect(await cells(little, 1)).toEqual(['ä', 'b']);
    const big = little.map((_, i) => little[i ^ 1] ?? 0);
    expect(await cells(big, 1)).toEqual(['ä', 'b']);
  });

  it('of a workbook are refused, since it is no text', async () => {
    const workbook = Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x14, 0, 6, 0);
    await expect(read(workbook)).rejects.toMatchObject(code('notText'));
  });

  it('that are not UTF-8 are told, with a choice of others', async () => {
    await expect(read(latin)).rejects.toMatchObject({
      problem: {
        ...{ code: 'wrongEncoding', at: 'encoding' },
        // x,y⏎ are four bytes, then é.
        params: { encoding: 'UTF-8', line: 2, byte: 5 },
      },
    });
    expect(await cells(latin, 0, { encoding: 'windows-1252' })).toEqual(['é', 'è']);
  });

  it('that go wrong far behind their beginning are told by the line and the byte', async () => {
    // A character of three bytes lies across the pieces in which files arrive.
    const good = `x,y\n${'字,1\n'.repeat(200_000)}`;
    const bytes = new TextEncoder().encode(good);
    const cut = new Blob([bytes, Uint8Array.of(0xe9, 0x2c, 0x31, 0x0a)]);
    await expect(read(cut)).rejects.toMatchObject({
      problem: { params: { line: 200_002, byte: 4 + 6 * 200_000 + 1 } },
    });
    await expect(read(new Blob([bytes, Uint8Array.of(0xe5, 0xad)]))).rejects.toMatchObject({
      problem: { params: { line: 200_002, byte: 4 + 6 * 200_000 + 1 } },
    });
  });

  it('that are no text are told so whatever the encoding, by the byte', async () => {
    const picture = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d);
    for (const encoding of ['auto', 'windows-1252', 'gb18030'] as const) {
      await expect(read(picture, { encoding })).rejects.toMatchObject({
        problem: { code: 'binaryFile', params: { byte: 9 } },
      });
    }
    const noise = Uint8Array.from({ length: 2_000 }, (_, i) => 1 + ((i * 37) % 255));
    await expect(read(noise, { encoding: 'windows-1252' })).rejects.toMatchObject(
      code('binaryFile'),
    );
    // DOS ended its files with a control character.
    expect((await read(`x,y\n${'1,2\n'.repeat(40)}\u001a`)).rows).toBe(40);
  });

  it('of two bytes are known by their mark', async () => {
    const text = '\ufeffx,y\né,1\n字,2\n';
    const little = new Uint8Array(Uint16Array.from(text, (each) => each.charCodeAt(0)).buffer);
    const big = little.map((_, i) => little[i ^ 1] ?? 0);
    expect(await cells(little)).toEqual(['é', '字'].sort());
    expect(await cells(big)).toEqual(['é', '字'].sort());
  });

  it('of Chinese text are read', async () => {
    // 男, 女 in GB 18030.
    const bytes = Uint8Array.of(120, 44, 121, 10, 0xc4, 0xd0, 44, 49, 10, 0xc5, 0xae, 44, 50, 10);
    expect(await cells(bytes, 0, { encoding: 'gb18030' })).toEqual(['男', '女']);
  });
});

describe('what cannot be read is refused, and says what and where', () => {
  it.each([
    ['nothing at all', '', 'noTable'],
    ['a header alone', 'a,b,c\n', 'noTable'],
    [
      'ten thousand columns',
      `${Array.from({ length: 10_000 }, (_, i) => `c${String(i)}`).join(',')}\n1\n`,
      'tooManyColumns',
    ],
    ['a quotation mark that is never closed', 'a,b\n1,2\n"3,4\n5,6\n', 'openQuote'],
  ])('%s', async (_, content, wanted) => {
    await expect(read(content)).rejects.toMatchObject(code(wanted));
  });

  it('a quotation mark that is never closed does not fill the memory with the rest of the file', async () => {
    const long = `a,b\n1,"2\n${'3,4\n'.repeat(2_000_000)}`;
    await expect(read(long)).rejects.toMatchObject({
      problem: { code: 'openQuote', params: { row: 2 } },
    });
  });
});

describe('a column is in doubt', () => {
  const doubts = async (text: string) => (await summaryOf(text)).columns.map(({ doubt }) => doubt);

  it('where it never changes, counts the rows, or has another text in every row', async () => {
    const lines = Array.from(
      { length: 30 },
      (_, i) => `same,${String(i + 5)},id-${String(i)},${String(i % 7)}`,
    );
    expect(await doubts(['a,b,c,d', ...lines].join('\n'))).toEqual([
      'constant',
      'counts',
      'unique',
      null,
    ]);
  });
});
