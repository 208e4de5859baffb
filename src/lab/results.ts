import type { Frame } from './landscapes';
import type { RacerId } from './options';

/** A function as a picture needs it. */
export interface Relief {
  readonly frame: Frame;
  readonly side: number;
  /** At `side` × `side` points from the bottom left, row by row; NaN where there is none. */
  readonly values: Float64Array;
  readonly levels: 'linear' | 'log';
  /** x and y of the known minima; of a typed formula the lowest one in the picture, where there is one. */
  readonly minima: readonly (readonly [x: number, y: number])[];
  /** The value that heights are measured from: of the lowest minimum, else the lowest in the picture. */
  readonly lowest: number;
}

/** What became of an optimizer, by the end of the race. */
export type Outcome =
  | { readonly kind: 'moving' }
  /**
   * The slope is as good as zero from that step on: in a valley, or `saddle` where it also goes down, or `flat`
   * where it bends nowhere.
   */
  | { readonly kind: 'converged' | 'saddle' | 'flat'; readonly step: number }
  /** At that step it came to where the function has no value or no slope. */
  | { readonly kind: 'lost'; readonly step: number }
  /** It follows the function down without end. */
  | { readonly kind: 'unbounded'; readonly step: number }
  | {
      readonly kind: 'diverged';
      /** From here on it is far outside the picture. */
      readonly step: number;
      /** From here on the loss stays above where it began. */
      readonly onset: number;
      /** The largest curvature met until then, and the step that met it. */
      readonly curvature: number;
      readonly curvedAt: number;
      /** The largest stable learning rate on a bowl of that curvature; null where it is not known. */
      readonly limit: number | null;
    };

/** The way of one optimizer. Each list has an entry for the start and one for every step. */
export interface Track {
  readonly optimizer: RacerId;
  readonly learningRate: number;
  /** `[steps + 1, dimension]`; shorter where it left all bounds. */
  readonly path: Float32Array;
  readonly losses: Float64Array;
  /** To the nearest minimum; null where none is known. */
  readonly distances: Float64Array | null;
  /** The largest second derivative in any direction. */
  readonly curvatures: Float64Array;
  readonly outcome: Outcome;
  /** Of gradient descent on a quadratic: where it would be in exact arithmetic without noise, shaped as `path`. */
  readonly closedForm: Float64Array | null;
}

export interface Race {
  readonly dimension: number;
  readonly tracks: readonly Track[];
}
