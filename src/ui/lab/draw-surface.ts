import { cornerAt, type Ground } from './ground';
import { project, type Placed, type View } from './project';
import type { Colours } from './useColours';

/** The ground in the round: quadrilaterals from back to front (the painter's algorithm). */
export function drawSurface(
  context: CanvasRenderingContext2D,
  width: number,
  view: View,
  ground: Ground,
  colours: Colours,
): void {
  const { side, heights } = ground;
  const along = Array.from({ length: side }, (_, i) => i);
  const corners = along.map((row) =>
    along.map((column): (Placed & { readonly height: number }) | null => {
      const height = heights[row * side + column] ?? NaN;
      if (Number.isNaN(height)) return null;
      const [x, y] = [cornerAt(ground, column), cornerAt(ground, row)];
      return { height, ...project(view, width, x, y, height) };
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
    context.globalAlpha = 0.25;
    context.strokeStyle = colours.line;
    context.lineWidth = 0.75;
    context.stroke();
    context.globalAlpha = 1;
  }
}
