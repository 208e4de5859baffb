/** A width that a layer may have, and what it costs: the increase of the loss. */
export interface Width {
  readonly bits: number;
  readonly cost: number;
}

/** A layer that is to be given one of its widths. */
export interface Sized {
  readonly weights: number;
  /** Of ascending bits, at least one. */
  readonly widths: readonly Width[];
}

/** From a width to the next on the lower convex hull of a layer's costs. */
interface Exchange {
  readonly bits: number;
  readonly gain: number;
}

/** What so many bits can make of layers. */
export interface Bound {
  /** No way to spend so many bits costs less; infinite where none is possible. */
  readonly below: (bits: number) => number;
  /** A way that fits costs this; infinite where none does. */
  readonly within: (bits: number) => number;
}

/** Exchanges in the order of what a bit gains: all that fit, and for the lower bound a part of the next. */
export function createBound(layers: readonly Sized[]): Bound {
  const exchanges = layers
    .flatMap(({ weights, widths }) => hullOf(widths, weights))
    .sort((a, b) => b.gain / b.bits - a.gain / a.bits);
  const narrowest = layers.reduce(
    (sum, { weights, widths }) => sum + weights * (widths[0]?.bits ?? 0),
    0,
  );
  const first = layers.reduce((sum, { widths }) => sum + (widths[0]?.cost ?? 0), 0);
  const spent = [narrowest];
  const costs = [first];
  exchanges.forEach(({ bits, gain }, i) => {
    spent.push((spent[i] ?? 0) + bits);
    costs.push((costs[i] ?? 0) - gain);
  });
  const doneWith = (bits: number) => {
    let [low, high] = [0, exchanges.length];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((spent[middle] ?? 0) <= bits) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    below: (bits) => {
      if (bits < narrowest) return Infinity;
      const done = doneWith(bits);
      const next = exchanges[done];
      const part = next === undefined ? 0 : (bits - (spent[done] ?? 0)) / next.bits;
      return (costs[done] ?? 0) - part * (next?.gain ?? 0);
    },
    within: (bits) => (bits < narrowest ? Infinity : (costs[doneWith(bits)] ?? 0)),
  };
}

function hullOf(widths: readonly Width[], weights: number): Exchange[] {
  const hull: Width[] = [];
  for (const width of widths) {
    while (!isConvex(hull, width)) hull.pop();
    hull.push(width);
  }
  return hull.slice(1).map(({ bits, cost }, i) => ({
    bits: weights * (bits - (hull[i]?.bits ?? 0)),
    gain: (hull[i]?.cost ?? 0) - cost,
  }));
}

/** Whether the last of the hull gains more a bit than `width` does behind it. */
function isConvex(hull: readonly Width[], width: Width): boolean {
  const [from, over] = [hull.at(-2), hull.at(-1)];
  if (from === undefined || over === undefined) return true;
  const before = (from.cost - over.cost) / (over.bits - from.bits);
  return before > (over.cost - width.cost) / (width.bits - over.bits);
}
