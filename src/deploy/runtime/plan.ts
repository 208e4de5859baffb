import type {
  Activation,
  Architecture,
  BatchNormLayer,
  ConvLayer,
  DenseLayer,
  Layer,
  PoolLayer,
  QuantizeLayer,
  Shape,
} from '../../experiment/architecture';
import { activationCode, BATCH_NORM_EPSILON } from '../../engine/constants';
import { channelsOf, paddingOf } from '../../engine/plan/geometry';
import { sizeOf } from '../../experiment/shapes';
import type { Arena } from './arena';
import { windowPlaces } from './geometry';
import { putKernel } from './kernel';
import type { Machine } from './machine';
import { byFilter, byInput } from './matrix';
import type { Parameters } from './parameters';

/** What is done with what the step before has left of so many examples. */
type Step = (machine: Machine, count: number) => void;
/** With one of them, from one address to another. */
type OneStep = (machine: Machine, x: number, y: number) => void;

/** A network laid out in memory. */
export interface Plan {
  /** Where the inputs of the first example go, and its outputs come. */
  readonly input: number;
  readonly output: number;
  /** Those of the next lie so many bytes behind. */
  readonly apart: number;
  readonly steps: readonly Step[];
}

/** Examples that go through the network at once: filters are taken out of their codes once for all of them. */
export const MOST_EXAMPLES = 8;

/**
 * Puts the network's weights into memory and makes the list of what to do with them. Pictures are planes there,
 * `[channels, height, width]`.
 */
export function planNetwork(
  architecture: Architecture,
  parameters: Parameters,
  arena: Arena,
): Plan {
  return new Planner(architecture, parameters, arena).plan();
}

/** Vectors are written whole, past the end of what they hold: so many numbers at most. */
const PAST = 64;

/** A place that layers use one after the other; where it is, is known when all have been asked how large it has to be. */
interface Shared {
  address: number;
  bytes: number;
}

function share(shared: Shared, bytes: number): Shared {
  shared.bytes = Math.max(shared.bytes, bytes);
  return shared;
}

class Planner {
  private readonly steps: Step[] = [];
  /** Numbers lie in one of two places, and go to the other with most steps. */
  private here: number;
  private there: number;
  private readonly apart: number;
  /** Inputs of a dense layer, or weights of a filter, that are not zero. */
  private readonly list: Shared = { address: 0, bytes: 0 };
  private readonly sums: Shared = { address: 0, bytes: 0 };
  private readonly padded: Shared = { address: 0, bytes: 0 };

  constructor(
    private readonly architecture: Architecture,
    private readonly parameters: Parameters,
    private readonly arena: Arena,
  ) {
    const { input, layers } = architecture;
    const sizes = [input, ...layers.map(({ output }) => output)].map(sizeOf);
    this.apart = 16 * Math.ceil((Math.max(...sizes) + PAST) / 4);
    this.here = arena.reserve(this.apart * MOST_EXAMPLES);
    this.there = arena.reserve(this.apart * MOST_EXAMPLES);
  }

  plan(): Plan {
    const { input, layers } = this.architecture;
    const start = this.here;
    const channels = channelsOf(input);
    this.transpose(sizeOf(input) / channels, channels);
    for (const layer of layers) this.add(layer);
    for (const shared of [this.list, this.sums, this.padded]) {
      shared.address = this.arena.reserve(shared.bytes);
    }
    return { input: start, output: this.here, apart: this.apart, steps: this.steps };
  }

  private add(layer: Layer): void {
    switch (layer.type) {
      case 'dense':
        this.dense(layer);
        break;
      case 'conv':
        this.conv(layer);
        break;
      case 'maxpool':
      case 'avgpool':
        this.pool(layer);
        break;
      case 'batchnorm':
        this.normalize(layer);
        break;
      case 'quantize':
        this.round(layer);
        break;
      case 'flatten':
        this.toPixels(layer.input);
        break;
      case 'dropout':
        break;
    }
  }

  private dense({ name, input, units, activation }: DenseLayer): void {
    this.toPixels(input);
    const { arena, parameters } = this;
    const inputs = sizeOf(input);
    const list = share(this.list, 8 * inputs);
    const sums = share(this.sums, 4 * (units + PAST));
    const kernel = putKernel(
      arena,
      parameters.packed(name, 'kernel'),
      byInput(inputs, units),
      units,
    );
    const bias = arena.hold(parameters.values(name, 'bias'));
    this.move((machine, x, y) => {
      machine.dense(kernel, x, inputs, y, units, bias, list.address, sums.address);
    });
    this.activate(activation, units);
  }

  private conv(layer: ConvLayer): void {
    const { name, output, kernel: side, filters, stride, activation } = layer;
    const { arena, parameters } = this;
    const [outHeight = 1, outWidth = 1] = output;
    const { needed, shape, sides } = paddingOf(layer);
    const { height, width, channels, top, left, paddedHeight, paddedWidth } = sides;
    const taps = side * side * channels;
    const list = share(this.list, 8 * taps);
    const sums = share(this.sums, 4 * (paddedHeight * paddedWidth + PAST));
    const paddedBytes = needed ? 4 * sizeOf(shape) : 0;
    const padded = share(this.padded, paddedBytes * MOST_EXAMPLES);
    const weights = parameters.packed(name, 'kernel');
    const kernel = putKernel(arena, weights, byFilter(taps, filters), filters);
    const places = arena.put(windowPlaces(layer, sides));
    const bias = arena.hold(parameters.values(name, 'bias'));
    const row = 4 * paddedWidth;
    const { here: x, there: y, apart } = this;
    this.steps.push((machine, count) => {
      const around = [top, left, paddedHeight, paddedWidth] as const;
      for (let i = 0; i < (needed ? count : 0); i++) {
        const to = padded.address + i * paddedBytes;
        machine.pad(x + i * apart, channels, height, width, to, ...around);
      }
      const [from, step] = needed ? [padded.address, paddedBytes] : [x, apart];
      const size = [outHeight, outWidth, filters, stride] as const;
      const rooms = [list.address, sums.address] as const;
      machine.conv(kernel, from, row, taps, places, y, ...size, bias, ...rooms, count, step, apart);
    });
    this.swap();
    this.activate(activation, sizeOf(output));
  }

  private pool({ type, input, output, size, stride }: PoolLayer): void {
    const [height = 1, width = 1, channels = 1] = input;
    const [outHeight = 1, outWidth = 1] = output;
    const average = Number(type === 'avgpool');
    this.move((machine, x, y) => {
      machine.pool(x, channels, height, width, y, outHeight, outWidth, size, stride, average);
    });
  }

  /** `y = factor · x + offset`. */
  private normalize({ name, input }: BatchNormLayer): void {
    const { arena, parameters } = this;
    const [mean, variance] = [parameters.values(name, 'mean'), parameters.values(name, 'variance')];
    const factor = parameters
      .values(name, 'scale')
      .map((value, i) => value / Math.sqrt((variance[i] ?? 0) + BATCH_NORM_EPSILON));
    const offset = parameters
      .values(name, 'shift')
      .map((value, i) => value - (mean[i] ?? 0) * (factor[i] ?? 0));
    const [factors, offsets] = [arena.hold(factor), arena.hold(offset)];
    const channels = channelsOf(input);
    const pixels = sizeOf(input) / channels;
    this.each((machine, x) => {
      machine.normalize(x, channels, pixels, factors, offsets, x);
    });
  }

  private round({ input, bits, scale, zeroPoint }: QuantizeLayer): void {
    const count = sizeOf(input);
    this.each((machine, x) => {
      machine.roundValues(x, count, scale, zeroPoint, 2 ** bits - 1);
    });
  }

  private activate(activation: Activation, count: number): void {
    if (activation === 'none') return;
    this.each((machine, x) => {
      machine.activate(activationCode(activation), x, count);
    });
  }

  private toPixels(shape: Shape): void {
    const channels = channelsOf(shape);
    this.transpose(channels, sizeOf(shape) / channels);
  }

  private transpose(rows: number, columns: number): void {
    if (rows === 1 || columns === 1) return;
    this.move((machine, x, y) => {
      machine.transpose(x, rows, columns, y);
    });
  }

  private each(step: OneStep): void {
    const { here: x, there: y, apart } = this;
    this.steps.push((machine, count) => {
      for (let i = 0; i < count; i++) step(machine, x + i * apart, y + i * apart);
    });
  }

  private move(step: OneStep): void {
    this.each(step);
    this.swap();
  }

  private swap(): void {
    [this.here, this.there] = [this.there, this.here];
  }
}
