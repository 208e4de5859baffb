/** What was computed, by what it was computed from; the least recently used goes when it grows too large. */
export interface Cache<Value> {
  get(key: string): Value | undefined;
  /** Looks without counting as a use. */
  has(key: string): boolean;
  set(key: string, value: Value): void;
  delete(key: string): void;
  /** Sum of the sizes of what it holds. */
  bytes(): number;
}

/** The newest value is always kept, however large. */
export function createCache<Value>(
  budgetBytes: number,
  sizeOf: (value: Value) => number,
): Cache<Value> {
  // A Map iterates in the order of insertion: the first is the least recently used.
  const entries = new Map<string, { readonly value: Value; readonly bytes: number }>();
  let total = 0;

  function remove(key: string): void {
    total -= entries.get(key)?.bytes ?? 0;
    entries.delete(key);
  }

  return {
    get: (key) => {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    has: (key) => entries.has(key),
    set: (key, value) => {
      remove(key);
      const bytes = sizeOf(value);
      entries.set(key, { value, bytes });
      total += bytes;
      for (const oldest of entries.keys()) {
        if (total <= budgetBytes || oldest === key) break;
        remove(oldest);
      }
    },
    delete: remove,
    bytes: () => total,
  };
}
