import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { OwnData, OwnTable } from '../data/own/record';
import { WhittleError } from '../experiment/problem';
import { pictureSet } from './keep-pictures';
import type { NewSet } from './own-data';
import { tooLong } from './pictures/problems';
import { cellText } from './own-tables';
import type { PictureSet } from './protocol';

/** A set as a file to keep elsewhere. */
export interface OwnFile {
  readonly extension: '.csv' | '.whittle-data';
  readonly content: Blob;
}

const ABOUT = 'about.json';
const PIXELS = 'pixels.bin';
const LABELS = 'labels.bin';
/** Rows that are written between two looks at what else there is to do. */
const ROWS_AT_ONCE = 5_000;

/** A table as CSV, whatever is chosen of it; pictures as a zip of their bytes that is read again here. */
export async function fileOf(
  { record, values }: OwnData,
  pause: () => Promise<unknown>,
): Promise<OwnFile> {
  const { contents, name, classes } = record;
  if (contents.kind === 'table' && values.kind === 'table') {
    const parts = await csvParts(contents, values.columns, pause);
    return { extension: '.csv', content: new Blob([...parts], { type: 'text/csv' }) };
  }
  if (contents.kind !== 'pictures' || values.kind !== 'pictures') throw notOurs(name);
  const about = { whittle: 'pictures', name, shape: contents.shape, classes };
  const zip = zipSync(
    {
      [ABOUT]: strToU8(JSON.stringify(about)),
      [PIXELS]: values.pixels,
      [LABELS]: values.labels,
    },
    { level: 6 },
  );
  return { extension: '.whittle-data', content: new Blob([zip], { type: 'application/zip' }) };
}

async function csvParts(
  { columns }: OwnTable,
  values: Extract<OwnData['values'], { kind: 'table' }>['columns'],
  pause: () => Promise<unknown>,
): Promise<readonly string[]> {
  const rows = values[0]?.length ?? 0;
  const parts = [`${columns.map(({ name }) => quoted(name)).join(',')}\n`];
  for (let from = 0; from < rows; from += ROWS_AT_ONCE) {
    const lines: string[] = [];
    for (let row = from; row < Math.min(rows, from + ROWS_AT_ONCE); row++) {
      const cells = columns.map((column, i) => quoted(cellText(column, values[i]?.[row] ?? NaN)));
      lines.push(`${cells.join(',')}\n`);
    }
    parts.push(lines.join(''));
    await pause();
  }
  return parts;
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Larger files would not fit into a tab. */
const MAX_BYTES = 600e6;

/** The set in a `.whittle-data` file. @throws WhittleError where the file is none, or too long */
export async function readOwnFile(file: Blob, name: string): Promise<NewSet> {
  if (file.size > MAX_BYTES) throw tooLong(name, file.size, MAX_BYTES);
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    const files = unzipSync(bytes, {
      filter: (file) =>
        [ABOUT, PIXELS, LABELS].includes(file.name) && file.originalSize <= MAX_BYTES,
    });
    const [about, pixels, labels] = [files[ABOUT], files[PIXELS], files[LABELS]];
    if (about === undefined || pixels === undefined || labels === undefined) throw notOurs(name);
    const facts = readAbout(JSON.parse(strFromU8(about)), name);
    if (labels.some((label) => label >= facts.classes.length)) throw notOurs(name);
    return pictureSet({ ...facts, pixels, labels });
  } catch (error) {
    throw error instanceof WhittleError ? error : notOurs(name);
  }
}

function readAbout(value: unknown, file: string): Pick<PictureSet, 'name' | 'shape' | 'classes'> {
  if (typeof value !== 'object' || value === null) throw notOurs(file);
  if (!('name' in value) || !('shape' in value) || !('classes' in value)) throw notOurs(file);
  const { name, shape, classes } = value;
  if (typeof name !== 'string' || !Array.isArray(shape) || !Array.isArray(classes)) {
    throw notOurs(file);
  }
  const [height, width, channels] = shape as readonly unknown[];
  const isSide = (side: unknown): side is number => Number.isInteger(side) && Number(side) > 0;
  const areTexts = classes.every((each) => typeof each === 'string');
  if (!isSide(height) || !isSide(width) || (channels !== 1 && channels !== 3) || !areTexts) {
    throw notOurs(file);
  }
  return { name, shape: [height, width, channels], classes };
}

function notOurs(name: string): WhittleError {
  return new WhittleError({
    code: 'notOurData',
    params: { name },
    message: `${name} is no data that Whittle has saved, or it is damaged. Choose a .whittle-data or a CSV file.`,
  });
}
