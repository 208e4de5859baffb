import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset } from '../../data/dataset';
import { openDataset } from '../../data/open';
import { createEngine } from '../../engine/engine';
import { sketch } from '../../engine/testing/networks';
import type { Engine } from '../../engine/trainer';
import type { Checkpoint } from '../../experiment/checkpoint';
import { initialCheckpoint, resolveModel } from '../../experiment/model';
import { parseLink } from '../../experiment/link';
import { layerParameters } from '../../experiment/parameters';
import { randomOf } from '../../experiment/random';
import { checkRecipe } from '../check-recipe';
import { datasetAt } from '../dataset-at';
import { techniqueSpecs } from '../registry';
import type { RunContext, StepProgress } from '../run';
import { checkpointOf } from '../testing/networks';
import { drawFew, learningFrom } from './few';
import { withOldHead } from './head';
import { otherTask } from './other-task';
import { layerRates } from './rates';
import { runTransfer } from './run';
import { transferSpec, type TransferOptions } from './spec';

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine('wasm', { wasmBase: '' });
});

const open = (ref: string): Dataset => openDataset(ref, 7, 'http://localhost/');
const network = initialCheckpoint({ dataset: 'spiral', model: 'mlp:12-8', seed: 7 });
const optionsOf = (options: object): TransferOptions =>
  transferSpec.options.parse({ to: 'circles', epochs: 4, batch: 8, ...options });

async function transferred(
  options: object,
  start: Checkpoint = network,
  more: Partial<RunContext<TransferOptions>> = {},
) {
  const read = optionsOf(options);
  const context = { engine, dataset: open(start.dataset), open, current: () => read, ...more };
  const run = runTransfer(start, read, context);
  const points: StepProgress['points'][number][] = [];
  for (;;) {
    const next = await run.next();
    if (next.done === true) return { checkpoint: next.value, points };
    points.push(...next.value.points);
  }
}

const valuesOf = ({ parameters }: Checkpoint, name: string) => [
  ...(parameters[name]?.values ?? []),
];

describe('a network that goes on to another task', () => {
  test('learns it, and is of its data from there on', async () => {
    const { checkpoint, points } = await transferred({
      examples: 100,
      epochs: 40,
      beta: 0.01,
      head: 0.01,
    });
    expect(checkpoint.dataset).toBe('circles');
    expect(points.at(-1)?.testAccuracy).toBeGreaterThan(0.9);
  });

  test('has another head, and the layers that it had at strength 0, bit for bit', async () => {
    const { checkpoint } = await transferred({ beta: 0 });
    for (const name of ['dense1.kernel', 'dense1.bias', 'dense2.kernel', 'dense2.bias']) {
      expect(valuesOf(checkpoint, name), name).toEqual(valuesOf(network, name));
    }
    expect(valuesOf(checkpoint, 'dense3.kernel')).not.toEqual(valuesOf(network, 'dense3.kernel'));
  });

  test('follows θ − β ∇L: one step of plain descent moves a layer by β times its gradient', async () => {
    const options = { beta: 0.5, head: 0.1, epochs: 1, batch: 400, examples: 0, optimizer: 'sgd' };
    const { checkpoint } = await transferred(options);
    const double = await transferred({ ...options, beta: 1 });
    const moved = (to: Checkpoint, name: string) =>
      valuesOf(to, name).map((value, i) => value - (valuesOf(network, name)[i] ?? NaN));
    const [once, twice] = [
      moved(checkpoint, 'dense1.kernel'),
      moved(double.checkpoint, 'dense1.kernel'),
    ];
    once.forEach((change, i) => {
      expect(twice[i]).toBeCloseTo(2 * change, 6);
    });
    expect(Math.hypot(...once)).toBeGreaterThan(0);
    expect(valuesOf(double.checkpoint, 'dense3.kernel')).toEqual(
      valuesOf(checkpoint, 'dense3.kernel'),
    );
  });

  test('leaves the first layers as they are where they are frozen', async () => {
    const { checkpoint } = await transferred({ freeze: 1, beta: 0.01 });
    expect(valuesOf(checkpoint, 'dense1.kernel')).toEqual(valuesOf(network, 'dense1.kernel'));
    expect(valuesOf(checkpoint, 'dense2.kernel')).not.toEqual(valuesOf(network, 'dense2.kernel'));
  });

  test('keeps what is pruned at zero below the head', async () => {
    const mask = Uint8Array.from(valuesOf(network, 'dense1.kernel'), (_, i) => i % 2);
    const sparse = { ...network, masks: { 'dense1.kernel': mask } };
    const { checkpoint } = await transferred({ beta: 0.01 }, sparse);
    expect(checkpoint.masks).toEqual(sparse.masks);
    valuesOf(checkpoint, 'dense1.kernel').forEach((value, i) => {
      if (mask[i] === 0) expect(value).toBe(0);
    });
  });

  test('goes on bit for bit from a snapshot, also where layers thaw', async () => {
    for (const more of [{}, { thaw: 1, ratio: 0.5, freeze: 1 }]) {
      const options = optionsOf({ examples: 12, ...more });
      const whole = await transferred({ examples: 12, ...more });
      for (const stopAt of [2, 6, 7]) {
        const context = { engine, dataset: open('spiral'), open, current: () => options };
        const run = runTransfer(network, options, context);
        for (let i = 1; i < stopAt; i++) await run.next();
        const then = await run.next();
        if (then.done === true) throw new Error('it ended too early');
        const { checkpoint, resume } = structuredClone(await then.value.snapshot());
        await run.return(network);
        const dataset = open('spiral');
        const rest = await transferred({ examples: 12, ...more }, checkpoint, {
          ...{ resume, before: network, dataset },
        });
        expect(rest.checkpoint).toEqual(whole.checkpoint);
      }
    }
  });

  test('is asked for the old task on the way, and forgets it as its layers move', async () => {
    const untouched = await transferred({ beta: 0 });
    const before = untouched.points.flatMap(({ oldAccuracy }) => oldAccuracy ?? []);
    expect(before.length).toBeGreaterThan(0);
    expect(new Set(before).size).toBe(1);
    const moving = await transferred({ beta: 0.1, examples: 100 });
    const after = moving.points.flatMap(({ oldAccuracy }) => oldAccuracy ?? []);
    expect(after.at(-1)).not.toBe(before[0]);
  });

  test('takes a target of numbers from a network of numbers', async () => {
    const start = initialCheckpoint({ dataset: 'linear', model: 'mlp:8', seed: 3 });
    const shifted = { to: 'linear:shifted', examples: 50 };
    const { checkpoint, points } = await transferred(shifted, start);
    expect(checkpoint.dataset).toBe('linear:shifted');
    const tested = points.filter(({ testLoss }) => testLoss !== undefined);
    expect(tested.length).toBeGreaterThan(0);
    for (const { oldAccuracy, oldLoss } of tested) {
      expect(oldAccuracy).toBeUndefined();
      expect(oldLoss).toBeGreaterThan(0);
    }
    // Where nothing below the head moves, the error on the task before stays as well.
    const frozen = await transferred({ ...shifted, beta: 0 }, start);
    expect(new Set(frozen.points.flatMap(({ oldLoss }) => oldLoss ?? [])).size).toBe(1);
  });
});

test('with the head of before a network is the one of before', () => {
  const start = checkpointOf(
    sketch(
      [2],
      [
        { type: 'dense', units: 4 },
        { type: 'dense', units: 3 },
      ],
    ),
    1,
  );
  const now = {
    ...checkpointOf(
      sketch(
        [2],
        [
          { type: 'dense', units: 4 },
          { type: 'dense', units: 5 },
        ],
      ),
      2,
    ),
  };
  const { architecture, parameters } = withOldHead(now, start);
  expect(architecture).toEqual(start.architecture);
  expect(parameters['dense1.kernel']).toEqual(now.parameters['dense1.kernel']);
  expect(parameters['dense2.kernel']).toEqual(start.parameters['dense2.kernel']);
});

describe('few examples', () => {
  test('are as many of each class, and the same for the same generator', async () => {
    const dataset = open('spiral');
    const draw = () => drawFew(dataset.train, dataset.info, 7, randomOf(1));
    const { train: split } = learningFrom(dataset, await draw());
    const labels = await split.labels();
    expect([split.count, labels.filter((label) => label === 1).length]).toEqual([14, 7]);
    const batch = await split.gather([...Array(14).keys()]);
    expect([...batch.labels]).toEqual([...labels]);
    expect(await draw()).toEqual(await draw());
  });

  test('are all of a class that has no more, all of the split at 0, and so many in all of numbers', async () => {
    const draw = async (dataset: Dataset, examples: number) =>
      learningFrom(dataset, await drawFew(dataset.train, dataset.info, examples, randomOf(1))).train
        .count;
    expect(await draw(open('spiral'), 1000)).toBe(400);
    expect(await draw(open('spiral'), 0)).toBe(400);
    expect(await draw(open('linear'), 50)).toBe(50);
  });
});

describe('the rates of layers', () => {
  const architecture = sketch(
    [6, 6, 1],
    [
      { type: 'conv', filters: 2, kernel: 3 },
      { type: 'batchnorm' },
      { type: 'flatten' },
      { type: 'dense', units: 5 },
      { type: 'dense', units: 4 },
      { type: 'dense', units: 3 },
    ],
  );
  const [conv = '', norm = '', , third = '', second = ''] = architecture.layers.map(
    ({ name }) => name,
  );
  const of = (options: object, done = 0) =>
    layerRates(optionsOf({ beta: 0.25, head: 0.5, ...options }), architecture, done, {
      perEpoch: 10,
    });

  test('are β, as a share of the head’s, and a share of that for each layer below', () => {
    expect(of({})).toEqual({
      frozen: 0,
      rates: { [conv]: 0.5, [norm]: 0.5, [third]: 0.5, [second]: 0.5 },
    });
    const { rates } = of({ ratio: 0.5 });
    expect([rates[second], rates[third], rates[conv], rates[norm]]).toEqual([
      0.5, 0.25, 0.125, 0.125,
    ]);
  });

  test('are none of what is frozen: its batch norm with it', () => {
    expect(of({ freeze: 1 })).toEqual({ frozen: 3, rates: { [third]: 0.5, [second]: 0.5 } });
    expect(of({ beta: 0 })).toEqual({ frozen: 5, rates: {} });
  });

  test('come from the head down, epoch after epoch, as far as nothing is frozen', () => {
    const frozen = (done: number, freeze: number) => of({ thaw: 2, freeze }, done).frozen;
    expect([0, 19, 20, 39, 40, 60].map((done) => frozen(done, 0))).toEqual([5, 5, 4, 4, 3, 0]);
    expect([0, 20, 40, 60].map((done) => frozen(done, 1))).toEqual([5, 4, 3, 3]);
  });
});

describe('a recipe with a transfer', () => {
  const problemsOf = (recipe: string, data = 'mnist:0-4', model = 'lenet-5-classic') => {
    const { link, problems } = parseLink(`data=${data}&model=${model}&${recipe}`, techniqueSpecs);
    expect(problems).toEqual([]);
    const { architecture } = initialCheckpoint(link.experiment);
    return checkRecipe(link.experiment.recipe, architecture);
  };

  test('is checked on the network that it makes', () => {
    expect(problemsOf('train=&transfer=to:mnist:5-9&prune=&quantize=')).toEqual([]);
    expect(problemsOf('train=&transfer=to:spiral')).toMatchObject([
      { code: 'transferShape', at: 'step.1.to', params: { is: '2', wanted: '28 × 28 × 1' } },
    ]);
    expect(problemsOf('train=&transfer=to:nothing')).toMatchObject([{ code: 'unknownDataset' }]);
    expect(problemsOf('train=&transfer=to:mnist,freeze:5')).toMatchObject([
      { code: 'tooManyFrozen', at: 'step.1.freeze', params: { most: 4 } },
    ]);
  });

  test('says which data each of its networks is of', () => {
    const { link } = parseLink(
      'data=mnist&train=&transfer=to:fashion-mnist&prune=',
      techniqueSpecs,
    );
    expect([-1, 0, 1, 2].map((step) => datasetAt(link.experiment, step))).toEqual([
      ...['mnist', 'mnist', 'fashion-mnist', 'fashion-mnist'],
    ]);
  });

  test('reshapes the head alone', () => {
    const before = resolveModel('lenet-5-classic', {
      task: 'classification',
      shape: [28, 28, 1],
      outputs: 10,
    });
    const after = transferSpec.reshape?.(optionsOf({ to: 'mnist:0-4' }), before);
    expect(after?.layers.slice(0, -1)).toEqual(before.layers.slice(0, -1));
    expect(after?.layers.slice(-1).flatMap(layerParameters)).toMatchObject([
      { shape: [84, 5] },
      { shape: [5] },
    ]);
  });

  test('is offered another task of the same shape', () => {
    const pairs = ['mnist:0-4', 'mnist:inverted', 'fashion-mnist', 'linear', 'xor:0.2', 'iris'].map(
      otherTask,
    );
    expect(pairs).toEqual(['mnist:5-9', 'mnist', 'mnist', 'linear:shifted', 'spiral', '']);
  });
});
