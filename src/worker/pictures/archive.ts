import { unzipSync, type UnzipFileInfo } from 'fflate';
import {
  MAX_ARCHIVE_BYTES,
  MAX_FILES,
  MAX_PICTURE_BYTES,
  MAX_RATIO,
  MAX_UNPACKED_BYTES,
} from './limits';
import { archiveBomb, brokenArchive, tooLong, tooManyFiles } from './problems';

/** A zip file whose list of contents was read, and nothing else. */
export interface Archive {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly entries: readonly UnzipFileInfo[];
}

/** Entries that are unpacked at a time: the library goes through the list once for each. */
const AT_ONCE = 200;

/** @throws WhittleError where it is too long, holds too much, or is no zip file */
export async function openArchive(name: string, file: Blob): Promise<Archive> {
  if (file.size > MAX_ARCHIVE_BYTES) throw tooLong(name, file.size, MAX_ARCHIVE_BYTES);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const entries: UnzipFileInfo[] = [];
  reading(name, () =>
    unzipSync(bytes, {
      filter: (entry) => {
        if (entries.length === MAX_FILES) throw tooManyFiles(name, MAX_FILES);
        entries.push(entry);
        return false;
      },
    }),
  );
  return { name, bytes, entries };
}

/** @throws WhittleError where these entries would unpack to more than can be, or than an honest archive's do */
export function checkUnpacked({ name, bytes, entries }: Archive, places: readonly number[]): void {
  const unpacked = places.reduce((sum, at) => sum + lengthOf(entries[at]), 0);
  const most = Math.min(MAX_UNPACKED_BYTES, Math.max(MAX_RATIO * bytes.length, MAX_PICTURE_BYTES));
  if (unpacked > most) throw archiveBomb(name, unpacked, most);
}

/**
 * What lies at these places, some at a time. None becomes longer than the list says. Null for one that
 * cannot be unpacked.
 */
export function* unpack(
  archive: Archive,
  places: readonly number[],
): Generator<{ readonly at: number; readonly contents: Uint8Array | null }> {
  for (const some of portions(archive, places)) {
    const together = unpackSome(archive, some);
    for (const [i, at] of some.entries()) {
      // One that is broken takes those that are unpacked with it along.
      const contents = together === null ? unpackSome(archive, [at])?.[0] : together[i];
      yield { at, contents: contents ?? null };
    }
  }
}

/** An entry that is not packed is as long as it is there, whatever it says. */
function lengthOf(entry: UnzipFileInfo | undefined): number {
  return Math.max(entry?.size ?? 0, entry?.originalSize ?? 0);
}

/** As many places at a time as the memory bears. */
function* portions({ entries }: Archive, places: readonly number[]): Generator<readonly number[]> {
  let some: number[] = [];
  let bytes = 0;
  for (const at of places) {
    const length = lengthOf(entries[at]);
    if (some.length === AT_ONCE || (some.length > 0 && bytes + length > MAX_PICTURE_BYTES)) {
      yield some;
      [some, bytes] = [[], 0];
    }
    some.push(at);
    bytes += length;
  }
  if (some.length > 0) yield some;
}

/** Null where one of them is broken. */
function unpackSome(
  { bytes, entries }: Archive,
  places: readonly number[],
): readonly (Uint8Array | undefined)[] | null {
  const wanted = new Set(places);
  let at = 0;
  try {
    const contents = unzipSync(bytes, { filter: () => wanted.has(at++) });
    return places.map((place) => {
      const path = entries[place]?.name ?? '';
      return Object.hasOwn(contents, path) ? contents[path] : undefined;
    });
  } catch {
    return null;
  }
}

/** The library's errors as ours. */
function reading(name: string, read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'WhittleError') throw error;
    throw brokenArchive(name);
  }
}
