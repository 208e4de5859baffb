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
/** Who leaps to and fro all the time is cut into longer ones. */
const MOST_PIECES = 1_500;

export function wayOf(track: Track, { placeAt, isHidden }: Picture): Way {
  const places = Array.from(track.losses, (_, step) => placeAt(track, step));
  const whole = places.reduce((sum, place, step) => sum + distance(places[step - 1], place), 0);
  const piece = isHidden ? Math.max(PIECE, whole / MOST_PIECES) : Infinity;
  const spots: Spot[] = [];
  let before: Place | null = null;
  places.forEach((place, step) => {
    if (place === null || before === null) {
      const hidden = isHidden?.(track, step) ?? false;
      if (place !== null) spots.push({ step, place, hidden, opens: true, dot: true });
      before = place;
      return;
    }
    const length = distance(before, place);
    if (length < SHORT_STEP) return;
    const count = Math.ceil(length / piece) || 1;
    for (let i = 1; i <= count; i++) {
      const on = step - 1 + i / count;
      const isLast = i === count;
      spots.push({
        ...{ step, opens: false, dot: isLast && length > LONG_STEP },
        place: (isLast ? place : placeAt(track, on)) ?? place,
        hidden: isHidden?.(track, on) ?? false,
      });
    }
    before = place;
  });
  return { track, spots };
}

function distance(from: Place | null | undefined, to: Place | null): number {
  return from && to ? Math.hypot(to[0] - from[0], to[1] - from[1]) : 0;
}
