import { LOOKS } from './looks';
import type { Colours } from './useColours';
import type { Picture, Place, Way } from './ways';

/** How much is seen of what the ground hides. */
const FAINT = 0.4;

/** The ways up to a step, each ending in its mark; a cross where one began to diverge. */
export function drawTracks(
  context: CanvasRenderingContext2D,
  ways: readonly Way[],
  at: number,
  colours: Colours,
  { placeAt, isHidden }: Picture,
): void {
  for (const way of ways) drawWay(context, way, at, colours);
  for (const { track } of ways) {
    const { outcome, losses, optimizer } = track;
    const colour = colours.racers[optimizer];
    const mark = (shape: string, step: number, fill: string | null, stroke: string) => {
      const place = placeAt(track, step);
      if (place === null) return;
      context.globalAlpha = isHidden?.(track, step) === true ? FAINT : 1;
      drawMark(context, shape, place, fill, stroke);
      context.globalAlpha = 1;
    };
    if (outcome.kind === 'diverged' && at >= outcome.onset) {
      mark('M-5 -5L5 5M5 -5L-5 5', outcome.onset, null, colour);
    }
    mark(LOOKS[optimizer].shape, Math.min(at, losses.length - 1), colour, colours.card);
  }
}

function drawWay(
  context: CanvasRenderingContext2D,
  { track: { optimizer }, spots }: Way,
  at: number,
  colours: Colours,
): void {
  const paths = () => ({ line: new Path2D(), dots: new Path2D() });
  const [seen, hidden] = [paths(), paths()];
  let before: { readonly place: Place; readonly hidden: boolean } | null = null;
  for (const spot of spots) {
    if (spot.step > at) break;
    const { line, dots } = spot.hidden ? hidden : seen;
    const [across, down] = spot.place;
    // A piece of the line looks like its end.
    if (before === null || spot.opens) line.moveTo(across, down);
    else if (before.hidden !== spot.hidden) line.moveTo(...before.place);
    line.lineTo(across, down);
    if (spot.dot) {
      dots.moveTo(across + 2, down);
      dots.arc(across, down, 2, 0, 2 * Math.PI);
    }
    before = spot;
  }
  const colour = colours.racers[optimizer];
  const dash = [...LOOKS[optimizer].dash];
  context.lineJoin = 'round';
  stroke(context, hidden.line, { colour, width: 1, alpha: FAINT, dash });
  stroke(context, seen.line, { colour: colours.card, width: 4, alpha: 0.7, dash: [] });
  stroke(context, seen.line, { colour, width: 2, alpha: 1, dash });
  context.fillStyle = colour;
  context.fill(seen.dots);
  context.globalAlpha = FAINT;
  context.fill(hidden.dots);
  context.globalAlpha = 1;
}

interface Pen {
  readonly colour: string;
  readonly width: number;
  readonly alpha: number;
  readonly dash: number[];
}

function stroke(
  context: CanvasRenderingContext2D,
  line: Path2D,
  { colour, width, alpha, dash }: Pen,
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.globalAlpha = alpha;
  context.setLineDash(dash);
  context.stroke(line);
  context.setLineDash([]);
  context.globalAlpha = 1;
}

function drawMark(
  context: CanvasRenderingContext2D,
  shape: string,
  [across, down]: Place,
  fill: string | null,
  stroke: string,
): void {
  const path = new Path2D();
  path.addPath(new Path2D(shape), new DOMMatrix().translate(across, down));
  context.lineWidth = fill === null ? 2.5 : 1.5;
  context.strokeStyle = stroke;
  context.stroke(path);
  if (fill === null) return;
  context.fillStyle = fill;
  context.fill(path);
}
