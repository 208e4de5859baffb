import { heightAt, type BoxPoint, type Ground } from './ground';
import { sightOf, type View } from './project';

/**
 * Whether the ground lies between a point and the viewer: whether the line of sight from the point changes from
 * one side of the ground to the other. It is followed in steps as long as a cell of the ground.
 */
export function hiding(ground: Ground, view: View): (point: BoxPoint) => boolean {
  const sight = sightOf(view);
  const step = 2 / (ground.side - 1);
  return ([x, y, height]) => {
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
  };
}
