import type { Relief } from '../../lab/results';
import { areaPath, ringsOf } from '../charts/contours';
import { linearAxis } from '../charts/ticks';
import { heightsOf, LEVELS } from './heights';
import { planeOf, type Plane } from './plane';
import type { Colours } from './useColours';

/** Contours with the ground between them, gaps where there is no value, the minima, and the axes. */
export function drawRelief(
  context: CanvasRenderingContext2D,
  size: number,
  relief: Relief,
  colours: Colours,
  tick: (value: number) => string,
): void {
  const { side, values, frame, minima } = relief;
  const plane = planeOf(frame, size, size);
  const heights = heightsOf(relief);
  context.fillStyle = colours.height(0);
  context.fillRect(0, 0, size, size);
  const levels = Array.from({ length: LEVELS - 1 }, (_, i) => (i + 1) / LEVELS);
  const layers = ringsOf(values, side, levels.map(heights.valueAt));
  const cell = size / (side - 1);
  layers.forEach((rings, i) => {
    // Rows of the grid run upwards, those of a picture downwards.
    const place = (column: number, row: number) => [column * cell, size - row * cell] as const;
    const outline = new Path2D(areaPath(rings, place));
    context.fillStyle = colours.height(levels[i] ?? 0);
    context.fill(outline, 'evenodd');
    context.strokeStyle = colours.line;
    context.globalAlpha = 0.45;
    context.lineWidth = 0.75;
    context.stroke(outline);
    context.globalAlpha = 1;
  });
  drawGaps(context, relief, size, colours);
  context.strokeStyle = colours.ink;
  context.lineWidth = 1.5;
  for (const [x, y] of minima) {
    const [across, down] = [plane.across(x), plane.down(y)];
    context.stroke(new Path2D(`M${String(across - 6)} ${String(down)}h12m-6 -6v12`));
  }
  drawTicks(context, plane, relief, colours, tick);
}

function drawGaps(
  context: CanvasRenderingContext2D,
  { side, values }: Relief,
  size: number,
  colours: Colours,
): void {
  const cell = size / (side - 1);
  context.fillStyle = colours.card;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isNaN(values[i])) continue;
    const across = ((i % side) - 0.5) * cell;
    const down = size - (Math.floor(i / side) + 0.5) * cell;
    context.fillRect(across, down, cell + 0.5, cell + 0.5);
  }
}

function drawTicks(
  context: CanvasRenderingContext2D,
  { across, down, width, height }: Plane,
  { frame: { left, right, bottom, top } }: Relief,
  colours: Colours,
  tick: (value: number) => string,
): void {
  const inside = (low: number, high: number) =>
    linearAxis([low, high], 5).ticks.filter((value) => value > low && value < high);
  context.font = '11px system-ui, sans-serif';
  context.fillStyle = colours.quiet;
  context.textAlign = 'center';
  for (const x of inside(left, right)) context.fillText(tick(x), across(x), height - 6);
  context.textAlign = 'left';
  for (const y of inside(bottom, top)) context.fillText(tick(y), 5, down(y) + 4);
  context.font = 'italic 12px serif';
  context.fillText('x', width - 12, height - 6);
  context.fillText('y', 6, 13);
}
