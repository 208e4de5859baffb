import { sizeOf } from '../../experiment/shapes';
import { told } from '../../deploy/reason';
import type { BrokenFile, ChosenFile, PictureOptions, ReadPictures } from '../protocol';
import { checkUnpacked, openArchive, unpack } from './archive';
import { BrokenPicture, type decodePicture } from './decode';
import { idxBytes, looksLikeGzip, looksLikeIdx, pairIdx, readIdx, type Idx } from './idx';
import { looseProblem } from './loose';
import { brokenIdx, noPictures, nothingReadable } from './problems';
import { sortOut } from './sort-out';
import type { Wanted } from '../../draw/shrink';

/** Files that were chosen, and what their pictures are to become. */
export interface PictureJob {
  readonly files: readonly ChosenFile[];
  readonly options: PictureOptions;
}

export interface PictureProgress {
  readonly done: number;
  readonly total: number;
}

type Tell = (progress: PictureProgress) => void;
/** A picture to read: its path, and its bytes; null where the archive does not give them. */
type Item = readonly [path: string, label: number, bytes: Uint8Array | null];

/** Broken files that are named; more are counted. */
const NAMED = 10;
const ZIP = [0x50, 0x4b];

/**
 * Pictures with their classes from a zip file, a folder, or pairs of IDX files, whichever the files are by what is
 * in them. Pictures that cannot be read are left out and named.
 * @throws WhittleError where nothing can be read, or where it would be too much
 */
export async function readPictures(
  { files, options }: PictureJob,
  tell: Tell,
  decode: typeof decodePicture,
): Promise<ReadPictures> {
  const [first] = files;
  if (first === undefined) throw noPictures('–');
  const start = new Uint8Array(await first.file.slice(0, 4).arrayBuffer());
  if (files.length === 1 && ZIP.every((byte, i) => start[i] === byte)) {
    return fromArchive(first, options, tell, decode);
  }
  const inFolder = ({ path }: ChosenFile) => path.includes('/');
  if (!inFolder(first) && (looksLikeIdx(start) || looksLikeGzip(start))) return fromIdx(files);
  if (!files.some(inFolder)) throw looseProblem(files.map(({ path }) => path));
  return fromFolder(files, options, tell, decode);
}

async function fromArchive(
  { path: name, file }: ChosenFile,
  options: PictureOptions,
  tell: Tell,
  decode: typeof decodePicture,
): Promise<ReadPictures> {
  const archive = await openArchive(name, file);
  const sorted = sortOut(
    name,
    archive.entries.map((entry) => entry.name),
  );
  const places = sorted.pictures.map(({ at }) => at);
  checkUnpacked(archive, places);
  const labels = new Map(sorted.pictures.map(({ at, label }) => [at, label]));
  function* items(): Generator<Item> {
    for (const { at, contents } of unpack(archive, places)) {
      yield [archive.entries[at]?.name ?? '', labels.get(at) ?? 0, contents];
    }
  }
  const wanted = wantedOf(options);
  const read = await decodeAll(name, items(), places.length, wanted, tell, decode);
  const { classes, ignored, merged } = sorted;
  return { name: withoutEnding(name), classes, ignored, merged, asTheyAre: false, ...read };
}

async function fromFolder(
  files: readonly ChosenFile[],
  options: PictureOptions,
  tell: Tell,
  decode: typeof decodePicture,
): Promise<ReadPictures> {
  const [top = ''] = files[0]?.path.split('/') ?? [];
  const { classes, pictures, ignored, merged } = sortOut(
    top,
    files.map(({ path }) => path),
  );
  async function* items(): AsyncGenerator<Item> {
    for (const { at, label } of pictures) {
      const chosen = files[at];
      if (chosen === undefined) continue;
      yield [chosen.path, label, new Uint8Array(await chosen.file.arrayBuffer())];
    }
  }
  const wanted = wantedOf(options);
  const read = await decodeAll(top, items(), pictures.length, wanted, tell, decode);
  return { name: top, classes, ignored, merged, asTheyAre: false, ...read };
}

function wantedOf({ colour, keep }: PictureOptions): Wanted {
  const side = colour ? 32 : 28;
  return { height: side, width: side, channels: colour ? 3 : 1, keep };
}

async function decodeAll(
  name: string,
  items: Iterable<Item> | AsyncIterable<Item>,
  total: number,
  wanted: Wanted,
  tell: Tell,
  decode: typeof decodePicture,
): Promise<Pick<ReadPictures, 'shape' | 'pixels' | 'labels' | 'broken' | 'brokenCount'>> {
  const shape = [wanted.height, wanted.width, wanted.channels] as const;
  const pixels = new Uint8Array(total * sizeOf(shape));
  const labels = new Uint8Array(total);
  const broken: BrokenFile[] = [];
  let brokenCount = 0;
  let count = 0;
  let done = 0;
  for await (const [path, label, bytes] of items) {
    tell({ done: done++, total });
    try {
      if (bytes === null) throw new BrokenPicture('unpacking');
      pixels.set(await decode(bytes, wanted), count * sizeOf(shape));
      labels[count++] = label;
    } catch (error) {
      if (!(error instanceof BrokenPicture)) throw error;
      if (brokenCount++ < NAMED) broken.push({ path, reason: error.reason });
    }
  }
  const [first] = broken;
  if (count === 0 && first !== undefined) throw nothingReadable(name, first.path, first.reason);
  return {
    shape,
    pixels: pixels.slice(0, count * sizeOf(shape)),
    labels: labels.slice(0, count),
    ...{ broken, brokenCount },
  };
}

/** Pictures as they are, all pairs put together: Whittle splits by the seed. */
async function fromIdx(files: readonly ChosenFile[]): Promise<ReadPictures> {
  const read: Idx[] = [];
  for (const { path, file } of files) read.push(readIdx(path, await idxBytes(path, file)));
  const pairs = pairIdx(read);
  const [first] = pairs;
  const [, height = 0, width = 0] = first?.pictures.shape ?? [];
  for (const { pictures } of pairs) {
    const { name, shape } = pictures;
    if (shape[1] !== height || shape[2] !== width) {
      throw brokenIdx(
        name,
        told`its pictures have another size than those of ${first?.pictures.name ?? ''}`,
      );
    }
  }
  const labels = joined(pairs.map((pair) => pair.labels.values));
  const most = labels.reduce((max, label) => Math.max(max, label), 0);
  return {
    name: withoutEnding(first?.pictures.name ?? ''),
    shape: [height, width, 1],
    classes: Array.from({ length: most + 1 }, (_, label) => String(label)),
    pixels: joined(pairs.map((pair) => pair.pictures.values)),
    labels,
    ignored: { hidden: 0, others: 0, loose: 0 },
    merged: pairs.length > 1,
    asTheyAre: true,
    ...{ broken: [], brokenCount: 0 },
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function withoutEnding(name: string): string {
  return name.replace(/(\.gz)?$/i, '').replace(/\.\w{1,8}$/, '');
}
