import { heightAt, type BoxPoint, type Ground } from './ground';
import { sightOf, type View } from './project';

/**
 * Whether the ground lies between a point and the viewer: whether the line of sight from the point changes from
 * one side of the ground to the other. It is looked at twice in every cell of the ground that it crosses.
 */
export function isHidden(ground: Ground, view: View, [x, y, height]: BoxPoint): boolean {
  const sight = sightOf(view);
  const step = 1 / (ground.side - 1);
  let wasAbove: boolean | null = null;
  for (let far = 0; ; far += step) {
    const [atX, atY] = [x + far * sight.x, y + far * sight.y];
    const at = height + far * sight.height;
    const isOutside = Math.abs(atX) > 1 || Math.abs(atY) > 1;
    // Above the box there is no ground.
    if (isOutside || (at > 1 && wasAbove !== false)) return false;
    const under = heightAt(ground, atX, atY);
    // Through a gap one sees.
    const isAbove: boolean | null = Number.isNaN(under) ? null : at >= under;
    if (isAbove !== null && wasAbove !== null && isAbove !== wasAbove) return true;
    wasAbove = isAbove;
  }
}
