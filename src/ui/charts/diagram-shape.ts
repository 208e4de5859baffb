import type { Look } from '../../worker/protocol';

type Kernels = Look['diagram'];

/** Edges of one sign and width as one path. */
export interface EdgeGroup {
  readonly negative: boolean;
  /** Stroke width in pixels. */
  readonly width: number;
  readonly path: string;
}

export interface DiagramShape {
  readonly nodes: readonly { readonly x: number; readonly y: number; readonly layer: number }[];
  readonly edges: readonly EdgeGroup[];
  readonly shown: number;
  readonly pruned: number;
}

/** Widths of edges, so that a thousand edges are a few paths. */
const WIDTHS = [0.4, 0.8, 1.4, 2.2, 3.2] as const;

/**
 * A dense network drawn from left to right in a field of `width` × `height`: inputs, then each layer's
 * units as a column. An edge is as wide as its weight is large, relative to the largest of its layer;
 * pruned edges are left out. Kernels are `[fanIn, units]`, row-major.
 */
export function diagramShape(
  kernels: Kernels,
  width: number,
  height: number,
  margin: number,
): DiagramShape {
  const [first] = kernels;
  const sizes =
    first === undefined ? [] : [first.shape[0], ...kernels.map(({ shape }) => shape[1])];
  const place = (layer: number, unit: number) => ({
    x: margin + ((width - 2 * margin) * layer) / Math.max(1, sizes.length - 1),
    y: margin + ((height - 2 * margin) * (unit + 0.5)) / (sizes[layer] ?? 1),
    layer,
  });
  const nodes = sizes.flatMap((size, layer) =>
    Array.from({ length: size }, (_, unit) => place(layer, unit)),
  );

  const paths = new Map<string, EdgeGroup>();
  let shown = 0;
  let pruned = 0;
  for (const [layer, { shape, values, mask }] of kernels.entries()) {
    const largest = values.reduce((max, value) => Math.max(max, Math.abs(value)), 0) || 1;
    for (const [index, value] of values.entries()) {
      if (mask?.[index] === 0) pruned++;
      if (mask?.[index] === 0 || value === 0) continue;
      shown++;
      const negative = value < 0;
      const size = WIDTHS[widthClass(Math.abs(value) / largest)] ?? WIDTHS[0];
      const from = place(layer, Math.floor(index / shape[1]));
      const to = place(layer + 1, index % shape[1]);
      const key = `${String(negative)} ${String(size)}`;
      const group = paths.get(key) ?? { negative, width: size, path: '' };
      const line = `M${from.x.toFixed(1)} ${from.y.toFixed(1)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
      paths.set(key, { ...group, path: group.path + line });
    }
  }
  const edges = [...paths.values()].sort((a, b) => a.width - b.width);
  return { nodes, edges, shown, pruned };
}

function widthClass(share: number): number {
  return Math.min(WIDTHS.length - 1, Math.floor(share * WIDTHS.length));
}
