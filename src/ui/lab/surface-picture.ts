import type { Race, Relief, Track } from '../../lab/results';
import { heightAt, type BoxPoint, type Ground } from './ground';
import type { Heights } from './heights';
import { hiding } from './hidden';
import { project, type View } from './project';
import type { Picture } from './ways';

/** Ways lie a little above the ground. */
const LIFT = 0.01;

/** The picture of the ground in the round, with ways over it; some of them behind its hills. */
export function surfacePicture(
  width: number,
  view: View,
  { frame: { left, right, bottom, top } }: Relief,
  ground: Ground,
  heights: Heights,
  { dimension }: Pick<Race, 'dimension'>,
): Picture {
  const pointAt = ({ path, losses }: Track, step: number): BoxPoint | null => {
    const [atX = NaN, atY = NaN] = [path[step * dimension], path[step * dimension + 1]];
    if (!(atX >= left && atX <= right && atY >= bottom && atY <= top)) return null;
    const x = (2 * (atX - left)) / (right - left) - 1;
    const y = (2 * (atY - bottom)) / (top - bottom) - 1;
    const own = heights.of((losses[step] ?? NaN) / (dimension / 2));
    // The ground is coarser than the function, and would cover what lies in a narrow valley.
    const drawn = heightAt(ground, x, y);
    const height = (drawn > own ? drawn : own) + LIFT;
    return Number.isNaN(height) ? null : [x, y, height];
  };
  const isHidden = hiding(ground, view);
  const between = (track: Track, step: number): BoxPoint | null => {
    const whole = Math.floor(step);
    const [from, share] = [pointAt(track, whole), step - whole];
    if (from === null || share === 0) return from;
    const to = pointAt(track, whole + 1);
    const mid = (axis: 0 | 1 | 2) => from[axis] + share * ((to?.[axis] ?? NaN) - from[axis]);
    return to && [mid(0), mid(1), mid(2)];
  };
  return {
    placeAt: (track, step) => {
      const point = between(track, step);
      if (point === null) return null;
      const { across, down } = project(view, width, ...point);
      return [across, down];
    },
    isHidden: (track, step) => {
      const point = between(track, step);
      return point !== null && isHidden(point);
    },
  };
}
