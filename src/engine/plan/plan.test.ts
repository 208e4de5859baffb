import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Architecture } from '../../experiment/architecture';
import type { Batch } from '../../experiment/dataset';
import { randomOf } from '../../experiment/random';
import { optimizerOf } from '../optimizers';
import {
  denseNetworks,
  distillations,
  furthest,
  isSmooth,
  pictureNetworks,
  roundings,
} from '../testing/agreement';
import { nodeEngine } from '../testing/engines';
import { withSteps } from '../../techniques/quantize/learned-steps';
import { quantize } from '../../techniques/quantize/quantize';
import { quantizeSpec } from '../../techniques/quantize/spec';
import { checkpointOf } from '../../techniques/testing/networks';
import {
  batchOf,
  networkOf,
  PLAIN,
  pruned,
  roundEach,
  sketch,
  taught,
  type LayerSketch,
} from '../testing/networks';
import type { Engine, Network, Objective, OptimizerId, Trainer } from '../trainer';
import { OPTIMIZER_SLOTS } from './update';
import type { Machine } from './machine';
import { startMachine } from './machine';
import { openPlan, planGradients, startPlan } from './plan-trainer';

let machine: Machine;
let oracle: Engine;
beforeAll(async () => {
  const started = await startMachine(1);
  if (started === null) throw new Error('This machine has no WebAssembly with SIMD.');
  machine = started;
  oracle = await nodeEngine('cpu');
});

function expectClose(
  values: Readonly<Record<string, Float32Array>>,
  wanted: Readonly<Record<string, Float32Array>>,
  tolerance = 1e-4,
): void {
  expect(Object.keys(values).sort()).toEqual(Object.keys(wanted).sort());
  const { name, distance } = furthest(values, wanted);
  expect(distance, name).toBeLessThan(tolerance);
}

async function expectSameGradients(
  network: Network,
  objective: Objective,
  given: number | Batch,
  tolerance = 1e-4,
): Promise<void> {
  const batch = typeof given === 'number' ? batchOf(network.architecture, given, 5) : given;
  const wanted = await oracle.gradients(network, objective, batch);
  const { loss, gradients } = planGradients(machine, network, objective, batch);
  expect(loss).toBeCloseTo(wanted.loss, 5);
  expectClose(gradients, wanted.gradients, tolerance);
  // Only a network that trains is rounded.
  const [ours, theirs] =
    objective.roundings === null
      ? [openPlan(machine, network), await oracle.open(network)]
      : [
          startPlan(machine, network, objective, null),
          await oracle.train(network, objective, null),
        ];
  expectClose(
    { outputs: await ours.predict(batch) },
    { outputs: await theirs.predict(batch) },
    tolerance,
  );
  ours.dispose();
  theirs.dispose();
}

/**
 * Few levels can leave a unit nothing but its bias. A batch norm behind it then divides by hardly any
 * variance, and makes much of the last bits.
 */
const COARSE = 5e-3;

/** The same networks every time: of many, some have a gradient that cancels but for its last bits. */
const SEED = 1;

/** Few examples go through the network without packing, more with it. */
const counts = fc.oneof(fc.integer({ min: 1, max: 11 }), fc.integer({ min: 17, max: 37 }));

describe('gradients and outputs are those of TensorFlow.js on the CPU', () => {
  test('of dense networks of every shape and activation', async () => {
    await fc.assert(
      fc.asyncProperty(denseNetworks, counts, async (architecture, count) => {
        const objective = { ...PLAIN, labelSmoothing: 0.1 };
        await expectSameGradients(networkOf(architecture, 3), objective, count);
      }),
      { numRuns: 40, seed: SEED },
    );
  });

  test('of networks over pictures, with any kernel, stride, padding and pool', async () => {
    await fc.assert(
      fc.asyncProperty(pictureNetworks, counts, async (architecture, count) => {
        // One example has no variance to normalize by.
        await expectSameGradients(networkOf(architecture, 3), PLAIN, count + 1);
      }),
      { numRuns: 60, seed: SEED },
    );
  });

  test('of kernels rounded in every way, with and without pruned weights', async () => {
    // Two engines may round differently in the last bit of a scale.
    const networks = fc.oneof(denseNetworks, pictureNetworks.filter(isSmooth));
    await fc.assert(
      fc.asyncProperty(
        ...[networks, counts, roundings, fc.boolean()],
        async (architecture, count, ways, sparse) => {
          const whole = networkOf(architecture, 3);
          const weights = sparse ? pruned(whole, 0.4, 2) : whole;
          const rounded = ways && roundEach(architecture, ways);
          const network = withSteps(weights, rounded ?? {});
          const objective = { ...PLAIN, roundings: rounded };
          await expectSameGradients(network, objective, count + 1, COARSE);
        },
      ),
      { numRuns: 60, seed: SEED },
    );
  });

  test('of weights that share the levels of a codebook', async () => {
    const networks = fc.oneof(denseNetworks, pictureNetworks);
    const grids = fc.constantFrom('tensor', 'channel');
    await fc.assert(
      fc.asyncProperty(networks, counts, grids, async (architecture, count, granularity) => {
        const options = quantizeSpec.options.parse({ scheme: 'codebook', bits: 2, granularity });
        const start = {
          ...checkpointOf(architecture, 3),
          ...pruned(networkOf(architecture, 3), 0.3, 2),
        };
        await expectSameGradients(
          quantize(start, options),
          { ...PLAIN, shares: true },
          count + 1,
          COARSE,
        );
      }),
      { numRuns: 30, seed: SEED },
    );
  });

  test('of what a teacher says, at every temperature and weight', async () => {
    const networks = fc.oneof(denseNetworks, pictureNetworks);
    await fc.assert(
      fc.asyncProperty(
        networks,
        counts,
        distillations,
        async (architecture, count, distillation) => {
          const batch = taught(batchOf(architecture, count + 1, 5), architecture.outputs, 6);
          const objective = { ...PLAIN, labelSmoothing: 0.1, distillation };
          await expectSameGradients(networkOf(architecture, 3), objective, batch);
        },
      ),
      { numRuns: 40, seed: SEED },
    );
  });

  test('of pictures that come as bytes', async () => {
    const architecture = sketch(
      [5, 3, 1],
      [
        { type: 'flatten' },
        { type: 'dense', units: 4, activation: 'tanh' },
        { type: 'dense', units: 3 },
      ],
    );
    for (const count of [3, 21]) {
      const batch = batchOf(architecture, count, 5);
      const inputs = Uint8Array.from(batch.inputs, (value) => 128 + 60 * value);
      await expectSameGradients(networkOf(architecture, 3), PLAIN, { ...batch, inputs });
    }
  });

  test('of pictures in colour, which come as bytes too', async () => {
    const architecture = sketch(
      [6, 5, 3],
      [
        { type: 'conv', filters: 4, kernel: 3, stride: 1, padding: 'same', activation: 'tanh' },
        { type: 'flatten' },
        { type: 'dense', units: 3 },
      ],
    );
    const batch = batchOf(architecture, 21, 5);
    const inputs = Uint8Array.from(batch.inputs, (value) => 128 + 60 * value);
    await expectSameGradients(networkOf(architecture, 3), PLAIN, { ...batch, inputs });
  });

  test('of pictures whose background is left out', async () => {
    const random = randomOf(9);
    const inputs = 700;
    const architecture = sketch(
      [inputs],
      [
        { type: 'dense', units: 21, activation: 'relu' },
        { type: 'dense', units: 3 },
      ],
    );
    // From hardly any background to nothing else, in runs as in pictures.
    for (const share of [0.05, 0.5, 0.9, 1]) {
      const batch = batchOf(architecture, 30, 5);
      const dark = Array.from({ length: Math.ceil(inputs / 8) }, () => random.uniform() < share);
      const pictures = Float32Array.from(batch.inputs, (value, i) =>
        dark[(i % inputs) >> 3] ? 0 : value,
      );
      await expectSameGradients(networkOf(architecture, 3), PLAIN, { ...batch, inputs: pictures });
    }
  });

  test('an example has the same outputs, bit for bit, whatever else is in its batch', async () => {
    const deep = sketch(
      [1200],
      [
        { type: 'dense', units: 21, activation: 'gelu' },
        { type: 'batchnorm' },
        { type: 'dense', units: 4 },
      ],
    );
    for (const architecture of [deep, EVERYTHING]) {
      const trainer = openPlan(machine, networkOf(architecture, 1));
      const batch = batchOf(architecture, 40, 2);
      const [size, width] = [batch.inputs.length / 40, architecture.outputs];
      const whole = await trainer.predict(batch);
      for (const [from, count] of [
        [0, 1],
        [3, 5],
        [7, 16],
        [2, 17],
        [1, 34],
      ] as const) {
        const inputs = batch.inputs.slice(from * size, (from + count) * size);
        const part = await trainer.predict({ ...batch, count, inputs });
        expect(part).toEqual(whole.slice(from * width, (from + count) * width));
      }
      trainer.dispose();
    }
  });

  test('of a depth that does not fit in the cache at once', async () => {
    const deep = sketch(
      [1200],
      [
        { type: 'dense', units: 9, activation: 'relu' },
        { type: 'dense', units: 2 },
      ],
    );
    await expectSameGradients(networkOf(deep, 3), PLAIN, 6);
  });

  test('of the squared error, for numbers and for classes, with penalties', async () => {
    const layers: LayerSketch[] = [
      { type: 'dense', units: 5, activation: 'tanh' },
      { type: 'dense', units: 2 },
    ];
    const objective = { ...PLAIN, loss: 'mse', l1: 1e-3, l2: 1e-2 } as const;
    await expectSameGradients(networkOf(sketch([3], layers, 'regression'), 3), objective, 9);
    await expectSameGradients(networkOf(sketch([3], layers), 3), objective, 9);
  });
});

/** Everything that a network can be made of. */
const EVERYTHING = sketch(
  [9, 9, 2],
  [
    { type: 'conv', filters: 4, kernel: 3, padding: 'same', activation: 'gelu' },
    { type: 'batchnorm' },
    { type: 'maxpool', size: 2 },
    { type: 'conv', filters: 3, kernel: 2, stride: 2, padding: 'same', activation: 'leaky' },
    { type: 'avgpool', size: 2, stride: 1 },
    { type: 'flatten' },
    { type: 'dense', units: 7, activation: 'tanh' },
    { type: 'dropout', rate: 0.2 },
    { type: 'dense', units: 6, activation: 'sigmoid' },
    { type: 'dense', units: 4 },
  ],
);

async function iterate(trainer: Trainer, architecture: Architecture, from: number, to: number) {
  const losses: number[] = [];
  for (let i = from; i < to; i++) {
    losses.push(await trainer.step(batchOf(architecture, i % 5 === 4 ? 3 : 8, i), 0.01, i));
  }
  return losses;
}

const OPTIMIZERS = Object.keys(OPTIMIZER_SLOTS) as OptimizerId[];

describe('training', () => {
  test.each(OPTIMIZERS)(
    'with %s goes as on TensorFlow.js, with clipping, penalties and masks',
    async (optimizer) => {
      const objective: Objective = { ...PLAIN, optimizer, clip: 0.5, l2: 1e-3, l1: 1e-4 };
      const network = pruned(networkOf(EVERYTHING, 1), 0.4, 2);
      const [ours, theirs] = [
        startPlan(machine, network, objective, null),
        await oracle.train(network, objective, null),
      ];
      // A sign that rounding turns makes a difference of two whole steps: Lion drifts apart sooner.
      const iterations = optimizer === 'lion' ? 4 : 12;
      const losses = await iterate(ours, EVERYTHING, 0, iterations);
      const wanted = await iterate(theirs, EVERYTHING, 0, iterations);
      expectClose(
        { losses: Float32Array.from(losses) },
        { losses: Float32Array.from(wanted) },
        1e-3,
      );
      const [mine, other] = [await ours.read(), await theirs.read()];
      const values = ({ parameters }: typeof mine) =>
        Object.fromEntries(Object.entries(parameters).map(([name, each]) => [name, each.values]));
      expectClose(values(mine), values(other), 2e-2);
      expect(mine.optimizer?.updates).toBe(iterations);
      expect(Object.keys(mine.optimizer?.slots ?? {}).sort()).toEqual(
        Object.keys(other.optimizer?.slots ?? {}).sort(),
      );
      for (const [name, mask] of Object.entries(network.masks)) {
        const kept = mine.parameters[name]?.values ?? [];
        mask.forEach((bit, i) => {
          if (bit === 0) expect(Object.is(kept[i], 0)).toBe(true);
        });
      }
      ours.dispose();
      theirs.dispose();
    },
  );

  test.each(OPTIMIZERS)('%s remembers what its transform remembers', (optimizer) => {
    expect(OPTIMIZER_SLOTS[optimizer]).toEqual(optimizerOf({ ...PLAIN, optimizer }).slots);
  });

  test('goes on from what was read, bit for bit', async () => {
    const objective: Objective = { ...PLAIN, optimizer: 'adam' };
    const network = networkOf(EVERYTHING, 1);
    const whole = startPlan(machine, network, objective, null);
    await iterate(whole, EVERYTHING, 0, 7);
    const { parameters, optimizer } = structuredClone(await whole.read());
    const rest = await iterate(whole, EVERYTHING, 7, 14);
    const second = startPlan(machine, { ...network, parameters }, objective, optimizer);
    expect(await iterate(second, EVERYTHING, 7, 14)).toEqual(rest);
    expect(await second.read()).toEqual(await whole.read());
    whole.dispose();
    second.dispose();
  });

  test('leaves the network as it was where the loss is not finite', async () => {
    const network = networkOf(EVERYTHING, 1);
    const trainer = startPlan(machine, network, { ...PLAIN, optimizer: 'adam' }, null);
    await iterate(trainer, EVERYTHING, 0, 2);
    const before = await trainer.read();
    const batch = batchOf(EVERYTHING, 8, 1);
    expect(
      await trainer.step(
        { ...batch, inputs: new Float32Array(batch.inputs.length).fill(NaN) },
        0.01,
        1,
      ),
    ).toBeNaN();
    expect(await trainer.read()).toEqual(before);
    trainer.dispose();
  });
});

describe('memory', () => {
  test('is given back, and does not grow while a step trains', async () => {
    const before = machine.blocks;
    const trainer = startPlan(
      machine,
      networkOf(EVERYTHING, 1),
      { ...PLAIN, optimizer: 'adam' },
      null,
    );
    const while_ = machine.blocks;
    await iterate(trainer, EVERYTHING, 0, 10);
    await trainer.predict(batchOf(EVERYTHING, 30, 1));
    expect(machine.blocks).toBe(while_);
    trainer.dispose();
    expect(machine.blocks).toBe(before);
  });

  test('of several networks at once is kept apart', async () => {
    const objective: Objective = { ...PLAIN, optimizer: 'adam' };
    const alone = startPlan(machine, networkOf(EVERYTHING, 1), objective, null);
    const wanted = await iterate(alone, EVERYTHING, 0, 6);
    alone.dispose();
    const large = sketch(
      [300],
      [
        { type: 'dense', units: 200 },
        { type: 'dense', units: 3 },
      ],
    );
    const trainer = startPlan(machine, networkOf(EVERYTHING, 1), objective, null);
    const losses: number[] = [];
    for (let i = 0; i < 6; i++) {
      losses.push(...(await iterate(trainer, EVERYTHING, i, i + 1)));
      const other = openPlan(machine, networkOf(large, 2));
      await other.predict(batchOf(large, 50 * (i + 1), 1));
      other.dispose();
    }
    expect(losses).toEqual(wanted);
    trainer.dispose();
  });
});
