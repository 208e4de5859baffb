import { openDB } from 'idb';

/**
 * Where the worker keeps what must outlive the tab: values by key. Values are structured-cloned, so
 * typed arrays come back bit for bit.
 */
export interface Store {
  get(key: string): Promise<unknown>;
  /** Values of the keys that begin with `prefix`, in the order of the keys. */
  list(prefix: string): Promise<readonly unknown[]>;
  /** One transaction: removes every key that begins with one of `remove`, then puts. */
  write(change: {
    readonly remove?: readonly string[];
    readonly put?: Readonly<Record<string, unknown>>;
  }): Promise<void>;
}

/** Lasts as long as the tab: for browsers that keep nothing, and for tests. */
export function memoryStore(): Store {
  const values = new Map<string, unknown>();
  const keys = (prefix: string) =>
    [...values.keys()].filter((key) => key.startsWith(prefix)).sort();
  return {
    get: (key) => Promise.resolve(structuredClone(values.get(key))),
    list: (prefix) => Promise.resolve(keys(prefix).map((key) => structuredClone(values.get(key)))),
    write: ({ remove = [], put = {} }) => {
      for (const key of remove.flatMap(keys)) values.delete(key);
      for (const [key, value] of Object.entries(put)) values.set(key, structuredClone(value));
      return Promise.resolve();
    },
  };
}

const TABLE = 'values';
/** Sorts behind every character that a key holds. */
const LAST = '\uffff';

/** @throws where the browser keeps nothing: a private window, a full disk, a host without the right */
export async function indexedDbStore(name: string): Promise<Store> {
  const database = await openDB(name, 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore(TABLE);
    },
    // A newer page wants the database: this one's next write fails and is reported.
    blocking: (_current, _blocked, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
    },
  });
  const range = (prefix: string) => IDBKeyRange.bound(prefix, prefix + LAST);
  return {
    get: (key) => database.get(TABLE, key),
    list: (prefix) => database.getAll(TABLE, range(prefix)),
    write: async ({ remove = [], put = {} }) => {
      const transaction = database.transaction(TABLE, 'readwrite');
      const work = [
        ...remove.map((prefix) => transaction.store.delete(range(prefix))),
        ...Object.entries(put).map(([key, value]) => transaction.store.put(value, key)),
      ];
      await Promise.all([...work, transaction.done]);
    },
  };
}

/**
 * The browser's database, or memory where it keeps nothing. Opened on first use; what was asked in the
 * meantime waits.
 * @param fail told once where the browser keeps nothing
 */
export function openStore(name: string, fail: () => void): Store {
  let opening: Promise<Store> | null = null;
  const opened = () =>
    (opening ??= indexedDbStore(name).catch(() => {
      fail();
      return memoryStore();
    }));
  return {
    get: async (key) => (await opened()).get(key),
    list: async (prefix) => (await opened()).list(prefix),
    write: async (change) => (await opened()).write(change),
  };
}
