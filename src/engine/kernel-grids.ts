import { sizeOf } from '../experiment/shapes';
import type { Rounding } from './trainer';

/** A kernel `[rows, columns]` in blocks of rows: every column of every block has a grid, in this order. */
export interface KernelGrids {
  readonly rows: number;
  readonly columns: number;
  /** Of every block, but the last may have fewer. */
  readonly blockRows: number;
  readonly blocks: number;
}

/** Which of a kernel's weights share a grid. With one for all of them they are a single column. */
export function kernelGrids(
  { granularity, group }: Pick<Rounding, 'granularity' | 'group'>,
  shape: readonly number[],
): KernelGrids {
  const columns = granularity === 'tensor' ? 1 : (shape.at(-1) ?? 1);
  const rows = sizeOf(shape) / columns;
  const blockRows = Math.max(1, granularity === 'group' ? Math.min(group, rows) : rows);
  return { rows, columns, blockRows, blocks: Math.ceil(rows / blockRows) };
}
