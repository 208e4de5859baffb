import { MOST_ODDS, SQUASH, STRETCH } from './probability';
import type { BitCoder } from './range-coder';

/**
 * What a context has learnt: in the upper 22 bits how likely a 1 is, in the lower 10 how many bits it has
 * seen, up to `MOST_SEEN`. Fresh ones take either bit for as likely.
 */
type Slots = Int32Array;

const FRESH = 2 ** 31;
const MOST_SEEN = 255;
/** By how much a slot moves to the next bit after so many, of 32,768: 1 / (seen + 1.5). */
const RATE = Int32Array.from({ length: MOST_SEEN + 1 }, (_, seen) =>
  Math.floor(65_536 / (2 * seen + 3)),
);

function freshSlots(count: number): Slots {
  return new Int32Array(count).fill(FRESH);
}

function learnt(slot: number, bit: number): number {
  const p = slot >>> 10;
  const seen = slot & 1023;
  const next = p + (Math.imul(((bit << 22) - p) >> 7, RATE[seen] ?? 0) >> 8);
  return (next << 10) | (seen < MOST_SEEN ? seen + 1 : seen);
}

/** Bits in contexts of one kind. */
export class SimpleModel {
  private readonly slots: Slots;

  constructor(contexts: number) {
    this.slots = freshSlots(contexts);
  }

  code(coder: BitCoder, context: number, bit: number): number {
    const slot = this.slots[context] ?? 0;
    const p = slot >>> 16;
    const coded = coder.bit(p < LEAST_P ? LEAST_P : p > MOST_P ? MOST_P : p, bit);
    this.slots[context] = learnt(slot, coded);
    return coded;
  }
}

const LEAST_P = 32;
const MOST_P = 65_504;
/** Weights are in units of 1/65,536 and stay below 4. */
const FIRST_WEIGHT = 26_214;
const MOST_WEIGHT = 2 ** 18 - 1;
const LEARNING_SHIFT = 16;
const HALF = 2 ** (LEARNING_SHIFT - 1);

/**
 * Bits in three contexts at once: log odds of the three, weighted, are added, and the weights learn by gradient
 * descent on the length of the code (logistic mixing, Mahoney 2005).
 */
export class MixedModel {
  private constructor(
    private readonly slots: Slots,
    private readonly weights: Int32Array,
    private readonly second: number,
    private readonly third: number,
  ) {}

  /** So many contexts of each kind, and sets of weights. */
  static fresh(
    [first, second, third]: readonly [number, number, number],
    sets: number,
  ): MixedModel {
    const weights = new Int32Array(3 * sets).fill(FIRST_WEIGHT);
    return new MixedModel(freshSlots(first + second + third), weights, first, first + second);
  }

  /** A model that knows as much and learns on its own. */
  copy(): MixedModel {
    return new MixedModel(this.slots.slice(), this.weights.slice(), this.second, this.third);
  }

  code(coder: BitCoder, set: number, first: number, second: number, third: number, bit: number) {
    const { slots, weights } = this;
    const a = first;
    const b = second + this.second;
    const c = third + this.third;
    const w = 3 * set;
    const slotA = slots[a] ?? 0;
    const slotB = slots[b] ?? 0;
    const slotC = slots[c] ?? 0;
    const oddsA = STRETCH[slotA >>> 20] ?? 0;
    const oddsB = STRETCH[slotB >>> 20] ?? 0;
    const oddsC = STRETCH[slotC >>> 20] ?? 0;
    const weightA = weights[w] ?? 0;
    const weightB = weights[w + 1] ?? 0;
    const weightC = weights[w + 2] ?? 0;
    // Each product is below 2^29, so that the sum is an integer of 32 bits.
    const sum = Math.imul(weightA, oddsA) + Math.imul(weightB, oddsB) + Math.imul(weightC, oddsC);
    const p = SQUASH[held(sum >> 16, MOST_ODDS) + MOST_ODDS + 1] ?? 0;
    const coded = coder.bit(p, bit);
    const error = (coded << 16) - p;
    weights[w] = moved(weightA, Math.imul(oddsA, error));
    weights[w + 1] = moved(weightB, Math.imul(oddsB, error));
    weights[w + 2] = moved(weightC, Math.imul(oddsC, error));
    slots[a] = learnt(slotA, coded);
    slots[b] = learnt(slotB, coded);
    slots[c] = learnt(slotC, coded);
    return coded;
  }
}

function moved(weight: number, gradient: number): number {
  return held(weight + ((gradient + HALF) >> LEARNING_SHIFT), MOST_WEIGHT);
}

/** A number of at most this size. */
function held(value: number, most: number): number {
  return value < -most ? -most : value > most ? most : value;
}
