import { declare, MOST_GROUPS, u, type Bindings, type Shader } from './wgsl';

/** Invocations of a workgroup in each direction. */
const SIDE = 8;

/** A matrix whose every entry is a sum of products of a number from its row and one from its column. */
export interface Tiled extends Bindings {
  readonly rows: number;
  readonly columns: number;
  /** Sums are taken apart into so many, told apart by `slice`. */
  readonly slices?: number;
  readonly functions?: string;
  /** What is known of the row `row` (a name), as declarations of names that end in `i`. */
  readonly atRow?: (i: string, row: string) => string;
  readonly atColumn?: (i: string, column: string) => string;
  /** The loops around the products. `rows` and `columns` are the suffixes of the names above. */
  readonly loop: (products: string, rows: readonly string[], columns: readonly string[]) => string;
  readonly left: (i: string, row: string) => string;
  readonly right: (i: string, column: string) => string;
  readonly store: (sum: string, row: string, column: string) => string;
}

/**
 * Sums of products, of which each invocation keeps up to four times four in registers. Neighbours take
 * neighbouring columns, so that what they load lies side by side. Rows and columns behind the last repeat
 * it and are not stored.
 */
export function tiled(matrix: Tiled): Shader {
  const { rows, columns, slices = 1, functions = '', store } = matrix;
  const each = (size: number) => Math.min(4, Math.ceil(size / SIDE));
  const [down, across] = [each(rows), each(columns)];
  const names = (count: number) => Array.from({ length: count }, (_, i) => String(i));
  const [ofRows, ofColumns] = [names(down), names(across)];
  const pairs = ofRows.flatMap((i) => ofColumns.map((j) => [i, j] as const));
  const tiles = Math.ceil(rows / (SIDE * down));
  const products = `
      ${ofRows.map((i) => `let left${i} = ${matrix.left(i, `row${i}`)};`).join(' ')}
      ${ofColumns.map((j) => `let right${j} = ${matrix.right(j, `column${j}`)};`).join(' ')}
      ${pairs.map(([i, j]) => `sum${i}_${j} += left${i} * right${j};`).join(' ')}`;
  const code = `${declare(matrix)}
${functions}
@compute @workgroup_size(${String(SIDE)}, ${String(SIDE)})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) at: vec3u,
) {
  let slice = group.z;
  let firstColumn = group.x * ${u(SIDE * across)} + at.x;
  ${ofColumns.map((j) => `let column${j} = min(firstColumn + ${u(SIDE * Number(j))}, ${u(columns - 1)}); ${matrix.atColumn?.(j, `column${j}`) ?? ''}`).join('\n  ')}
  for (var tile = group.y; tile < ${u(tiles)}; tile += groups.y) {
    let firstRow = tile * ${u(SIDE * down)} + at.y;
    ${ofRows.map((i) => `let row${i} = min(firstRow + ${u(SIDE * Number(i))}, ${u(rows - 1)}); ${matrix.atRow?.(i, `row${i}`) ?? ''}`).join('\n    ')}
    ${pairs.map(([i, j]) => `var sum${i}_${j} = 0f;`).join(' ')}
    ${matrix.loop(products, ofRows, ofColumns)}
    ${pairs
      .map(
        ([i, j]) =>
          `if (firstRow + ${u(SIDE * Number(i))} < ${u(rows)} && firstColumn + ${u(SIDE * Number(j))} < ${u(columns)}) {
      ${store(`sum${i}_${j}`, `row${i}`, `column${j}`)}
    }`,
      )
      .join('\n    ')}
  }
}`;
  return {
    code,
    groups: [Math.ceil(columns / (SIDE * across)), Math.min(MOST_GROUPS, tiles), slices],
  };
}
