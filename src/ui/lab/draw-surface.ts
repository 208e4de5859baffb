import type { Race, Relief, Track } from '../../lab/results';
import { drawTracks } from './draw-tracks';
import type { Heights } from './heights';
import { project, type Placed, type View } from './project';
import type { Colours } from './useColours';

/** Every so many points of the grid are a corner of the surface. */
const EVERY = 4;
/** Lines lie a little above the ground. */
const LIFT = 0.01;

/** The function as ground in the round: quadrilaterals from back to front (the painter's algorithm). */
export function drawSurface(
  context: CanvasRenderingContext2D,
  width: number,
  view: View,
  { values, side }: Relief,
  heights: Heights,
  colours: Colours,
): void {
  const along = Array.from({ length: Math.floor((side - 1) / EVERY) + 1 }, (_, i) => i * EVERY);
  const unit = (index: number) => (2 * index) / (side - 1) - 1;
  const corners = along.map((row) =>
    along.map((column): (Placed & { readonly height: number }) | null => {
      const value = values[row * side + column] ?? NaN;
      if (Number.isNaN(value)) return null;
      const height = heights.of(value);
      return { height, ...project(view, width, unit(column), unit(row), height) };
    }),
  );
  const faces = corners.slice(1).flatMap((above, row) =>
    above.slice(1).flatMap((far, column) => {
      const [a, b, d] = [corners[row]?.[column], corners[row]?.[column + 1], above[column]];
      return a && b && far && d ? [[a, b, far, d] as const] : [];
    }),
  );
  const depth = (face: (typeof faces)[number]) => face.reduce((sum, each) => sum + each.depth, 0);
  const sorted = faces.map((face) => ({ face, depth: depth(face) }));
  sorted.sort((a, b) => b.depth - a.depth);
  context.lineJoin = 'round';
  for (const { face } of sorted) {
    const [a, b, c, d] = face;
    const colour = colours.height((a.height + b.height + c.height + d.height) / 4);
    context.beginPath();
    context.moveTo(a.across, a.down);
    for (const { across, down } of [b, c, d]) context.lineTo(across, down);
    context.closePath();
    context.fillStyle = colour;
    context.fill();
    context.globalAlpha = 0.35;
    context.strokeStyle = colours.line;
    context.lineWidth = 0.75;
    context.stroke();
    context.globalAlpha = 1;
  }
}

/** The ways over that ground, as far as they stay above the picture's plane. */
export function drawSurfaceTracks(
  context: CanvasRenderingContext2D,
  width: number,
  view: View,
  { frame: { left, right, bottom, top } }: Relief,
  heights: Heights,
  race: Race,
  at: number,
  colours: Colours,
): void {
  const pairs = race.dimension / 2;
  drawTracks(context, race.tracks, at, colours, ({ path, losses }: Track, step) => {
    const first = step * race.dimension;
    const [atX = NaN, atY = NaN] = [path[first], path[first + 1]];
    if (!(atX >= left && atX <= right && atY >= bottom && atY <= top)) return null;
    const x = (2 * (atX - left)) / (right - left) - 1;
    const y = (2 * (atY - bottom)) / (top - bottom) - 1;
    const height = heights.of((losses[step] ?? NaN) / pairs) + LIFT;
    const { across, down } = project(view, width, x, y, height);
    return [across, down];
  });
}
