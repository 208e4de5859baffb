import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeLabels } from './place-labels';
import type { Box } from './place-labels';

const frame = { left: 40, top: 0, right: 360, bottom: 160 };
const points = fc.array(
  fc.record({
    x: fc.double({ min: 40, max: 360, noNaN: true }),
    y: fc.double({ min: 0, max: 160, noNaN: true }),
    width: fc.double({ min: 10, max: 120, noNaN: true }),
  }),
  { maxLength: 20 },
);
const overlap = (a: Box, b: Box) =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1e-9 &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1e-9;

describe('placeLabels', () => {
  it('never lets labels collide, leave the frame or cover a point', () => {
    fc.assert(
      fc.property(points, (list) => {
        const boxes = placeLabels(list, frame, 14, 5).filter((box) => box !== null);
        for (const [i, box] of boxes.entries()) {
          expect(boxes.slice(i + 1).some((other) => overlap(box, other))).toBe(false);
          expect(box.left).toBeGreaterThanOrEqual(frame.left);
          expect(box.right).toBeLessThanOrEqual(frame.right);
          expect(box.top).toBeGreaterThanOrEqual(frame.top);
          expect(box.bottom).toBeLessThanOrEqual(frame.bottom);
          for (const { x, y } of list) {
            expect(overlap(box, { left: x - 5, right: x + 5, top: y - 5, bottom: y + 5 })).toBe(
              false,
            );
          }
        }
      }),
    );
  });

  it('labels four points that lie almost upon each other', () => {
    const close = [0, 2, 4, 6].map((d) => ({ x: 200 + d, y: 80 + d, width: 60 }));
    expect(placeLabels(close, frame, 14, 5).every((box) => box !== null)).toBe(true);
  });

  it('writes to the left of a point at the right edge', () => {
    const [box] = placeLabels([{ x: 355, y: 80, width: 50 }], frame, 14, 5);
    expect(box?.right).toBeLessThan(355);
  });
});
