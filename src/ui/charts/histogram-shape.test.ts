import { describe, expect, it } from 'vitest';
import { barsPath, histogramAxes, totalOf } from './histogram-shape';

const histogram = {
  parameter: 'dense1.kernel',
  edges: [-1, 0, 1, 2],
  counts: [4, 0, 2],
  pruned: 10,
  levels: [],
  levelsOf: null,
};

describe('the shape of a histogram', () => {
  it('has zero in its middle', () => {
    expect(histogramAxes([histogram])).toEqual({ low: -2, high: 2, density: 4 });
  });

  it('draws a bar for every bin that holds weights, as high as the share of the densest', () => {
    const path = barsPath(histogram, { low: -2, high: 2, density: 4 }, 400, 100);
    expect(path).toBe('M100.0 100V0.0H200.0V100ZM300.0 100V50.0H400.0V100Z');
  });

  it('gives two histograms one scale: equal counts in half as wide bins stand twice as high', () => {
    const narrow = { ...histogram, edges: [-0.5, 0, 0.5, 1] };
    expect(histogramAxes([histogram, narrow])).toEqual({ low: -2, high: 2, density: 8 });
  });

  it('counts pruned weights too', () => {
    expect(totalOf(histogram)).toBe(16);
  });

  it('is an axis where there are no weights', () => {
    expect(histogramAxes([])).toEqual({ low: -1, high: 1, density: 1 });
  });
});
