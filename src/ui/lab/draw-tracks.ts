import type { Track } from '../../lab/results';
import { LOOKS } from './looks';
import type { Colours } from './useColours';

/** A place in the picture; null beyond it. */
type Project = (track: Track, step: number) => readonly [across: number, down: number] | null;

/** Steps at least so many pixels long get a dot at their end. */
const LONG_STEP = 7;

/** The ways up to a step, each ending in its mark; a cross where one began to diverge. */
export function drawTracks(
  context: CanvasRenderingContext2D,
  tracks: readonly Track[],
  at: number,
  colours: Colours,
  project: Project,
): void {
  for (const track of tracks) drawWay(context, track, at, colours, project);
  for (const track of tracks) {
    const { outcome, losses, optimizer } = track;
    const colour = colours.racers[optimizer];
    if (outcome.kind === 'diverged' && at >= outcome.onset) {
      mark(context, 'M-5 -5L5 5M5 -5L-5 5', project(track, outcome.onset), null, colour);
    }
    const here = project(track, Math.min(at, losses.length - 1));
    mark(context, LOOKS[optimizer].shape, here, colour, colours.card);
  }
}

function drawWay(
  context: CanvasRenderingContext2D,
  track: Track,
  at: number,
  colours: Colours,
  project: Project,
): void {
  const line = new Path2D();
  const dots = new Path2D();
  const end = Math.min(at, track.losses.length - 1);
  let before: readonly [number, number] | null = null;
  for (let step = 0; step <= end; step++) {
    const here = project(track, step);
    if (here !== null) {
      const [across, down] = here;
      if (before === null) line.moveTo(across, down);
      else line.lineTo(across, down);
      if (before === null || Math.hypot(across - before[0], down - before[1]) > LONG_STEP) {
        dots.moveTo(across + 2, down);
        dots.arc(across, down, 2, 0, 2 * Math.PI);
      }
    }
    before = here;
  }
  const colour = colours.racers[track.optimizer];
  context.lineJoin = 'round';
  context.setLineDash([]);
  context.strokeStyle = colours.card;
  context.lineWidth = 4;
  context.globalAlpha = 0.7;
  context.stroke(line);
  context.globalAlpha = 1;
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineWidth = 2;
  context.setLineDash([...LOOKS[track.optimizer].dash]);
  context.stroke(line);
  context.setLineDash([]);
  context.fill(dots);
}

function mark(
  context: CanvasRenderingContext2D,
  shape: string,
  here: readonly [number, number] | null,
  fill: string | null,
  stroke: string,
): void {
  if (here === null) return;
  const path = new Path2D();
  path.addPath(new Path2D(shape), new DOMMatrix().translate(here[0], here[1]));
  context.lineWidth = fill === null ? 2.5 : 1.5;
  context.strokeStyle = stroke;
  context.stroke(path);
  if (fill === null) return;
  context.fillStyle = fill;
  context.fill(path);
}
