import { sizeOf } from '../../experiment/shapes';
import { unsupportedNode } from './bad-onnx';
import { TYPES } from './graph';
import { transpose } from './layout';
import type { Node } from './node';
import { countOf, moved, type Tensor } from './tensor';

/**
 * What a node makes of numbers that are known, as its output is then; null where the operator is not one of those
 * that weights are made with.
 * @throws WhittleError `onnxOperator`, `badOnnxFile`
 */
export function fold(node: Node, inputs: readonly (Tensor | undefined)[]): Tensor | null {
  const [x, y, z, ...more] = inputs;
  if (x === undefined) return null;
  switch (node.operator) {
    case 'Identity':
      return x;
    case 'Cast': {
      const to = node.integer('to', 0);
      if (to === TYPES.float32 || to === TYPES.float16 || to === TYPES.float64) return x;
      return null;
    }
    case 'DequantizeLinear':
      return y ? dequantize(node, x, y, z) : null;
    case 'Sub':
      return y ? minus(node, x, y) : null;
    case 'Mul':
      return y ? times(node, x, y) : null;
    case 'Reshape':
      return y ? reshape(node, x, y) : null;
    case 'Transpose':
      return turned(node, x);
    case 'Slice':
      return y && z ? slice(node, x, [y, z, ...more]) : null;
    default:
      return null;
  }
}

function dequantize(node: Node, x: Tensor, scale: Tensor, zero: Tensor | undefined): Tensor {
  const block = node.integer('block_size', 0);
  const at = node.axis(node.integer('axis', 1), Math.max(1, x.dims.length));
  const along = (grid: Tensor): Float32Array => {
    if (grid.values.length === 1)
      return new Float32Array(x.values.length).fill(grid.values[0] ?? 0);
    const inner = sizeOf(x.dims.slice(at + 1));
    const side = x.dims[at] ?? 1;
    const sides = block === 0 ? side : Math.ceil(side / block);
    const fits = block === 0 ? grid.values.length === side : grid.values.length * side === x.values.length * sides; // prettier-ignore
    if (!fits) throw unsupportedNode(node.operator, node.name, 'its scales do not fit its numbers');
    return Float32Array.from(x.values, (_, i) => {
      const place = Math.floor(i / inner) % side;
      if (block === 0) return grid.values[place] ?? 0;
      const outer = Math.floor(i / inner / side);
      return grid.values[(outer * sides + Math.floor(place / block)) * inner + (i % inner)] ?? 0;
    });
  };
  const scales = along(scale);
  const zeros = zero === undefined ? new Float32Array(scales.length) : along(zero);
  const values = x.values.map((q, i) => (q - (zeros[i] ?? 0)) * (scales[i] ?? 0));
  return { dims: x.dims, values, ...(x.isCodes === true && { grid: { scales, zeros } }) };
}

function minus(node: Node, x: Tensor, y: Tensor): Tensor {
  const zeros = spread(node, y, x.dims);
  const values = x.values.map((value, i) => value - (zeros[i] ?? 0));
  if (x.isCodes !== true) return { dims: x.dims, values };
  return { dims: x.dims, values, grid: { scales: new Float32Array(values.length).fill(1), zeros } };
}

function times(node: Node, x: Tensor, y: Tensor): Tensor {
  const factors = spread(node, y, x.dims);
  const values = x.values.map((value, i) => value * (factors[i] ?? 0));
  const grid = x.grid ?? (x.isCodes === true ? { scales: new Float32Array(values.length).fill(1), zeros: new Float32Array(values.length) } : undefined); // prettier-ignore
  if (grid === undefined) return { dims: x.dims, values };
  const scales = grid.scales.map((scale, i) => scale * (factors[i] ?? 0));
  return { dims: x.dims, values, grid: { ...grid, scales } };
}

/** The numbers of `y` beside each number of a tensor of these dimensions. */
function spread(node: Node, y: Tensor, dims: readonly number[]): Float32Array {
  const missing = dims.length - y.dims.length;
  const sides = dims.map((_, axis) => (axis < missing ? 1 : (y.dims[axis - missing] ?? 1)));
  if (missing < 0 || sides.some((side, axis) => side !== 1 && side !== dims[axis])) {
    throw unsupportedNode(node.operator, node.name, 'its numbers have shapes that do not fit');
  }
  const strides = sides.map((side, axis) => (side === 1 ? 0 : sizeOf(sides.slice(axis + 1))));
  const spaces = dims.map((_, axis) => sizeOf(dims.slice(axis + 1)));
  return Float32Array.from({ length: sizeOf(dims) }, (_, i) => {
    let from = 0;
    for (let axis = 0; axis < dims.length; axis++) {
      from += (Math.floor(i / (spaces[axis] ?? 1)) % (dims[axis] ?? 1)) * (strides[axis] ?? 0);
    }
    return y.values[from] ?? 0;
  });
}

function reshape(node: Node, x: Tensor, { values }: Tensor): Tensor {
  const wanted = Array.from(values, (side, axis) => (side === 0 ? (x.dims[axis] ?? 0) : side));
  const known = sizeOf(wanted.filter((side) => side !== -1));
  const dims = wanted.map((side) => (side === -1 ? x.values.length / known : side));
  if (countOf(dims, node.name) !== x.values.length) {
    throw unsupportedNode(node.operator, node.name, 'its numbers do not fit into the shape');
  }
  return { ...x, dims };
}

function turned(node: Node, x: Tensor): Tensor {
  const order = node.integers('perm') ?? x.dims.map((_, axis) => x.dims.length - 1 - axis);
  if (order.length !== x.dims.length || !x.dims.every((_, axis) => order.includes(axis))) {
    throw unsupportedNode(node.operator, node.name, 'it does not name each axis once');
  }
  return moved(x, order.map((axis) => x.dims[axis] ?? 1), (values) => transpose(values, x.dims, order)); // prettier-ignore
}

/** The first rows of a tensor: all that is ever cut off here is what fills up the last block. */
function slice(
  node: Node,
  x: Tensor,
  [start, end, axes, steps]: readonly (Tensor | undefined)[],
): Tensor {
  // prettier-ignore
  const [from = 0, to = 0] = [start?.values[0], end?.values[0]];
  const rows = x.dims[0] ?? 0;
  const isPlain =
    from === 0 && to >= 0 && start?.values.length === 1 && (axes?.values[0] ?? 0) === 0 && (steps?.values[0] ?? 1) === 1; // prettier-ignore
  if (!isPlain || rows === 0) {
    throw unsupportedNode(node.operator, node.name, 'only the first rows of weights can be taken');
  }
  const kept = Math.min(to, rows);
  const length = (x.values.length / rows) * kept;
  return moved(x, [kept, ...x.dims.slice(1)], (values) => values.slice(0, length));
}
