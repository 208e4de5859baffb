import { ACTIVATIONS, INITIALIZERS } from './architecture';
import type { Activation, ActivationGrid, Initializer, Layer, Padding } from './architecture';
import { modelError, shorten } from './model-errors';
import type { Ranged } from './model-sentences';

/** A layer as its text says it, before it has a name and shapes. */
export type LayerPlan =
  | {
      readonly type: 'dense';
      readonly units: number;
      readonly activation: Activation;
      readonly initializer: Initializer;
    }
  | {
      readonly type: 'conv';
      readonly filters: number;
      readonly kernel: number;
      readonly stride: number;
      readonly padding: Padding;
      readonly activation: Activation;
      readonly initializer: Initializer;
    }
  | { readonly type: 'maxpool' | 'avgpool'; readonly size: number; readonly stride: number }
  | { readonly type: 'dropout'; readonly rate: number }
  | ({ readonly type: 'quantize' } & ActivationGrid)
  | { readonly type: 'batchnorm' | 'flatten' };

export const MAX_UNITS = 4096;
/** Side of a kernel or pool, and stride. */
const MAX_SIDE = 64;
const MAX_DROPOUT = 0.95;
const MAX_BITS = 16;
/** A float32 number; fixed notation ends a little above. */
export const MAX_SCALE = 2 ** 66;
/** Behind the point: enough for every scale down to the smallest normal float32. */
const MAX_DECIMALS = 50;

const DEFAULTS = {
  kernel: 3,
  stride: 1,
  padding: 'valid',
  activation: 'relu',
  pool: 2,
  dropout: 0.5,
} as const;

/** He's variance is derived for rectifiers, Glorot's for activations that are linear around zero. */
export function defaultInitializer(activation: Activation): Initializer {
  return activation === 'relu' || activation === 'leaky' || activation === 'gelu' ? 'he' : 'glorot';
}

/**
 * Reads one layer: `conv-20-k5-s1-same-tanh-glorot`, `dense-120`, `maxpool-2-s2`, `batchnorm`,
 * `dropout-0.5`, `quantize-8-s0.0157-z128`, `flatten`. What follows the number may come in any order, each once.
 * @throws WhittleError `at: 'model'`, with the layer as it was `typed`, which may be shorter.
 */
export function parseLayer(text: string, typed = text): LayerPlan {
  const [type = '', ...words] = text.split('-');
  const args = new Arguments(typed, words);
  const plan = readLayer(type, args);
  if (plan === null) throw unknownLayer(text);
  args.finish();
  return plan;
}

function readLayer(type: string, args: Arguments): LayerPlan | null {
  switch (type) {
    case 'dense': {
      return { type, units: args.number('', 'units', MAX_UNITS), ...args.neuron() };
    }
    case 'conv': {
      const filters = args.number('', 'filters', MAX_UNITS);
      const kernel = args.number('k', 'kernel', MAX_SIDE, DEFAULTS.kernel);
      const stride = args.number('s', 'stride', MAX_SIDE, DEFAULTS.stride);
      const padding = args.word(['same', 'valid'] as const) ?? DEFAULTS.padding;
      return { type, filters, kernel, stride, padding, ...args.neuron() };
    }
    case 'maxpool':
    case 'avgpool': {
      const size = args.number('', 'size', MAX_SIDE, DEFAULTS.pool);
      return { type, size, stride: args.number('s', 'stride', MAX_SIDE, size) };
    }
    case 'dropout':
      return { type, rate: args.rate() };
    case 'quantize': {
      const bits = args.number('', 'bits', MAX_BITS);
      return { type, bits, scale: args.scale(), zeroPoint: args.zeroPoint(2 ** bits - 1) };
    }
    case 'batchnorm':
    case 'flatten':
      return { type };
    default:
      return null;
  }
}

/** The words behind a layer's type; each reader takes its own away, and none may be left. */
class Arguments {
  private words: readonly string[];

  constructor(
    private readonly layer: string,
    words: readonly string[],
  ) {
    this.words = words;
  }

  /** The first word of `letter` and digits. Without a fallback it has to be there. */
  number(letter: string, name: Ranged, max: number, fallback?: number): number {
    return this.value(new RegExp(`^${letter}\\d+$`), name, 1, max, fallback);
  }

  /** What units and filters have alike. */
  neuron() {
    const activation = this.word(ACTIVATIONS) ?? DEFAULTS.activation;
    const initializer = this.word(INITIALIZERS) ?? defaultInitializer(activation);
    return { activation, initializer };
  }

  rate(): number {
    return this.value(/^\d(\.\d{1,6})?$/, 'rate', 0, MAX_DROPOUT, DEFAULTS.dropout);
  }

  /** The float32 number nearest to what follows `s`. */
  scale(): number {
    const scale = Math.fround(this.value(/^s\d+(\.\d{1,50})?$/, 'scale', 0, MAX_SCALE));
    if (scale === 0) throw this.outOfRange('scale', 0, MAX_SCALE);
    return scale;
  }

  zeroPoint(max: number): number {
    return this.value(/^z\d+$/, 'zeroPoint', 0, max, 0);
  }

  /** The number in the first such word, behind its letter if it has one. */
  private value(pattern: RegExp, name: Ranged, min: number, max: number, fallback = NaN): number {
    const word = this.take((candidate) => pattern.test(candidate));
    const value = word === undefined ? fallback : Number(word.replace(/^[a-z]/, ''));
    if (value >= min && value <= max) return value;
    throw this.outOfRange(name, min, max);
  }

  word<const Word extends string>(known: readonly Word[]): Word | undefined {
    const word = this.take((candidate) => known.some((each) => each === candidate));
    return known.find((each) => each === word);
  }

  finish(): void {
    const [left] = this.words;
    if (left === undefined) return;
    throw modelError('layerArgument', { layer: shorten(this.layer), argument: shorten(left) });
  }

  private take(wanted: (word: string) => boolean): string | undefined {
    const index = this.words.findIndex(wanted);
    if (index === -1) return undefined;
    const word = this.words[index];
    this.words = this.words.filter((_, i) => i !== index);
    return word;
  }

  private outOfRange(argument: Ranged, min: number, max: number) {
    return modelError('layerRange', { layer: shorten(this.layer), argument, min, max });
  }
}

export function unknownLayer(text: string) {
  return modelError('unknownLayer', { layer: shorten(text) });
}

/** The shortest text that `parseLayer` reads as this layer. */
export function printLayer(layer: Layer | LayerPlan): string {
  switch (layer.type) {
    case 'dense':
      return ['dense', layer.units, ...units(layer)].join('-');
    case 'conv':
      return [
        'conv',
        layer.filters,
        ...(layer.kernel === DEFAULTS.kernel ? [] : [`k${String(layer.kernel)}`]),
        ...(layer.stride === DEFAULTS.stride ? [] : [`s${String(layer.stride)}`]),
        ...(layer.padding === DEFAULTS.padding ? [] : [layer.padding]),
        ...units(layer),
      ].join('-');
    case 'maxpool':
    case 'avgpool':
      return [
        layer.type,
        layer.size,
        ...(layer.stride === layer.size ? [] : [`s${String(layer.stride)}`]),
      ].join('-');
    case 'dropout':
      // Fixed notation: a small rate must not become 1e-7, which has a hyphen.
      return `dropout-${layer.rate.toFixed(6).replace(/\.?0+$/, '')}`;
    case 'quantize':
      return [
        ...['quantize', layer.bits, `s${scaleText(layer.scale)}`],
        ...(layer.zeroPoint === 0 ? [] : [`z${String(layer.zeroPoint)}`]),
      ].join('-');
    case 'batchnorm':
    case 'flatten':
      return layer.type;
  }
}

/** The fewest decimals that read as the same float32 number, in fixed notation. */
function scaleText(scale: number): string {
  for (let decimals = 0; decimals < MAX_DECIMALS; decimals++) {
    const text = scale.toFixed(decimals);
    if (Math.fround(Number(text)) === scale) return text;
  }
  return scale.toFixed(MAX_DECIMALS);
}

function units({
  activation,
  initializer,
}: {
  activation: Activation;
  initializer: Initializer;
}): string[] {
  return [
    ...(activation === DEFAULTS.activation ? [] : [activation]),
    ...(initializer === defaultInitializer(activation) ? [] : [initializer]),
  ];
}
