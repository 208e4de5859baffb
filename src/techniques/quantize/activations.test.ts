import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { furthest } from '../../engine/testing/agreement';
import { batchOf, sketch } from '../../engine/testing/networks';
import type { Engine } from '../../engine/trainer';
import type { Layer } from '../../experiment/architecture';
import type { Checkpoint } from '../../experiment/checkpoint';
import type { Batch } from '../../experiment/dataset';
import { randomOf } from '../../experiment/random';
import { everyEngine } from '../testing/engines';
import { finish } from '../testing/finish';
import { line } from '../testing/line';
import { checkpointOf } from '../testing/networks';
import { runTrain } from '../train/run';
import { trainSpec } from '../train/spec';
import { calibrate, onGrid, withGrids } from './activation-grids';
import { entropyLoss } from './entropy';
import { fitGrid } from './grid';
import { runQuantize } from './run';
import { quantizeSpec } from './spec';

let engines: readonly Engine[];
beforeAll(async () => {
  engines = await everyEngine();
});

const network = checkpointOf(
  sketch(
    [2],
    [
      { type: 'dense', units: 8, activation: 'relu' },
      { type: 'dropout', rate: 0.5 },
      { type: 'dense', units: 6, activation: 'tanh' },
      { type: 'dense', units: 2 },
    ],
  ),
  7,
);

async function outputsOf(engine: Engine, checkpoint: Checkpoint, batch: Batch) {
  const trainer = await engine.open(checkpoint);
  const outputs = await trainer.predict(batch);
  trainer.dispose();
  return outputs;
}

async function quantized(engine: Engine, options: object, start = network): Promise<Checkpoint> {
  const read = quantizeSpec.options.parse(options);
  return finish(runQuantize(start, read, { engine, dataset: line, current: () => read }));
}

const typesOf = ({ architecture }: Checkpoint) => architecture.layers.map(({ type }) => type);
const isRounding = (layer: Layer) => layer.type === 'quantize';

test('a number on a grid is the nearest, by the case of docs/definitions.md', () => {
  const grid = { bits: 8, scale: Math.fround(4 / 255), zeroPoint: 64 };
  expect(onGrid(0, grid)).toBe(0);
  expect(onGrid(3, grid)).toBeCloseTo((255 - 64) * (4 / 255), 6);
  expect(onGrid(99, grid)).toBe(onGrid(3, grid));
});

describe('quantized activations', () => {
  test('stand before every layer with units, on grids that cover all that is seen', async () => {
    for (const engine of engines) {
      const both = await quantized(engine, { bits: 8, target: 'both' });
      expect(typesOf(both)).toEqual([
        ...['quantize', 'dense', 'dropout', 'quantize', 'dense', 'quantize', 'dense'],
      ]);
      const grids = both.architecture.layers.filter(isRounding);
      const { inputs } = await line.train.gather(Array.from({ length: 50 }, (_, i) => i));
      const [low, high] = [Math.min(0, ...inputs), Math.max(0, ...inputs)];
      expect(grids[0]?.scale).toBeCloseTo((high - low) / 255, 6);
      // ReLU gives nothing below zero, tanh both: the zero point is 0, or inside.
      expect(grids[1]?.zeroPoint).toBe(0);
      expect(grids[2]?.zeroPoint).toBeGreaterThan(0);
      expect(both.random).not.toEqual(network.random);
    }
  });

  test('take the place of those before, and are the same twice', async () => {
    const [engine] = engines;
    if (engine === undefined) throw new Error('there is no engine');
    const once = await quantized(engine, { target: 'both', abits: 4 });
    expect(await quantized(engine, { target: 'both', abits: 4 })).toEqual(once);
    const again = await quantized(engine, { target: 'both', abits: 6 }, once);
    expect(typesOf(again)).toEqual(typesOf(once));
    expect(again.architecture.layers.filter(isRounding).map(({ bits }) => bits)).toEqual([6, 6, 6]);
  });

  test('of 16 bits hardly change the outputs, and fewer bits change them more', async () => {
    for (const engine of engines) {
      const batch = await line.train.gather(Array.from({ length: 50 }, (_, i) => i));
      const wanted = { outputs: await outputsOf(engine, network, batch) };
      const errors = [];
      for (const bits of [16, 6, 2]) {
        const range = { by: 'minmax' as const };
        const grids = await calibrate(network, { bits, range }, batch, engine);
        const rounded = { ...network, architecture: withGrids(network.architecture, grids) };
        const outputs = await outputsOf(engine, rounded, batch);
        errors.push(furthest({ outputs }, wanted).distance);
      }
      expect(errors[0]).toBeLessThan(1e-3);
      expect(errors).toEqual(errors.toSorted((a, b) => a - b));
    }
  });

  test('are rounded while it trains, and stay where they were calibrated', async () => {
    for (const engine of engines) {
      const options = { target: 'both', aware: 'ste', bits: 4, epochs: 3, batch: 10, lr: 0.02 };
      const trained = await quantized(engine, options);
      const before = await quantized(engine, { target: 'both' });
      expect(trained.architecture).toEqual(before.architecture);
      expect(trained.parameters['dense1.kernel']).not.toEqual(before.parameters['dense1.kernel']);
    }
  });

  test('are left out again by other training, as weights leave their levels', async () => {
    const [engine] = engines;
    if (engine === undefined) throw new Error('there is no engine');
    const both = await quantized(engine, { target: 'both' });
    const read = trainSpec.options.parse({ epochs: 1, batch: 10 });
    const { architecture } = await finish(
      runTrain(both, read, { engine, dataset: line, current: () => read }),
    );
    expect(architecture).toEqual(network.architecture);
  });

  test('are calibrated on the equalized network, whose units have other sizes', async () => {
    for (const engine of engines) {
      const relu = checkpointOf(
        sketch(
          [2],
          [
            { type: 'dense', units: 8, activation: 'relu' },
            { type: 'dense', units: 2 },
          ],
        ),
        3,
      );
      // The same function with a hidden layer a thousand times as large.
      const scaled = (name: string, factor: number) => {
        const parameter = relu.parameters[name];
        if (parameter === undefined) throw new Error(`${name} is missing`);
        return { [name]: { ...parameter, values: parameter.values.map((w) => factor * w) } };
      };
      const parameters = {
        ...relu.parameters,
        ...scaled('dense1.kernel', 1000),
        ...scaled('dense1.bias', 1000),
        ...scaled('dense2.kernel', 0.001),
      };
      const large = { ...relu, parameters };
      const batch = await line.train.gather(Array.from({ length: 50 }, (_, i) => i));
      const options = { bits: 8, equalize: 'on', target: 'both', abits: 8 };
      const both = await quantized(engine, options, large);
      const { distance } = furthest(
        { outputs: await outputsOf(engine, both, batch) },
        { outputs: await outputsOf(engine, large, batch) },
      );
      expect(distance).toBeLessThan(0.03);
    }
  });

  test('that are no numbers are refused, by the name of the layer', async () => {
    const [engine] = engines;
    if (engine === undefined) throw new Error('there is no engine');
    const bias = { role: 'bias' as const, shape: [8], values: new Float32Array(8).fill(Infinity) };
    const broken = { ...network, parameters: { ...network.parameters, 'dense1.bias': bias } };
    await expect(quantized(engine, { target: 'both' }, broken)).rejects.toMatchObject({
      problem: { code: 'activationsNotFinite', params: { layer: 'dense3' } },
    });
  });

  test('cannot be calibrated on an empty set', async () => {
    const [engine] = engines;
    if (engine === undefined) throw new Error('there is no engine');
    const read = quantizeSpec.options.parse({ target: 'both' });
    const dataset = { ...line, train: { ...line.train, count: 0 } };
    const steps = runQuantize(network, read, { engine, dataset, current: () => read });
    await expect(steps.next()).rejects.toMatchObject({
      problem: { code: 'noCalibrationExamples', at: 'target' },
    });
  });
});

describe('the range of least entropy lost', () => {
  const uniform = Float32Array.from({ length: 20_000 }, (_, i) => i / 20_000);

  test('loses nothing where every bin has a level of its own', () => {
    const loss = entropyLoss(uniform, 0, 1);
    expect(loss(1, (value) => value)).toBeCloseTo(0, 10);
  });

  test('is all of an even distribution, and cuts off what lies far out', () => {
    const all = { mask: undefined, offset: 0, stride: 1 };
    const fit = (values: Float32Array) =>
      fitGrid('affine', 4, { ...all, values, end: values.length }, { by: 'entropy' });
    expect(fit(uniform).scale).toBeCloseTo(uniform[19_999]! / 15, 4);
    const random = randomOf(1);
    const normal = uniform.map(() => Math.abs(random.normal()));
    const far = Float32Array.from([...normal, 20]);
    expect(fit(far).scale * 15).toBeLessThan(10);
  });

  test('does not mind how many zeros there are', () => {
    const random = randomOf(2);
    const numbers = Float32Array.from({ length: 5_000 }, () => Math.abs(random.normal()));
    const zeros = Float32Array.from([...numbers, ...new Array<number>(50_000).fill(0)]);
    const round = (value: number) => 0.25 * Math.round(value / 0.25);
    const highest = Math.max(...numbers);
    for (const share of [0.5, 0.8, 1]) {
      expect(entropyLoss(zeros, 0, highest)(share, round)).toBe(
        entropyLoss(numbers, 0, highest)(share, round),
      );
    }
  });

  test('is never negative', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -5, max: 9, noNaN: true }), { minLength: 2, maxLength: 50 }),
        fc.integer({ min: 1, max: 40 }),
        (numbers, part) => {
          const [low, high] = [Math.min(-1, ...numbers), Math.max(1, ...numbers)];
          const share = part / 40;
          const step = (share * (high - low)) / 7;
          const loss = entropyLoss(Float32Array.from(numbers), low, high);
          const round = (value: number) => step * Math.round(value / step);
          expect(loss(share, round)).toBeGreaterThanOrEqual(-1e-9);
        },
      ),
    );
  });
});

test('an example of a quantized network is the same with any other beside it', async () => {
  const [engine] = engines;
  if (engine === undefined) throw new Error('there is no engine');
  const both = await quantized(engine, { target: 'both', abits: 5 });
  const batch = batchOf(both.architecture, 20, 3);
  const [one] = [{ ...batch, count: 1, inputs: batch.inputs.slice(0, 2) }];
  const outputs = await outputsOf(engine, both, batch);
  expect(await outputsOf(engine, both, one)).toEqual(outputs.slice(0, 2));
});
