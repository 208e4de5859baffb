import { strFromU8, strToU8, unzipSync, Zip, ZipDeflate } from 'fflate';
import { WhittleError } from '../../experiment/problem';
import { sizeOf } from '../../experiment/shapes';
import type { ChosenFile, PictureSet, ReadPictures } from '../protocol';
import { tooLong, tooLongToSave } from './problems';

const ABOUT = 'about.json';
const PIXELS = 'pixels.bin';
const LABELS = 'labels.bin';

/** Bytes that are packed between two looks at what else there is to do: some ten milliseconds. */
const AT_ONCE = 1 << 18;

/** Larger files, or parts of one, would not fit into a tab. */
const MAX_BYTES = 600e6;

/**
 * Pictures as a zip of their bytes, a `.whittle-data` file, that is read again here.
 * @param most bytes of a file, or a part of one, that can be read again
 * @throws WhittleError where they are more
 */
export async function zipOf(
  { name, shape, classes, pixels, labels, given }: PictureSet,
  pause: () => Promise<unknown>,
  most = MAX_BYTES,
): Promise<Blob> {
  if (pixels.length > most) throw tooLongToSave(name, pixels.length, most);
  let length = 0;
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, part) => {
    if (error !== null) throw error;
    length += part.length;
    // What is noise gets no shorter.
    if (length > most) throw tooLongToSave(name, length, most);
    parts.push(part.slice());
  });
  const about = { whittle: 'pictures', name, shape, classes, given };
  const files = { [ABOUT]: strToU8(JSON.stringify(about)), [PIXELS]: pixels, [LABELS]: labels };
  for (const [path, bytes] of Object.entries(files)) {
    const file = new ZipDeflate(path, { level: 6 });
    zip.add(file);
    for (let at = 0; at === 0 || at < bytes.length; at += AT_ONCE) {
      file.push(bytes.subarray(at, at + AT_ONCE), at + AT_ONCE >= bytes.length);
      await pause();
    }
  }
  zip.end();
  return new Blob(parts, { type: 'application/zip' });
}

/** The pictures in a `.whittle-data` file. @throws WhittleError where the file is none, or too long */
export async function readOwnFile({ path: name, file }: ChosenFile): Promise<ReadPictures> {
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
    if (pixels.length !== labels.length * sizeOf(facts.shape)) throw notOurs(name);
    if (labels.some((label) => label >= facts.classes.length)) throw notOurs(name);
    return {
      ...{ ...facts, pixels, labels, merged: false, asTheyAre: true, broken: [], brokenCount: 0 },
      ignored: { hidden: 0, others: 0, loose: 0 },
    };
  } catch (error) {
    throw error instanceof WhittleError ? error : notOurs(name);
  }
}

/** What a set says of itself; of how it was made only where it says it. */
function readAbout(value: unknown, file: string): Omit<PictureSet, 'pixels' | 'labels'> {
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
  const given = 'given' in value ? readGiven(value.given) : null;
  return { name, shape: [height, width, channels], classes, ...(given && { given }) };
}

function readGiven(value: unknown): PictureSet['given'] | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!('keep' in value) || !('inverts' in value)) return null;
  const { keep, inverts } = value;
  if ((keep !== 'middle' && keep !== 'whole') || typeof inverts !== 'boolean') return null;
  return { keep, inverts };
}

export function notOurs(name: string): WhittleError {
  return new WhittleError({
    code: 'notOurData',
    params: { name },
    message: `${name} is no data that Whittle has saved, or it is damaged. Choose a .whittle-data or a CSV file.`,
  });
}
