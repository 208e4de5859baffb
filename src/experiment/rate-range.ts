const LEAST = 1e-6;
const GREATEST = 10;
const STEPS = 100;

/** How much the learning rate grows from one iteration of the range test to the next: some 1.17 times. */
export const RATE_FACTOR = (GREATEST / LEAST) ** (1 / STEPS);

/** The rates of the range test (Smith 2017, "Cyclical learning rates for training neural networks"). */
export const RATES: readonly number[] = Array.from(
  { length: STEPS + 1 },
  (_, i) => LEAST * (GREATEST / LEAST) ** (i / STEPS),
);

/** An iteration of the learning-rate range test. */
export interface RatePoint {
  readonly rate: number;
  /** Of the batch, before its update. */
  readonly loss: number;
  /** The losses up to here, the newer the more they count. */
  readonly smoothed: number;
}

/** What the range test says, and of which point. */
export interface RateSuggestion {
  readonly rate: number;
  readonly lowest: RatePoint;
}
