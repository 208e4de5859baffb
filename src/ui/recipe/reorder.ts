import type { Step } from '../../experiment/step';

/** Steps with keys that stay with a step while it is edited or moved, so that a card keeps what is unfolded in it. */
export interface KeyedSteps {
  readonly steps: readonly Step[];
  readonly keys: readonly number[];
  readonly next: number;
}

export function keySteps(steps: readonly Step[]): KeyedSteps {
  return { steps, keys: steps.map((_, index) => index), next: steps.length };
}

/** The keys after a change: an untouched step keeps its own, an edited one that of its place. */
export function rekey(before: KeyedSteps, steps: readonly Step[]): KeyedSteps {
  const free = new Map(before.keys.map((key, index) => [key, before.steps[index]]));
  const keys: (number | undefined)[] = steps.map((step) => {
    for (const [key, old] of free) {
      if (old !== step) continue;
      free.delete(key);
      return key;
    }
    return undefined;
  });
  let { next } = before;
  return {
    steps,
    keys: keys.map((key, index) => {
      if (key !== undefined) return key;
      const inPlace = before.keys[index];
      const taken = inPlace === undefined || !free.delete(inPlace);
      return taken ? next++ : inPlace;
    }),
    get next() {
      return next;
    },
  };
}

/** Where a card that is dragged to height `y` would end: the number of other cards whose middle is above. */
export function dropIndex(middles: readonly number[], from: number, y: number): number {
  return middles.filter((middle, index) => index !== from && middle < y).length;
}
