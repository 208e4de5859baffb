/** A point to be labelled and the size of its label, in pixels. */
export interface Labelled {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const within = (a: Box, b: Box) =>
  a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;

/**
 * A place for each label beside its point: within `frame`, clear of every point and of each other.
 * Earlier points choose first; null where a label fits nowhere near its point. Pixels throughout.
 */
export function placeLabels(
  points: readonly Labelled[],
  frame: Box,
  height: number,
  radius: number,
): readonly (Box | null)[] {
  const marks = points.map(({ x, y }) => ({
    left: x - radius,
    right: x + radius,
    top: y - radius,
    bottom: y + radius,
  }));
  const placed: Box[] = [];
  return points.map((point) => {
    const place = candidates(point, height, radius).find(
      (box) =>
        within(box, frame) &&
        !marks.some((mark) => overlap(mark, box)) &&
        !placed.some((other) => overlap(other, box)),
    );
    if (place === undefined) return null;
    placed.push(place);
    return place;
  });
}

/** Right, left, above, below, then the same moved up and down by whole lines, at most three. */
function* boxes({ x, y, width }: Labelled, height: number, radius: number): Generator<Box> {
  const gap = radius + 2;
  for (const line of [0, -1, 1, -2, 2, -3, 3]) {
    const middle = y + line * height;
    for (const left of [x + gap, x - gap - width]) {
      yield { left, right: left + width, top: middle - height / 2, bottom: middle + height / 2 };
    }
    const top = line <= 0 ? y - gap - height + line * height : y + gap + (line - 1) * height;
    for (const shift of [0.5, 0.1, 0.9]) {
      const left = x - width * shift;
      yield { left, right: left + width, top, bottom: top + height };
    }
  }
}

function candidates(point: Labelled, height: number, radius: number): Box[] {
  return [...boxes(point, height, radius)];
}
