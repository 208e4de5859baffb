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
