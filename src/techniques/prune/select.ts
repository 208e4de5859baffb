/** What there is to choose from in a tensor. */
export interface Candidates {
  /** Not NaN. */
  readonly scores: Float32Array;
  /** 1 keeps, 0 is pruned already. */
  readonly mask: Uint8Array | undefined;
}

/**
 * Keep-masks that prune exactly `k` candidates of all tensors together: those pruned already, then the
 * lowest scores; of equal ones the lower flat index first (the tensors concatenated). Where more than
 * `k` are pruned already, nothing comes back.
 *
 * A radix selection on the scores' bits, two counting passes of 16 each: linear in the number of
 * candidates, since a slider calls it on every move.
 */
export function pruneLowest(tensors: readonly Candidates[], k: number): Uint8Array[] {
  const keep = tensors.map(
    ({ scores, mask }) => mask?.slice() ?? new Uint8Array(scores.length).fill(1),
  );
  const keys = tensors.map(({ scores }) => orderedKeys(scores));
  let wanted = k;
  for (const mask of keep) for (const bit of mask) wanted -= 1 - bit;
  if (wanted <= 0) return keep;

  const high = new Uint32Array(0x10000);
  visit(keys, keep, (key) => {
    high[key >>> 16] = (high[key >>> 16] ?? 0) + 1;
  });
  const [top, beforeTop] = bucketOf(high, wanted);

  const low = new Uint32Array(0x10000);
  visit(keys, keep, (key) => {
    if (key >>> 16 === top) low[key & 0xffff] = (low[key & 0xffff] ?? 0) + 1;
  });
  const [bottom, beforeBottom] = bucketOf(low, wanted - beforeTop);

  const cut = ((top << 16) | bottom) >>> 0;
  let ties = wanted - beforeTop - beforeBottom;
  visit(keys, keep, (key, mask, i) => {
    if (key < cut) mask[i] = 0;
    else if (key === cut && ties > 0) {
      mask[i] = 0;
      ties -= 1;
    }
  });
  return keep;
}

/** Integers in the order of the numbers: of a negative one all bits are turned over, else the sign alone. */
function orderedKeys(scores: Float32Array): Uint32Array {
  // + 0 makes of the two zeros one.
  const keys = new Uint32Array(scores.map((score) => score + 0).buffer);
  return keys.map((bits) => bits ^ (bits >>> 31 === 1 ? 0xffffffff : 0x80000000));
}

function visit(
  keys: readonly Uint32Array[],
  keep: readonly Uint8Array[],
  each: (key: number, mask: Uint8Array, i: number) => void,
): void {
  keys.forEach((tensor, t) => {
    const mask = keep[t];
    if (mask === undefined) return;
    for (let i = 0; i < tensor.length; i++) {
      if (mask[i] === 1) each(tensor[i] ?? 0, mask, i);
    }
  });
}

/** The bucket that holds the `wanted`-th smallest key, and how many keys lie in the buckets before it. */
function bucketOf(counts: Uint32Array, wanted: number): [bucket: number, before: number] {
  let before = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    const inside = counts[bucket] ?? 0;
    if (before + inside >= wanted) return [bucket, before];
    before += inside;
  }
  // Fewer keys than wanted: everything goes.
  return [counts.length - 1, before - (counts.at(-1) ?? 0)];
}
