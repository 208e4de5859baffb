import { expect, test } from 'vitest';
import { sketch } from '../engine/testing/networks';
import { checkpointOf } from '../techniques/testing/networks';
import { filtersOf } from './look';

test.each([
  ['dense', sketch([4, 5, 3], [{ type: 'flatten' }, { type: 'dense', units: 2 }]), 4 * 5],
  ['conv', sketch([4, 5, 3], [{ type: 'conv', filters: 2, kernel: 3 }, { type: 'flatten' }]), 9],
] as const)(
  'the weights of a %s layer for colours are pictures in colour',
  (_, network, pixels) => {
    const checkpoint = checkpointOf(network, 3);
    const { filters, filterCount } = filtersOf(checkpoint);
    expect(filterCount).toBe(2);
    const [kernel = new Float32Array(0)] = Object.entries(checkpoint.parameters).flatMap(
      ([name, { values }]) => (name.endsWith('kernel') ? [values] : []),
    );
    const largest = Math.max(...kernel.map(Math.abs));
    filters.forEach((filter, unit) => {
      expect(filter.channels).toBe(3);
      expect(filter.values).toHaveLength(pixels * 3);
      // A kernel is [height, width, channels, units], or the rows of a dense one in that order.
      filter.values.forEach((value, i) => {
        expect(value).toBeCloseTo((kernel[2 * i + unit] ?? NaN) / largest, 6);
      });
    });
  },
);
