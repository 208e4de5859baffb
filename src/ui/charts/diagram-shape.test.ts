import { describe, expect, it } from 'vitest';
import { diagramShape } from './diagram-shape';

const kernels = [
  {
    layer: 'dense1',
    shape: [2, 2] as const,
    values: Float32Array.of(1, -0.1, 0.5, 0),
    mask: Uint8Array.of(1, 1, 0, 1),
  },
  { layer: 'dense2', shape: [2, 1] as const, values: Float32Array.of(-2, 1), mask: null },
];

describe('diagramShape', () => {
  it('has a node for every input and unit, in columns', () => {
    const { nodes } = diagramShape(kernels, 200, 100, 0);
    expect(nodes.map(({ x }) => x)).toEqual([0, 0, 100, 100, 200]);
    expect(nodes.at(-1)).toEqual({ x: 200, y: 50, layer: 2 });
  });

  it('leaves out pruned edges and weights of zero', () => {
    const { shown, pruned, edges } = diagramShape(kernels, 200, 100, 0);
    expect({ shown, pruned }).toEqual({ shown: 4, pruned: 1 });
    expect(
      edges
        .map(({ path }) => path)
        .join('')
        .split('M').length - 1,
    ).toBe(4);
  });

  it('draws an edge from the weight’s input to its unit', () => {
    const { edges } = diagramShape(kernels.slice(0, 1), 200, 100, 0);
    expect(edges).toContainEqual({ negative: false, width: 3.2, path: 'M0.0 25.0L200.0 25.0' });
    expect(edges).toContainEqual({ negative: true, width: 0.4, path: 'M0.0 25.0L200.0 75.0' });
  });

  it('is empty for a network that is not drawn', () => {
    expect(diagramShape([], 200, 100, 0)).toEqual({ nodes: [], edges: [], shown: 0, pruned: 0 });
  });
});
