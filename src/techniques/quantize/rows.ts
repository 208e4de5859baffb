import { paddingOf } from '../../engine/plan/geometry';
import type { ConvLayer } from '../../experiment/architecture';
import type { UnitLayer } from '../unit-layers';

/** What a unit reads at once: `[count, inputs]`, inputs in the order of the kernel's rows. */
export interface Rows {
  readonly count: number;
  readonly values: Float32Array;
}

/** Of a convolution's windows, which there are very many of, about so many are taken, evenly spread. */
const WINDOWS = 2_048;

/** The rows that a layer's inputs `[count, ...layer.input]` hold: examples, or windows of them. */
export function rowsOf(layer: UnitLayer, inputs: Float32Array): Rows {
  if (layer.type === 'conv') return windowsOf(layer, inputs);
  const width = layer.input.reduce((product, side) => product * side, 1);
  return { count: inputs.length / width, values: inputs };
}

function windowsOf(layer: ConvLayer, inputs: Float32Array): Rows {
  const { kernel, stride } = layer;
  const { height, width, channels, top, left } = paddingOf(layer).sides;
  const [outHeight = 1, outWidth = 1] = layer.output;
  const places = outHeight * outWidth;
  const windows = (inputs.length / (height * width * channels)) * places;
  let every = Math.max(1, Math.floor(windows / WINDOWS));
  // Lest some places of the picture never have their turn.
  while (every > 1 && commonDivisor(every, places) > 1) every += 1;
  const count = Math.floor(windows / every);
  const length = kernel * kernel * channels;
  const values = new Float32Array(count * length);
  for (let row = 0; row < count; row++) {
    const place = (row * every) % places;
    const example = Math.floor((row * every) / places);
    const x = (place % outWidth) * stride - left;
    const y = Math.floor(place / outWidth) * stride - top;
    for (let i = 0; i < length; i++) {
      const channel = i % channels;
      const column = x + (Math.floor(i / channels) % kernel);
      const line = y + Math.floor(i / channels / kernel);
      // Around the picture there are zeros.
      if (line < 0 || column < 0 || line >= height || column >= width) continue;
      const at = ((example * height + line) * width + column) * channels + channel;
      values[row * length + i] = inputs[at] ?? 0;
    }
  }
  return { count, values };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
