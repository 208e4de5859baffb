import { crc32 } from '../deploy/crc32';
import type { OwnContents, OwnData, OwnRecord, OwnValues } from '../data/own/record';
import { holderOf, readRecord, readValues } from '../data/own/record';
import type { LoadOwn } from '../data/own/open';
import type { Task } from '../experiment/architecture';
import type { DatasetRef } from '../experiment/experiment';
import { ownRef, type OwnAbout } from '../experiment/own-dataset';
import { WhittleError } from '../experiment/problem';
import { untaken } from '../experiment/untaken';
import type { Shape } from '../experiment/architecture';
import type { Store } from './store';

/** Descriptions and numbers lie apart, so that a list of sets reads no megabytes. */
const aboutKey = (ref: DatasetRef) => `data/${ref}/`;
const valuesKey = (ref: DatasetRef) => `values/${ref}/`;

/** A set to be kept, all of it but what follows from the rest. */
export interface NewSet {
  readonly about: Omit<OwnAbout, 'ref' | 'savedAt' | 'bytes'>;
  readonly contents: OwnContents;
  readonly values: OwnValues;
  /** Examples, what each is, and what is to be learned of it. */
  readonly count: number;
  readonly shape: Shape;
  readonly task: Task;
  readonly outputs: number;
}

/** Where a set comes from. */
interface Origin {
  /** The set whose table it was chosen from anew, whose cells both then share. */
  readonly of?: DatasetRef | null;
  /** The name that it has by its file: who leaves it so does not rename a set that is there. */
  readonly proposed?: string;
}

export type OwnSets = ReturnType<typeof createOwnSets>;

/** Data of the user's own, kept in this browser by what is in it. */
export function createOwnSets(store: Store) {
  const known = new Map<DatasetRef, WeakRef<OwnData>>();
  /** Changes so far: what was read before one may not be so any more. */
  let changes = 0;
  const forget = (ref: DatasetRef) => {
    changes++;
    known.delete(ref);
  };

  async function record(ref: DatasetRef): Promise<OwnRecord | null> {
    return readRecord(await store.get(aboutKey(ref)));
  }

  const load: LoadOwn = async (ref, found = () => undefined) => {
    const before = known.get(ref)?.deref();
    if (before !== undefined) {
      found(before.record.bytes);
      return before;
    }
    const then = changes;
    const about = await record(ref);
    if (about !== null) found(about.bytes);
    const values = about && readValues(await store.get(valuesKey(holderOf(about))));
    if (about === null || values === null) return null;
    const data = { record: about, values };
    if (changes === then) known.set(ref, new WeakRef(data));
    return data;
  };

  async function list(): Promise<readonly OwnRecord[]> {
    const records = (await store.list('data/')).map(readRecord);
    return records.filter((found) => found !== null).sort((a, b) => b.savedAt - a.savedAt);
  }

  /** A set's name, with a number behind it where another set has it: in a list nothing else tells them apart. */
  async function nameBeside(ref: DatasetRef, name: string): Promise<string> {
    const others = (await list()).filter((each) => each.ref !== ref);
    return untaken(name, new Set(others.map((each) => each.name)));
  }

  let last: Promise<unknown> = Promise.resolve();
  /**
   * Changes wait for one another, those of other tabs too where the browser lets them: a set that goes must not take
   * the numbers of one that comes.
   */
  function oneByOne<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = last.then(() => locked(work));
    last = turn.catch(() => undefined);
    return turn;
  }

  async function put(set: NewSet, { of = null, proposed }: Origin): Promise<OwnRecord> {
    const { about, contents, values, count } = set;
    const ref = ownRef(checksumOf(set), count, set);
    const before = await record(ref);
    const source = of === null || of === ref ? null : await record(of);
    const from = before ?? source;
    const holder = from === null ? ref : holderOf(from);
    const wanted = about.name === proposed?.trim() ? before?.name : undefined;
    const name = await nameBeside(ref, wanted ?? about.name);
    // A set that is the same again is written again: whatever had become of its numbers, they are there.
    const isThere = before === null && source !== null;
    const kept: OwnRecord = {
      ...{ ...about, name, contents, ref, savedAt: Date.now(), bytes: bytesOf(values) },
      ...(holder !== ref && { cells: holder }),
    };
    await store.write({
      put: { [aboutKey(ref)]: kept, ...(!isThere && { [valuesKey(holder)]: values }) },
    });
    forget(ref);
    known.set(ref, new WeakRef({ record: kept, values }));
    return kept;
  }

  return {
    load,
    /** Null where it is not in this browser. */
    record,
    /** The newest first. */
    list,
    /**
     * Keeps a set.
     * @throws WhittleError where there is no room for it
     */
    keep: async (set: NewSet, origin: Origin = {}): Promise<OwnRecord> => {
      try {
        return await oneByOne(() => put(set, origin));
      } catch (error) {
        // What cannot be written can often not be read either.
        const others = await list().then(
          (all) => all.length,
          () => 0,
        );
        throw notKept(set.about.name, bytesOf(set.values), { error, others });
      }
    },
    rename: (ref: DatasetRef, name: string): Promise<OwnRecord | null> =>
      oneByOne(async () => {
        const before = await record(ref);
        if (before === null) return null;
        const renamed = { ...before, name: await nameBeside(ref, name) };
        await store.write({ put: { [aboutKey(ref)]: renamed } });
        forget(ref);
        return renamed;
      }),
    /** Its numbers stay as long as another set shares them. */
    remove: (ref: DatasetRef): Promise<void> =>
      oneByOne(async () => {
        const all = await list();
        const holder = holderOf(all.find((each) => each.ref === ref) ?? { ref });
        const isShared = all.some((each) => each.ref !== ref && holderOf(each) === holder);
        await store.write({ remove: [aboutKey(ref), ...(isShared ? [] : [valuesKey(holder)])] });
        forget(ref);
      }),
  };
}

/** What the page needs to know: not every category of every column. */
export function aboutOf({ contents: _, cells: _cells, ...about }: OwnRecord): OwnAbout {
  return about;
}

/** Where a page may keep nothing it may not lock either: then the sets lie in this tab's memory, and no other has them. */
async function locked<Result>(work: () => Promise<Result>): Promise<Result> {
  if (typeof navigator === 'undefined' || !('locks' in navigator)) return work();
  const lock = { wasHeld: false };
  try {
    return await navigator.locks.request('whittle-own-data', () => {
      lock.wasHeld = true;
      return work();
    });
  } catch (error) {
    if (lock.wasHeld) throw error;
    return work();
  }
}

function arraysOf(values: OwnValues): readonly (Float64Array | Uint16Array | Uint8Array)[] {
  return values.kind === 'table' ? values.columns : [values.pixels, values.labels];
}

function bytesOf(values: OwnValues): number {
  return arraysOf(values).reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** Of all that a result depends on: not of the set's name. */
function checksumOf({ about, contents, values }: NewSet): number {
  const sums = arraysOf(values).map(({ buffer, byteOffset, byteLength }) =>
    crc32(new Uint8Array(buffer, byteOffset, byteLength)),
  );
  return crc32(new TextEncoder().encode(JSON.stringify([contents, about.classes, sums])));
}

/** `others`: sets that are kept. */
function notKept(
  name: string,
  bytes: number,
  { error, others }: { readonly error: unknown; readonly others: number },
): WhittleError {
  const megabytes = (bytes / 1e6).toFixed(1);
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  if (isFull && others === 0) {
    return new WhittleError({
      code: 'storageFullAlone',
      params: { name, megabytes },
      message: `The browser has no room for ${name} (${megabytes} MB), and no other data of yours is kept here. Free space on the disk, or delete what other pages keep in the browser’s settings; a private window has less room than others. Then try again.`,
    });
  }
  if (isFull) {
    return new WhittleError({
      code: 'storageFull',
      params: { name, megabytes },
      message: `The browser has no room for ${name} (${megabytes} MB). Delete data that you no longer need from the list, or free space on the disk. What is kept already is unharmed.`,
    });
  }
  // A browser's reason may end with a full stop or without.
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
  return new WhittleError({
    code: 'dataNotKept',
    params: { name, reason },
    message: `${name} could not be kept: ${reason}. What is kept already is unharmed; try again.`,
  });
}
