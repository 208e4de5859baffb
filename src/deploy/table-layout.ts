import type { Architecture } from '../experiment/architecture';
import type { ParameterShape } from '../experiment/parameters';
import { sizeOf } from '../experiment/shapes';

/**
 * A tensor as a table: a row for each input of a dense layer or each weight of a filter, a column for each
 * output, row-major. Rows are the pixels of a picture, row by row, with so many channels each; what is no
 * picture is one pixel.
 */
export interface Layout {
  readonly rows: number;
  readonly columns: number;
  /** Pixels in a row of the picture. */
  readonly width: number;
  readonly channels: number;
}

/** Of a vector: one column, its numbers no neighbours. */
export function vectorLayout(length: number): Layout {
  return { rows: length, columns: 1, width: 1, channels: length };
}

/** Layers that put out their numbers in the order in which they got them. */
const KEEPS_ORDER: readonly string[] = ['flatten', 'batchnorm', 'dropout'];

/** The layout of one of the network's parameters. */
export function layoutOf(
  { layers }: Pick<Architecture, 'layers'>,
  { name, role, shape }: ParameterShape,
): Layout {
  const columns = shape.at(-1) ?? 1;
  const rows = sizeOf(shape) / columns;
  if (role !== 'kernel') return vectorLayout(columns);
  if (shape.length === 4) {
    return { rows, columns, width: shape[1] ?? 1, channels: shape[2] ?? 1 };
  }
  const picture = pictureBefore(
    layers,
    layers.findIndex((layer) => name === `${layer.name}.${role}`),
  );
  return { rows, columns, width: picture[1] ?? 1, channels: picture[2] ?? rows };
}

/** What the layer reads, before a flatten made it a vector; no sides where that is no picture. */
function pictureBefore(layers: Architecture['layers'], index: number): readonly number[] {
  let at = index;
  while (layers[at]?.input.length === 1 && KEEPS_ORDER.includes(layers[at - 1]?.type ?? ''))
    at -= 1;
  const input = layers[at]?.input ?? [];
  return input.length === 3 ? input : [];
}
