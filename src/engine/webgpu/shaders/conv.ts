import type { Activation } from '../../../experiment/architecture';
import { ACTIVATION_FUNCTIONS, activated, belowReads, passDown } from './activation';
import { tiled } from './tiled';
import { each, u, type Shader } from './wgsl';

/** Windows that slide over pictures `[count, height, width, channels]`. */
export interface WindowShape {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  /** Side of a window. */
  readonly size: number;
  readonly stride: number;
}

/** A convolution's sizes, and where its parameters begin among all values. */
export interface ConvShape extends WindowShape {
  readonly filters: number;
  /** Zeros above and to the left. */
  readonly top: number;
  readonly left: number;
  /** Whether there are zeros on any side. */
  readonly padded: boolean;
  readonly kernel: number;
  readonly bias: number;
}

/** Where a window begins that belongs to the position `row` of the output. */
function windowAt(shape: ConvShape, i: string, row: string): string {
  const { height, width, channels, outHeight, outWidth, stride, top, left } = shape;
  const positions = u(outHeight * outWidth);
  return `let place${i} = ${row} % ${positions};
    let picture${i} = ${row} / ${positions} * ${u(height * width * channels)};
    let top${i} = i32(place${i} / ${u(outWidth)} * ${u(stride)}) - ${String(top)};
    let side${i} = i32(place${i} % ${u(outWidth)} * ${u(stride)}) - ${String(left)};`;
}

/** Declares, for the pixel at `y` and `x`, whether it is there and where its channels begin. */
function pixelAt(shape: ConvShape, i: string, y: string, x: string): string {
  const { height, width, channels, padded } = shape;
  const at = (row: string, column: string) =>
    `picture${i} + u32((${row}) * ${String(width)} + ${column}) * ${u(channels)}`;
  if (!padded) return `let pixel${i} = ${at(y, x)};`;
  return `let y${i} = ${y}; let x${i} = ${x};
      let inside${i} = y${i} >= 0 && y${i} < ${String(height)} && x${i} >= 0 && x${i} < ${String(width)};
      let pixel${i} = select(0u, ${at(`y${i}`, `x${i}`)}, inside${i});`;
}

/** A number of the picture, zero where it is padding. */
function pixel({ padded }: ConvShape, i: string, channel: string): string {
  const value = `x[pixel${i} + ${channel}]`;
  return padded ? `select(0f, ${value}, inside${i})` : value;
}

const overWindow = ({ size }: ConvShape, body: string) =>
  `for (var ky = 0; ky < ${String(size)}; ky++) { for (var kx = 0; kx < ${String(size)}; kx++) { ${body} } }`;

/** `y = f(x ∗ K + b)`, `[count, outHeight, outWidth, filters]`, from `x` and `values`. */
export function convForward(shape: ConvShape, activation: Activation): Shader {
  const { count, channels, outHeight, outWidth, filters, size, kernel, bias } = shape;
  return tiled({
    ...{ rows: count * outHeight * outWidth, columns: filters },
    ...{ reads: ['x', 'values'], writes: ['y'], functions: ACTIVATION_FUNCTIONS },
    atRow: (i, row) => windowAt(shape, i, row),
    loop: (products, rows) =>
      overWindow(
        shape,
        `${rows.map((i) => pixelAt(shape, i, `top${i} + ky`, `side${i} + kx`)).join('\n')}
      let weights = ${u(kernel)} + u32(ky * ${String(size)} + kx) * ${u(channels * filters)};
      for (var k = 0u; k < ${u(channels)}; k++) { ${products} }`,
      ),
    left: (i) => pixel(shape, i, 'k'),
    right: (_, column) => `values[weights + k * ${u(filters)} + ${column}]`,
    store: (sum, row, column) => `let z = ${sum} + values[${u(bias)} + ${column}];
      y[${row} * ${u(filters)} + ${column}] = ${activated(activation, 'z')};`,
  });
}

/** Into how many sums the gradient by a kernel is taken apart, so that there is work for a whole GPU. */
export function slicesOf({ count }: ConvShape): number {
  return Math.min(64, count);
}

/** Numbers of one of these sums. */
export function sliceLength({ size, channels, filters }: ConvShape): number {
  return (size * size * channels + 1) * filters;
}

/** The gradients by kernel and bias, `[slices, weights + 1, filters]`, each over some of the pictures: from `x` and `dy`. */
export function convGradientSlices(shape: ConvShape): Shader {
  const { count, height, width, channels, outHeight, outWidth, filters, size } = shape;
  const weights = size * size * channels;
  const slices = slicesOf(shape);
  const perSlice = Math.ceil(count / slices);
  return tiled({
    ...{ rows: weights + 1, columns: filters, slices, reads: ['x', 'dy'], writes: ['parts'] },
    // The bias is a row more, whose input is always one; what it would load is not used.
    atRow: (i, row) => `let isBias${i} = ${row} == ${u(weights)};
    let weight${i} = select(${row}, 0u, isBias${i});
    let channel${i} = weight${i} % ${u(channels)};
    let ky${i} = i32(weight${i} / ${u(channels * size)}) - ${String(shape.top)};
    let kx${i} = i32(weight${i} / ${u(channels)} % ${u(size)}) - ${String(shape.left)};`,
    loop: (products, rows) => `for (
      var picture = slice * ${u(perSlice)};
      picture < min(${u(count)}, (slice + 1) * ${u(perSlice)});
      picture++
    ) {
      ${rows.map((i) => `let picture${i} = picture * ${u(height * width * channels)};`).join(' ')}
      for (var oy = 0; oy < ${String(outHeight)}; oy++) { for (var ox = 0; ox < ${String(outWidth)}; ox++) {
        ${rows.map((i) => pixelAt(shape, i, `oy * ${String(shape.stride)} + ky${i}`, `ox * ${String(shape.stride)} + kx${i}`)).join('\n')}
        let position = ((picture * ${u(outHeight)} + u32(oy)) * ${u(outWidth)} + u32(ox)) * ${u(filters)};
        ${products}
      } }
    }`,
    left: (i) => `select(${pixel(shape, i, `channel${i}`)}, 1f, isBias${i})`,
    right: (_, column) => `dy[position + ${column}]`,
    store: (sum, row, column) =>
      `parts[(slice * ${u(weights + 1)} + ${row}) * ${u(filters)} + ${column}] = ${sum};`,
  });
}

/** Adds up what `convGradientSlices` gave: from `parts` into `gradients`. */
export function convGradient(shape: ConvShape): Shader {
  const { channels, filters, size, kernel, bias } = shape;
  const weights = size * size * channels * filters;
  const length = sliceLength(shape);
  return each(length, {
    ...{ reads: ['parts'], writes: ['gradients'] },
    body: `var sum = 0f;
    for (var slice = 0u; slice < ${u(slicesOf(shape))}; slice++) { sum += parts[slice * ${u(length)} + i]; }
    gradients[select(${u(bias)} + i - ${u(weights)}, ${u(kernel)} + i, i < ${u(weights)})] = sum;`,
  });
}

/** The gradient by the pictures, times the slope of the activation below at `y`: from `dy`, `values`, `y`. */
export function convInputGradient(shape: ConvShape, below: Activation): Shader {
  const { count, height, width, channels, outHeight, outWidth, filters, size, kernel } = shape;
  const stride = String(shape.stride);
  // The position of the output whose window has this pixel at (ky, kx), if there is one.
  const positionAt = (i: string) => `
      let dy${i} = top${i} - ky; let dx${i} = side${i} - kx;
      let met${i} = dy${i} >= 0 && dx${i} >= 0 && dy${i} % ${stride} == 0 && dx${i} % ${stride} == 0
        && dy${i} / ${stride} < ${String(outHeight)} && dx${i} / ${stride} < ${String(outWidth)};
      let position${i} = select(0u, first${i} + u32(dy${i} / ${stride} * ${String(outWidth)} + dx${i} / ${stride}) * ${u(filters)}, met${i});`;
  return tiled({
    ...{ rows: count * height * width, columns: channels },
    ...{ reads: ['dy', 'values', ...belowReads(below)], writes: ['dx'] },
    functions: ACTIVATION_FUNCTIONS,
    atRow: (i, row) => `let pixel${i} = ${row} % ${u(height * width)};
    let first${i} = ${row} / ${u(height * width)} * ${u(outHeight * outWidth * filters)};
    let top${i} = i32(pixel${i} / ${u(width)}) + ${String(shape.top)};
    let side${i} = i32(pixel${i} % ${u(width)}) + ${String(shape.left)};`,
    loop: (products, rows) =>
      overWindow(
        shape,
        `${rows.map(positionAt).join('')}
      let weights = ${u(kernel)} + u32(ky * ${String(size)} + kx) * ${u(channels * filters)};
      for (var k = 0u; k < ${u(filters)}; k++) { ${products} }`,
      ),
    left: (i) => `select(0f, dy[position${i} + k], met${i})`,
    right: (_, column) => `values[weights + ${column} * ${u(filters)} + k]`,
    store: (sum, row, column) => passDown(below, sum, `${row} * ${u(channels)} + ${column}`),
  });
}
