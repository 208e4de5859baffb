import * as z from 'zod/mini';
import { LEAKY_SLOPE } from '../../engine/constants';
import type { Activation, Shape } from '../../experiment/architecture';
import type { ParameterRole } from '../../experiment/checkpoint';
import { defaultInitializer, type LayerPlan } from '../../experiment/layer-text';
import { shorten } from '../../experiment/model-errors';
import { MAX_SIDE } from '../architecture-text';
import { checkedLayer } from '../checked-layer';
import { told } from '../reason';
import { badModel, unsupported } from './bad-model';

/** A layer of a model, as `model.json` describes it. */
export interface KerasLayer {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** A layer as it will be here, and what it is called there. */
export interface PlannedLayer {
  readonly name: string;
  readonly plan: LayerPlan;
  /** Parameters that it has here and not there. */
  readonly without: readonly ParameterRole[];
  /** Of a batch norm: what is added to its variance. */
  readonly epsilon?: number;
}

/** What a setting has to be; where it is missing, Keras takes the default. */
const layerName = z.string().check(z.minLength(1), z.maxLength(200));
const flag = z._default(z.boolean(), true);
const count = z.int().check(z.minimum(1));
const square = z.pipe(
  z.union([count, z.tuple([count, count])]),
  z.transform((side) => (typeof side === 'number' ? [side, side] : side)),
);
const one = z._default(square, [1, 1]);
const channelsLast = z._default(z.enum(['channels_last', 'channelsLast']), 'channels_last');
const activation = z.catch(z._default(z.nullable(z.string()), 'linear'), '?');

const dense = z.object({ units: count, activation, use_bias: flag });
const conv = z.object({
  filters: count,
  kernel_size: square,
  strides: one,
  padding: z._default(z.enum(['valid', 'same']), 'valid'),
  dilation_rate: one,
  groups: z._default(z.literal(1), 1),
  data_format: channelsLast,
  activation,
  use_bias: flag,
});
const pool = z.object({
  pool_size: z._default(square, [2, 2]),
  strides: z._default(z.nullable(square), null),
  padding: z._default(z.literal('valid'), 'valid'),
  data_format: channelsLast,
});
const epsilon = z._default(z.number().check(z.minimum(0), z.maximum(1)), 1e-3);
const norm = z.object({
  axis: z._default(z.union([z.int(), z.tuple([z.int()])]), -1),
  epsilon,
  center: flag,
  scale: flag,
});

/** The activations by their names in Keras; the last layer's softmax is not among them. */
const ACTIVATIONS: ReadonlyMap<string, Activation> = new Map([
  ['linear', 'none'],
  ['relu', 'relu'],
  ['tanh', 'tanh'],
  ['sigmoid', 'sigmoid'],
  ['gelu', 'gelu'],
]);

/**
 * The layers of a Sequential model as layers here: an activation that stands alone goes into the layer before it.
 * @throws WhittleError `unsupportedTfjsLayer`, naming the layer, or `badTfjsModel`
 */
export function planLayers(given: readonly KerasLayer[]): {
  readonly input: Shape;
  readonly layers: readonly PlannedLayer[];
} {
  const layers = given.map(({ class_name, config }) => ({
    class_name,
    config: camelToSnake(config),
  }));
  const input = inputOf(layers);
  const planned: PlannedLayer[] = [];
  let rank = input.length;
  layers.forEach((layer, index) => {
    const called = nameOf(layer);
    const isLast = index === layers.length - 1;
    const act = activationAlone(layer, called, isLast);
    if (layer.class_name === 'InputLayer') return;
    if (act !== null) {
      const before = withActivation(planned.pop(), act, called);
      planned.push({ ...before, plan: checked(before.plan, called) });
      return;
    }
    const next = planLayer(layer, called, isLast);
    if (next.plan.type === 'batchnorm') checkAxis(layer, called, rank);
    if (next.plan.type === 'flatten') {
      // Of an exported dense layer on a picture, which here flattens by itself.
      rank = 1;
    }
    if (next.plan.type === 'dense' && rank > 1) {
      throw unsupported(called, 'a dense layer stands on a picture that is not flattened');
    }
    planned.push({ ...next, plan: checked(next.plan, called) });
  });
  return { input, layers: planned };
}

function nameOf({ config, class_name }: KerasLayer): string {
  const given = layerName.safeParse(config['name']);
  if (given.success) return given.data;
  throw badModel(told`a ${shorten(class_name)} layer of it has no name`);
}

const sides = z.array(z.int().check(z.minimum(1), z.maximum(MAX_SIDE)));
const batchShape = z.tuple(
  [z.nullable(z.unknown())],
  z.int().check(z.minimum(1), z.maximum(MAX_SIDE)),
);

/** The shape of an example: what the first layer says of it. */
function inputOf([first]: readonly KerasLayer[]): Shape {
  const { batch_input_shape, batch_shape } = first?.config ?? {};
  const given = batchShape.safeParse(batch_input_shape ?? batch_shape);
  const shape = given.success ? sides.safeParse(given.data.slice(1)) : null;
  if (!shape?.success || (shape.data.length !== 1 && shape.data.length !== 3)) {
    throw badModel('its first layer does not say what shape a vector or a picture has');
  }
  return shape.data;
}

/** The activation that a layer alone is; null where it is another layer. */
function activationAlone(
  { class_name, config }: KerasLayer,
  called: string,
  isLast: boolean,
): Activation | null {
  switch (class_name) {
    case 'Activation':
      return activationOf(activation.parse(config['activation']), called, isLast);
    case 'ReLU': {
      const { max_value = null, negative_slope = 0, threshold = 0 } = config;
      if (max_value === null && negative_slope === 0 && threshold === 0) return 'relu';
      throw unsupported(called, 'its ReLU has a bound, a slope or a threshold');
    }
    case 'LeakyReLU': {
      const slope = config['alpha'] ?? config['negative_slope'] ?? 0.3;
      if (typeof slope === 'number' && Math.abs(slope - LEAKY_SLOPE) < 1e-6) return 'leaky';
      throw unsupported(called, told`a leaky ReLU has the slope ${String(LEAKY_SLOPE)} here`);
    }
    case 'Softmax':
      return activationOf('softmax', called, isLast);
    default:
      return null;
  }
}

function withActivation(
  before: PlannedLayer | undefined,
  act: Activation,
  called: string,
): PlannedLayer {
  const plan = before?.plan;
  if (before === undefined || (plan?.type !== 'dense' && plan?.type !== 'conv')) {
    if (act === 'none' && before !== undefined) return before;
    throw unsupported(
      called,
      'an activation stands directly behind a dense or convolutional layer',
    );
  }
  if (act !== 'none' && plan.activation !== 'none') {
    throw unsupported(called, 'the layer before it has an activation already');
  }
  return act === 'none'
    ? before
    : { ...before, plan: withInitializer({ ...plan, activation: act }) };
}

type Units = Extract<LayerPlan, { readonly type: 'dense' | 'conv' }>;

function withInitializer(plan: Units): Units {
  return { ...plan, initializer: defaultInitializer(plan.activation) };
}

function planLayer(layer: KerasLayer, called: string, isLast: boolean): PlannedLayer {
  const { class_name, config } = layer;
  const read = <Schema extends z.ZodMiniType>(schema: Schema): z.output<Schema> => {
    const settings = schema.safeParse(config);
    if (settings.success) return settings.data;
    const path = settings.error.issues[0]?.path.join('.') ?? '';
    throw unsupported(called, told`its setting ${path} is one that layers here do not have`);
  };
  const side = ([height, width]: readonly number[], reason: string): number => {
    if (height === width && height !== undefined) return height;
    throw unsupported(called, reason);
  };
  const ofUnits = { name: called, without: [] as readonly ParameterRole[] };
  switch (class_name) {
    case 'Dense': {
      const { units, activation: act, use_bias } = read(dense);
      const plan = {
        type: 'dense',
        units,
        ...unitSettings(activationOf(act, called, isLast)),
      } as const;
      return { ...ofUnits, plan, without: use_bias ? [] : ['bias'] };
    }
    case 'Conv2D': {
      const settings = read(conv);
      const { filters, padding, activation: act, use_bias } = settings;
      if (side(settings.dilation_rate, 'its dilation is not square') !== 1) {
        throw unsupported(called, 'it is dilated');
      }
      const kernel = side(settings.kernel_size, 'its kernel is not square');
      const stride = side(settings.strides, 'its stride is not square');
      const units = unitSettings(activationOf(act, called, isLast));
      const plan = { type: 'conv', ...{ filters, kernel, stride, padding }, ...units } as const;
      return { ...ofUnits, plan, without: use_bias ? [] : ['bias'] };
    }
    case 'MaxPooling2D':
    case 'AveragePooling2D': {
      const { pool_size, strides } = read(pool);
      const size = side(pool_size, 'its window is not a square');
      const stride = side(strides ?? pool_size, 'its stride is not square');
      const type = class_name === 'MaxPooling2D' ? 'maxpool' : 'avgpool';
      return { ...ofUnits, plan: { type, size, stride } };
    }
    case 'BatchNormalization': {
      const settings = read(norm);
      const without: ParameterRole[] = [
        ...(settings.scale ? [] : (['scale'] as const)),
        ...(settings.center ? [] : (['shift'] as const)),
      ];
      return { name: called, plan: { type: 'batchnorm' }, without, epsilon: settings.epsilon };
    }
    case 'Dropout': {
      const { rate } = read(z.object({ rate: z.number().check(z.minimum(0), z.maximum(1)) }));
      return { ...ofUnits, plan: { type: 'dropout', rate: Number(rate.toFixed(6)) } };
    }
    case 'Flatten':
      read(z.object({ data_format: channelsLast }));
      return { ...ofUnits, plan: { type: 'flatten' } };
    default:
      throw unsupported(called, told`there is no ${shorten(class_name)} here`);
  }
}

function unitSettings(act: Activation) {
  return { activation: act, initializer: defaultInitializer(act) } as const;
}

/** TensorFlow.js itself writes some settings as it calls them. */
function camelToSnake(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}

function activationOf(given: string | null, called: string, isLast: boolean): Activation {
  if (given === 'softmax' && isLast) return 'none';
  const known = given === null ? 'none' : ACTIVATIONS.get(given);
  if (known !== undefined) return known;
  throw unsupported(called, told`there is no activation “${shorten(String(given))}” in its place`);
}

/** Batch norm is over the channels, which come last. */
function checkAxis({ config }: KerasLayer, called: string, rank: number): void {
  const axis = [config['axis'] ?? -1].flat()[0];
  if (axis !== -1 && axis !== rank) {
    throw unsupported(called, 'it normalizes over another axis than the last');
  }
}

function checked(plan: LayerPlan, called: string): LayerPlan {
  return checkedLayer(plan, (reason) => unsupported(called, reason));
}
