import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeEngine } from '../../engine/testing/engines';
import {
  batchOf,
  LENET_300_100,
  LENET_5,
  networkOf,
  sketch,
  type LayerSketch,
} from '../../engine/testing/networks';
import type { Engine } from '../../engine/trainer';
import { ACTIVATIONS, type Architecture } from '../../experiment/architecture';
import { seen } from '../../experiment/dataset';
import { WhittleError } from '../../experiment/problem';
import { anyArchitecture } from '../../techniques/testing/networks';
import { decodeTfjs, unzipTfjs, type TfjsNetwork } from './decode';
import { encodeTfjs, zipTfjs, type TfjsFiles } from './encode';

const FACTS = { link: 'v=1&data=mnist', variant: 's0', version: '0.1.0' };

let engine: Engine;
beforeAll(async () => {
  engine = await nodeEngine('cpu');
});

/** The files as TensorFlow.js loads them from a server. */
async function load({ model, weights }: TfjsFiles): Promise<tf.LayersModel> {
  const served = (from: string | URL | Request) => {
    const url = from instanceof Request ? from.url : from.toString();
    const weightsOnly = { status: url.endsWith('/weights.bin') ? 200 : 404 };
    return Promise.resolve(
      url.endsWith('/model.json')
        ? new Response(model, { headers: { 'content-type': 'application/json' } })
        : new Response(weights.slice(), weightsOnly),
    );
  };
  const loaded = await tf.loadLayersModel(
    tf.io.http('https://whittle.test/model.json', { fetchFunc: served }),
  );
  return loaded;
}

/** What a model says of some inputs, and what Whittle's engine says of them. */
async function answers(network: TfjsNetwork, files: TfjsFiles, count = 3) {
  const { architecture } = network;
  const batch = batchOf(architecture, count, 11);
  const model = await load(files);
  const said = model.predict(tf.tensor(seen(batch.inputs), [count, ...architecture.input]));
  const theirs = Array.from((said as tf.Tensor).dataSync());
  return { theirs, ours: await predictions(network, batch) };
}

async function predictions(network: TfjsNetwork, batch: ReturnType<typeof batchOf>) {
  const trainer = await engine.open({ ...network, masks: {} });
  const outputs = await trainer.predict(batch);
  trainer.dispose();
  return outputs;
}

/** Within 1e-4 of what is said, however large. */
function expectClose(theirs: ArrayLike<number>, ours: ArrayLike<number>): void {
  expect(theirs).toHaveLength(ours.length);
  Array.from(theirs).forEach((value, i) => {
    const wanted = ours[i] ?? NaN;
    expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-4 * Math.max(1, Math.abs(wanted)));
  });
}

const withoutRounding = anyArchitecture.map(({ input, layers }): Architecture => {
  const sketches = layers.filter(({ type }) => type !== 'quantize') as readonly LayerSketch[];
  return sketch(input, sketches);
});

describe('a TensorFlow.js model', () => {
  it('is loaded by tf.loadLayersModel and gives the same answers, whatever the network', async () => {
    await fc.assert(
      fc.asyncProperty(withoutRounding, fc.nat(), async (architecture, seed) => {
        const network = networkOf(architecture, seed);
        const { theirs, ours } = await answers(network, encodeTfjs(network, FACTS));
        expectClose(theirs, ours);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['LeNet-300-100', LENET_300_100, 266_610],
    ['LeNet-5', LENET_5, 431_080],
  ] as const)('of %s has its parameters and gives its answers', async (_, architecture, size) => {
    const network = networkOf(architecture, 5);
    const files = encodeTfjs(network, FACTS);
    expect(files.weights).toHaveLength(4 * size);
    expect((await load(files)).countParams()).toBe(size);
    const { theirs, ours } = await answers(network, files);
    expectClose(theirs, ours);
  });

  it.each(ACTIVATIONS)('has the activation %s', async (activation) => {
    const architecture = sketch(
      [6],
      [
        { type: 'dense', units: 8, activation },
        { type: 'dense', units: 3 },
      ],
    );
    const network = networkOf(architecture, 2);
    const { theirs, ours } = await answers(network, encodeTfjs(network, FACTS), 50);
    expectClose(theirs, ours);
  });

  it('says what it is, where it comes from, and that it puts out logits', async () => {
    const metrics = { examples: 45, loss: 0.1, accuracy: 0.9556 };
    const files = encodeTfjs(networkOf(LENET_300_100, 1), { ...FACTS, metrics });
    expect((await load(files)).getUserDefinedMetadata()).toEqual({
      ...{ generator: 'Whittle 0.1.0', link: 'v=1&data=mnist', variant: 's0' },
      ...{ accuracy: '0.9556', testExamples: '45', task: 'classification', output: 'logits' },
    });
  });

  it('is refused where activations are rounded, naming the layer, since Keras has none that does', () => {
    const rounding = { type: 'quantize', bits: 8, scale: 0.5, zeroPoint: 3 } as const;
    const network = networkOf(sketch([4], [rounding, { type: 'dense', units: 2 }]), 1);
    expect(() => encodeTfjs(network, FACTS)).toThrow(/no layer that rounds .* quantize1/);
  });

  it('is two files in a zip, the same bytes for the same network', () => {
    const network = networkOf(LENET_300_100, 1);
    const files = encodeTfjs(network, FACTS);
    const zip = zipTfjs(files);
    expect(Buffer.compare(zipTfjs(encodeTfjs(network, FACTS)), zip)).toBe(0);
    expect(Object.keys(unzipSync(zip))).toEqual(['model.json', 'weights.bin']);
    const read = unzipTfjs(zip);
    expect(read.model).toBe(files.model);
    expect(Buffer.compare(read.weights, files.weights)).toBe(0);
  });
});

describe('a TensorFlow.js model that is read', () => {
  it('of Whittle’s own gives back every number, and the same answers', async () => {
    await fc.assert(
      fc.asyncProperty(withoutRounding, fc.nat(), async (architecture, seed) => {
        const network = networkOf(architecture, seed);
        const read = decodeTfjs(encodeTfjs(network, FACTS));
        const { masks: _, ...plain } = network;
        expect(Object.values(read.parameters)).toEqual(Object.values(plain.parameters));
        const batch = batchOf(architecture, 2, 4);
        expect(await predictions(read, batch)).toEqual(await predictions(network, batch));
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the names of layers, and the network as it is but for its initializers', () => {
    const read = decodeTfjs(encodeTfjs(networkOf(LENET_5, 1), FACTS));
    const names = ['conv1', 'maxpool2', 'conv3', 'maxpool4', 'flatten5', 'dense6', 'dense7'];
    expect(read.architecture.layers.map(({ name }) => name)).toEqual(names);
    expect(Object.keys(read.parameters)).toContain('conv3.kernel');
    expect(read.architecture).toMatchObject({ task: 'classification', outputs: 10 });
  });

  /** A model made with TensorFlow.js itself, saved as it saves. */
  async function saved(
    layers: readonly tf.layers.Layer[],
  ): Promise<TfjsFiles & { tf: tf.Sequential }> {
    const model = tf.sequential({ layers: [...layers] });
    // As training would leave them: batch norm's statistics are not those it begins with.
    model.setWeights(
      model.getWeights().map((w, i) => tf.randomUniform(w.shape, 0.1, 0.9, 'float32', i)),
    );
    let files: TfjsFiles | undefined;
    await model.save(
      tf.io.withSaveHandler(({ modelTopology, weightSpecs, weightData, ...rest }) => {
        const data = Array.isArray(weightData) ? weightData[0] : weightData;
        files = {
          model: JSON.stringify({
            ...{ format: rest.format, generatedBy: rest.generatedBy, convertedBy: null },
            modelTopology,
            weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }],
          }),
          weights: new Uint8Array(data ?? new ArrayBuffer()),
        };
        const dateSaved = new Date();
        return Promise.resolve({ modelArtifactsInfo: { dateSaved, modelTopologyType: 'JSON' } });
      }),
    );
    if (files === undefined) throw new Error('Nothing was saved.');
    return { ...files, tf: model };
  }

  async function expectSameAnswers({ tf: model, ...files }: TfjsFiles & { tf: tf.Sequential }) {
    const read = decodeTfjs(files);
    const batch = batchOf(read.architecture, 4, 3);
    const input = tf.tensor(seen(batch.inputs), [4, ...read.architecture.input]);
    const theirs = (model.predict(input) as tf.Tensor).dataSync();
    expectClose(theirs, await predictions(read, batch));
  }

  it('may be a plain MLP made elsewhere, its activations apart', async () => {
    await expectSameAnswers(
      await saved([
        tf.layers.inputLayer({ inputShape: [6] }),
        tf.layers.dense({ units: 8, activation: 'tanh' }),
        tf.layers.dense({ units: 7, useBias: false }),
        tf.layers.activation({ activation: 'relu' }),
        tf.layers.dropout({ rate: 0.25 }),
        tf.layers.dense({ units: 5 }),
        tf.layers.leakyReLU({ alpha: 0.01 }),
        tf.layers.dense({ units: 3 }),
      ]),
    );
  });

  it('may be a plain CNN made elsewhere, with batch norm as Keras has it', async () => {
    await expectSameAnswers(
      await saved([
        tf.layers.conv2d({
          inputShape: [12, 12, 2],
          ...{ filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' },
        }),
        tf.layers.batchNormalization({ scale: false }),
        tf.layers.maxPooling2d({ poolSize: 2 }),
        tf.layers.conv2d({ filters: 3, kernelSize: 3, strides: 2, useBias: false }),
        tf.layers.batchNormalization({ axis: 3, epsilon: 0.01 }),
        tf.layers.averagePooling2d({ poolSize: 2, strides: 1 }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 3 }),
      ]),
    );
  });

  it('may end in a softmax, whose logits are taken', async () => {
    const { tf: model, ...files } = await saved([
      tf.layers.dense({ inputShape: [4], units: 3, activation: 'softmax' }),
    ]);
    const read = decodeTfjs(files);
    const batch = batchOf(read.architecture, 4, 3);
    const theirs = (model.predict(tf.tensor(seen(batch.inputs), [4, 4])) as tf.Tensor).dataSync();
    const logits = tf.tensor(await predictions(read, batch), [4, 3]);
    expectClose(theirs, tf.softmax(logits).dataSync());
  });

  const picture = { inputShape: [8, 8, 1], filters: 2, kernelSize: 3 };
  const foreign: readonly (readonly [string, () => tf.layers.Layer[]])[] = [
    [
      'there is no GlobalAveragePooling2D',
      () => [tf.layers.conv2d(picture), tf.layers.globalAveragePooling2d({})],
    ],
    ['activation “elu”', () => [tf.layers.dense({ inputShape: [4], units: 3, activation: 'elu' })]],
    ['kernel is not square', () => [tf.layers.conv2d({ ...picture, kernelSize: [3, 2] })]],
    ['dilated', () => [tf.layers.conv2d({ ...picture, dilationRate: 2 })]],
    [
      'setting data_format',
      () => [tf.layers.conv2d({ ...picture, inputShape: [8, 8, 8], dataFormat: 'channelsFirst' })],
    ],
    [
      'setting padding',
      () => [tf.layers.conv2d(picture), tf.layers.maxPooling2d({ padding: 'same' })],
    ],
    ['there is no SeparableConv2D', () => [tf.layers.separableConv2d(picture)]],
    ['there is no Reshape', () => [tf.layers.reshape({ inputShape: [4], targetShape: [2, 2] })]],
    [
      'slope',
      () => [tf.layers.dense({ inputShape: [4], units: 3 }), tf.layers.leakyReLU({ alpha: 0.2 })],
    ],
    [
      'directly behind a dense',
      () => [
        tf.layers.dense({ inputShape: [4], units: 3 }),
        tf.layers.batchNormalization(),
        tf.layers.activation({ activation: 'relu' }),
      ],
    ],
    ['not flattened', () => [tf.layers.conv2d(picture), tf.layers.dense({ units: 2 })]],
  ];
  it.each(foreign)('is refused where %s, and the layer named', async (reason, layers) => {
    const model = saved(layers());
    const { tf: _, ...files } = await model.catch((error: unknown) => {
      throw new Error(`TensorFlow.js did not save it: ${String(error)}`);
    });
    const read = () => decodeTfjs(files);
    expect(read).toThrow(reason);
    expect(read).toThrow(
      /The layer “(?:conv|separable|dense|re|leaky|activation|max|batch|global)/,
    );
  });
});

/** The parts of a `model.json` that are spoilt below; the first layer and the first two tensors are there. */
interface Draft {
  modelTopology: {
    class_name: string;
    config: { layers: { config: Record<string, unknown> }[] };
  };
  weightsManifest: [{ weights: [Head, Head] }];
}
interface Head {
  name: string;
  shape: number[];
  dtype: string;
}

describe('a TensorFlow.js model that is damaged or hostile', () => {
  const network = networkOf(sketch([3], [{ type: 'dense', units: 2 }]), 1);
  const good = encodeTfjs(network, FACTS);
  const changed = (change: (model: Draft) => void): TfjsFiles => {
    const model = JSON.parse(good.model) as Draft;
    change(model);
    return { ...good, model: JSON.stringify(model) };
  };

  it('is told what is wrong with it', () => {
    const wrong: readonly (readonly [TfjsFiles, RegExp])[] = [
      [{ ...good, model: '{' }, /model\.json is not that of a layers model/],
      [{ ...good, model: '[1]' }, /model\.json is not that of a layers model/],
      [{ ...good, model: ' '.repeat(2 ** 21) }, /larger than a network/],
      [{ ...good, weights: new Uint8Array(30_000_000) }, /larger than a network/],
      [{ ...good, weights: good.weights.subarray(4) }, /ends too early/],
      [{ ...good, weights: new Uint8Array(100) }, /ends too late/],
      [changed((m) => (m.modelTopology.class_name = 'Functional')), /a Functional model/],
      [changed((m) => (m.modelTopology.config.layers = [])), /not that of a layers model/],
      [changed((m) => (m.weightsManifest[0].weights[0].shape = [2, 3])), /shape of their layer/],
      [changed((m) => (m.weightsManifest[0].weights[0].dtype = 'uint8')), /not of float32/],
      [
        changed((m) => (m.weightsManifest[0].weights[1].name = 'dense1/b')),
        /no weights dense1\/bias/,
      ],
      [
        changed((m) => (m.modelTopology.config.layers[0]!.config['units'] = 1e6)),
        /from 1 to 4096 units/,
      ],
      [
        changed(
          (m) => (m.modelTopology.config.layers[0]!.config['batch_input_shape'] = [null, 4, 4]),
        ),
        /what shape a vector or a picture has/,
      ],
      [
        changed((m) => {
          const { config } = m.modelTopology;
          config.layers = Array.from({ length: 5000 }, () => config.layers[0]!);
        }),
        /more than the 40 layers/,
      ],
    ];
    for (const [files, reason] of wrong) expect(() => decodeTfjs(files)).toThrow(reason);
  });

  it('is refused with a WhittleError wherever a character of it is replaced', () => {
    fc.assert(
      fc.property(
        fc.nat(good.model.length - 1),
        fc.constantFrom('0', '9', '"', '{', '}', '[', ']', ',', ':', '-', 'a', 'e'),
        (at, character) => {
          const model = good.model.slice(0, at) + character + good.model.slice(at + 1);
          try {
            const { parameters } = decodeTfjs({ ...good, model });
            expect(Object.keys(parameters)).toHaveLength(2);
          } catch (error) {
            expect(error).toBeInstanceOf(WhittleError);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('in a zip is found in a folder, and refused where the zip is none, or has none, or one too large', () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    const files = { 'm/model.json': bytes(good.model), 'm/weights.bin': good.weights };
    expect(unzipTfjs(zipSync(files))).toEqual(good);
    expect(() => unzipTfjs(bytes('PK no zip'))).toThrow(/no zip/);
    expect(() => unzipTfjs(zipSync({ 'model.json': bytes('{}') }))).toThrow(/weights\.bin/);
    const bomb = zipSync({ ...files, 'm/model.json': new Uint8Array(2 ** 24) });
    expect(bomb.length).toBeLessThan(2 ** 16);
    expect(() => unzipTfjs(bomb)).toThrow(/of a possible size/);
    const cut = zipSync(files);
    expect(() => unzipTfjs(cut.subarray(0, cut.length - 30))).toThrow(/no zip/);
  });
});
