import type { Track } from '../../lab/results';

/** A place in a picture, in pixels from its top left. */
export type Place = readonly [across: number, down: number];

/** A picture that ways are drawn in. Between two steps, a way is a straight line. */
export interface Picture {
  /** Where a way is at a step, or between two of them; null beyond the picture. */
  readonly placeAt: (track: Track, step: number) => Place | null;
  /** Whether something in the picture stands before that place. Missing: nothing ever does. */
  readonly isHidden?: (track: Track, step: number) => boolean;
}

/** A corner of the line that a way is drawn as. */
export interface Spot {
  /** The step that the line leads to. */
  readonly step: number;
  readonly place: Place;
  readonly hidden: boolean;
  /** Here a line begins. */
  readonly opens: boolean;
  /** Here a long step ends. */
  readonly dot: boolean;
}

/** The way of an optimizer as a picture has it. */
export interface Way {
  readonly track: Track;
  readonly spots: readonly Spot[];
}

/** Steps at least so many pixels long get a dot at their end. */
const LONG_STEP = 7;
/** A shorter step is not seen: who has arrived stands still for hundreds of them. */
const SHORT_STEP = 0.5;
/** Longer lines are cut into pieces of about this length, each of which is hidden or not. */
const PIECE = 5;
const MOST_PIECES = 40;

export function wayOf(track: Track, { placeAt, isHidden }: Picture): Way {
  const spots: Spot[] = [];
  let before: Place | null = null;
  for (let step = 0; step < track.losses.length; step++) {
    const place = placeAt(track, step);
    if (place === null || before === null) {
      if (place !== null) {
        const hidden = isHidden?.(track, step) ?? false;
        spots.push({ step, place, hidden, opens: true, dot: true });
      }
      before = place;
      continue;
    }
    const length = Math.hypot(place[0] - before[0], place[1] - before[1]);
    if (length < SHORT_STEP) continue;
    const pieces = isHidden ? Math.min(MOST_PIECES, Math.ceil(length / PIECE)) : 1;
    for (let piece = 1; piece <= pieces; piece++) {
      const on = step - 1 + piece / pieces;
      const isLast = piece === pieces;
      spots.push({
        ...{ step, opens: false, dot: isLast && length > LONG_STEP },
        place: (isLast ? place : placeAt(track, on)) ?? place,
        hidden: isHidden?.(track, on) ?? false,
      });
    }
    before = place;
  }
  return { track, spots };
}
