import { expect, it } from 'vitest';
import { curvePath } from './plot';

const rows = (...values: readonly (number | null)[]) =>
  values.map((y, iteration) => ({ iteration, y }));
const path = (...values: readonly (number | null)[]) =>
  curvePath(
    rows(...values),
    'y',
    (x) => x,
    (y) => y,
    false,
  );

it('a line goes over gaps, and begins anew behind a break', () => {
  expect(path(1, null, 3)).toBe('M0.0 1.0L2.0 3.0');
  expect(path(1, 2, NaN, 4, 5)).toBe('M0.0 1.0L1.0 2.0M3.0 4.0L4.0 5.0');
});

it('a value alone is a dot, on either side of a break', () => {
  const dot = 'm-2 0a2 2 0 1 0 4 0a2 2 0 1 0 -4 0';
  expect(path(1, NaN, 3)).toBe(`M0.0 1.0${dot}M2.0 3.0${dot}`);
  expect(path(null, NaN)).toBe('');
});
