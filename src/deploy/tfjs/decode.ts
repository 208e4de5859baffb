import { unzipSync } from 'fflate';
import * as z from 'zod/mini';
import type { Layer } from '../../experiment/architecture';
import { assemble, MAX_LAYERS, MAX_PARAMETERS, nameLayers } from '../../experiment/assemble';
import type { Checkpoint, Parameter } from '../../experiment/checkpoint';
import { shorten } from '../../experiment/model-errors';
import { layerParameters } from '../../experiment/parameters';
import { toProblem } from '../../experiment/problem';
import { sizeOf } from '../../experiment/shapes';
import { areNames } from '../architecture-text';
import { FLOAT_BYTES, readFloats } from '../float-bytes';
import { withOurEpsilon } from '../norm-epsilon';
import { taskOf } from '../task-of';
import { told } from '../reason';
import { badModel, unsupported } from './bad-model';
import { KERAS_NAMES, MODEL_FILE, WEIGHTS_FILE, type TfjsFiles } from './encode';
import { planLayers, type PlannedLayer } from './plan-layers';

export type TfjsNetwork = Pick<Checkpoint, 'architecture' | 'parameters'>;

/** Of the names and settings of as many layers as there may be, several times over. */
const MAX_MODEL = 2 ** 20;
const MAX_WEIGHTS = FLOAT_BYTES * MAX_PARAMETERS;

/**
 * The two files in a zip; they may lie in a folder.
 * @throws WhittleError `badTfjsModel` where there are none, or they are larger than a network can be
 */
export function unzipTfjs(zip: Uint8Array): TfjsFiles {
  const sizes = new Map([
    [MODEL_FILE, MAX_MODEL],
    [WEIGHTS_FILE, MAX_WEIGHTS],
  ]);
  const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const found = new Map<string, Uint8Array>();
  try {
    const files = unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        const most = sizes.get(baseName(name));
        if (most === undefined || originalSize > most) return false;
        // Each once: a thousand files of one name would be a thousand times as large.
        sizes.delete(baseName(name));
        return true;
      },
    });
    for (const [path, bytes] of Object.entries(files)) found.set(baseName(path), bytes);
  } catch {
    throw badModel('it is no zip, or a damaged one');
  }
  const [model, weights] = [found.get(MODEL_FILE), found.get(WEIGHTS_FILE)];
  if (model === undefined || weights === undefined) {
    throw badModel(told`there are no ${MODEL_FILE} and ${WEIGHTS_FILE} of a possible size in it`);
  }
  return { model: new TextDecoder().decode(model), weights };
}

const weightSchema = z.object({
  name: z.string(),
  shape: z.array(z.int().check(z.minimum(1))).check(z.maxLength(4)),
  dtype: z.string(),
  quantization: z.optional(z.unknown()),
});

const layerSchema = z.object({
  class_name: z.string(),
  config: z.record(z.string(), z.unknown()),
});
const layersSchema = z.array(layerSchema).check(z.minLength(1));
/** Keras saved a list of layers before it gave the model a name. */
const sequentialSchema = z.object({
  class_name: z.string(),
  config: z.union([z.object({ layers: layersSchema }), layersSchema]),
});

const modelSchema = z.object({
  modelTopology: z.union([z.object({ model_config: sequentialSchema }), sequentialSchema]),
  weightsManifest: z.array(z.object({ weights: z.array(weightSchema) })),
  userDefinedMetadata: z.optional(z.object({ task: z.optional(z.unknown()) })),
});

/**
 * The network in a TensorFlow.js layers model: one that Whittle has made, or a Keras `Sequential` of layers that
 * Whittle has. It gives the same answers; a softmax at the end goes, since logits are what it is made of.
 * @throws WhittleError `badTfjsModel`, or `unsupportedTfjsLayer` naming the layer, before it has taken more memory
 * than a network of the largest size allowed
 */
export function decodeTfjs({ model, weights }: TfjsFiles): TfjsNetwork {
  if (model.length > MAX_MODEL || weights.length > MAX_WEIGHTS) {
    throw badModel('it is larger than a network can be here');
  }
  const { modelTopology, weightsManifest, userDefinedMetadata } = parseModel(model);
  const topology = 'model_config' in modelTopology ? modelTopology.model_config : modelTopology;
  if (topology.class_name !== 'Sequential') {
    throw badModel(
      told`it is a ${shorten(topology.class_name)} model, and only a Sequential one is read`,
    );
  }
  const kerasLayers = Array.isArray(topology.config) ? topology.config : topology.config.layers;
  // A layer here may be two in Keras.
  if (kerasLayers.length > 3 * MAX_LAYERS) {
    throw badModel(told`it has more than the ${String(MAX_LAYERS)} layers that are possible here`);
  }
  const { input, layers: planned } = planLayers(kerasLayers);
  const layers = asNetwork(planned, input);
  const outputs = layers.at(-1)?.output[0] ?? 1;
  const task = taskOf(userDefinedMetadata?.task, outputs);
  const tensors = new Weights(
    weightsManifest.flatMap((group) => group.weights),
    weights,
  );
  const parameters = Object.fromEntries(
    layers.flatMap((layer, i) => Object.entries(readParameters(layer, planned[i], tensors))),
  );
  tensors.end();
  return { architecture: { task, input, outputs, layers }, parameters };
}

function parseModel(text: string): z.output<typeof modelSchema> {
  try {
    return modelSchema.parse(JSON.parse(text));
  } catch {
    throw badModel(told`its ${MODEL_FILE} is not that of a layers model`);
  }
}

/** The layers with names and shapes; their own names where they can be, else by type and number. */
function asNetwork(planned: readonly PlannedLayer[], input: readonly number[]): readonly Layer[] {
  const plans = planned.map(({ plan }) => plan);
  const last = plans.at(-1);
  if (last?.type !== 'dense') throw badModel('its last layer is not a dense one');
  if (last.activation !== 'none') {
    throw unsupported(planned.at(-1)?.name ?? '', 'the last layer has an activation');
  }
  const own = planned.map(({ name }) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
  const names = areNames(own) ? own : nameLayers(plans);
  try {
    const description = { task: 'classification', input, outputs: last.units } as const;
    return assemble(description, plans, names).layers;
  } catch (error) {
    throw badModel(told`its network cannot be: ${toProblem(error)}`);
  }
}

type Head = z.output<typeof weightSchema>;

/** The tensors of a manifest, each read once. */
class Weights {
  private readonly heads = new Map<string, Head & { readonly offset: number }>();

  constructor(
    heads: readonly Head[],
    private readonly bytes: Uint8Array,
  ) {
    let offset = 0;
    for (const head of heads) {
      if (head.dtype !== 'float32' || head.quantization !== undefined) {
        throw badModel(told`its weights ${shorten(head.name)} are not of float32 numbers`);
      }
      if (this.heads.has(head.name))
        throw badModel(told`it has the weights ${shorten(head.name)} twice`);
      this.heads.set(head.name, { ...head, offset });
      offset += FLOAT_BYTES * sizeOf(head.shape);
      if (offset > bytes.length) throw badModel(told`its ${WEIGHTS_FILE} ends too early`);
    }
    if (offset < bytes.length) throw badModel(told`its ${WEIGHTS_FILE} ends too late`);
  }

  /** Null where there are none of that name. Scopes may stand before a name, and `:0` behind. */
  take(layer: string, name: string, shape: readonly number[]): Float32Array | null {
    const wanted = `${layer}/${name}`;
    const bare = (given: string) => given.replace(/:0$/, '');
    const names = [...this.heads.keys()];
    const key =
      names.find((given) => bare(given) === wanted) ??
      names.find((given) => bare(given).endsWith(`/${wanted}`));
    const head = key === undefined ? undefined : this.heads.get(key);
    if (key === undefined || head === undefined) return null;
    this.heads.delete(key);
    if (head.shape.join() !== shape.join()) {
      throw badModel(told`its weights ${shorten(key)} do not have the shape of their layer`);
    }
    return readFloats(this.bytes, head.offset, sizeOf(shape));
  }

  /** @throws WhittleError where weights belong to no layer */
  end(): void {
    const [left] = this.heads.keys();
    if (left !== undefined) throw badModel(told`its weights ${shorten(left)} belong to no layer`);
  }
}

function readParameters(
  layer: Layer,
  planned: PlannedLayer | undefined,
  tensors: Weights,
): Record<string, Parameter> {
  const called = planned?.name ?? '';
  const read = layerParameters(layer).map(({ name, role, shape }) => {
    const keras = role === 'step' ? '' : KERAS_NAMES[role];
    const values = planned?.without.includes(role)
      ? new Float32Array(sizeOf(shape)).fill(role === 'scale' ? 1 : 0)
      : tensors.take(called, keras, shape);
    if (values === null) throw badModel(told`it has no weights ${shorten(called)}/${keras}`);
    return [name, { role, shape, values }] as const;
  });
  const parameters = withEpsilon(layer, planned, Object.fromEntries(read));
  for (const [name, { values }] of Object.entries(parameters)) {
    if (!values.every(Number.isFinite))
      throw badModel(told`${name} holds what is no finite number`);
  }
  return parameters;
}

/** A batch norm's parameters for Whittle's ε. */
function withEpsilon(
  { name }: Layer,
  planned: PlannedLayer | undefined,
  parameters: Record<string, Parameter>,
): Record<string, Parameter> {
  const [scale, variance] = [parameters[`${name}.scale`], parameters[`${name}.variance`]];
  if (planned?.epsilon === undefined || scale === undefined || variance === undefined) {
    return parameters;
  }
  const given = { scale: scale.values, variance: variance.values };
  const ours = withOurEpsilon(given, planned.epsilon);
  return {
    ...parameters,
    [`${name}.scale`]: { ...scale, values: ours.scale },
    [`${name}.variance`]: { ...variance, values: ours.variance },
  };
}
