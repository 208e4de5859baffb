/** A tensor to choose from; `mask`: 1 keeps, 0 is pruned already. */
export interface Candidates {
  readonly values: Float32Array;
  readonly mask: Uint8Array | undefined;
}

/** All bits but the sign: read as an integer they order floats as |w| does, so no sorting is needed. */
const MAGNITUDE_BITS = 0x7fffffff;

/**
 * Keep-masks that prune exactly `k` weights of all tensors together: those pruned already, then the
 * smallest |w|; of equal ones the lower flat index first (the tensors concatenated). Where more than
 * `k` are pruned already, nothing comes back.
 *
 * A radix selection on the bits of |w|, two counting passes of 16 bits: linear in the number of
 * weights, since a slider calls it on every move.
 */
export function pruneSmallest(tensors: readonly Candidates[], k: number): Uint8Array[] {
  const keep = tensors.map(
    ({ values, mask }) => mask?.slice() ?? new Uint8Array(values.length).fill(1),
  );
  const keys = tensors.map(
    ({ values }) => new Uint32Array(values.buffer, values.byteOffset, values.length),
  );
  let wanted = k;
  for (const mask of keep) for (const bit of mask) wanted -= 1 - bit;
  if (wanted <= 0) return keep;

  const high = new Uint32Array(0x8000);
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

function visit(
  keys: readonly Uint32Array[],
  keep: readonly Uint8Array[],
  each: (key: number, mask: Uint8Array, i: number) => void,
): void {
  keys.forEach((tensor, t) => {
    const mask = keep[t];
    if (mask === undefined) return;
    for (let i = 0; i < tensor.length; i++) {
      if (mask[i] === 1) each((tensor[i] ?? 0) & MAGNITUDE_BITS, mask, i);
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
