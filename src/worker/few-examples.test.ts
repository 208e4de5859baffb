import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../data/dataset';
import { openDataset } from '../data/open';
import { nodeEngine } from '../engine/testing/engines';
import type { Engine } from '../engine/trainer';
import type { Checkpoint } from '../experiment/checkpoint';
import { initialCheckpoint } from '../experiment/model';
import { drawLandscape } from './landscape/landscape';
import type { Work } from './measure';
import { onnxFile } from './onnx-file';
import { drawCurve, previewStep } from './preview';
import { measureLayers } from './sensitivity';
import { applyStep } from './technique';
import { step } from './testing/worker';

const ROWS = Uint32Array.from([3, 8, 40, 77, 120, 251, 399]);
const whole = openDataset('spiral', 3, '/');

/** A data set of which only the rows that a transfer drew may be looked at. */
const guarded: Dataset = {
  ...whole,
  train: {
    ...whole.train,
    gather: (indices) => {
      const others = Array.from(indices).filter((row) => !ROWS.includes(row));
      if (others.length > 0) throw new Error(`rows ${others.join()} were not drawn`);
      return whole.train.gather(indices);
    },
  },
};
const network: Checkpoint = {
  ...initialCheckpoint({ dataset: 'spiral', model: 'mlp:8-6', seed: 3 }),
  examples: ROWS,
};

let engine: Engine;
let work: Work;
beforeAll(async () => {
  engine = await nodeEngine('cpu');
  work = {
    ...{ engine, dataset: guarded, speeds: new Map<string, number>() },
    pace: () => Promise.resolve(),
    signal: new AbortController().signal,
    network: () => Promise.reject(new Error('there are no files')),
  };
});

describe('behind a transfer with few examples, nothing looks at others:', () => {
  const taylor = step('prune', { criterion: 'taylor', sparsity: 0.5 });

  it('steps that train, prune, round and distill', async () => {
    const steps = [
      step('train', { epochs: 2, batch: 4 }),
      step('prune', { criterion: 'movement', sparsity: 0.5 }),
      step('prune', { pattern: 'units', norm: 'taylor', sparsity: 0.2 }),
      step('prune', { schedule: 'gradual', sparsity: 0.5, epochs: 2, batch: 4 }),
      step('quantize', { bits: 4, target: 'both' }),
      step('distill', { epochs: 1, batch: 4 }),
    ];
    const earlier = () => Promise.resolve(network);
    for (const each of steps) {
      const { examples } = await applyStep(each, network, { engine, dataset: guarded, earlier });
      expect(examples, each.technique).toBe(ROWS);
    }
  });

  it('what a slider would do, and each layer alone', async () => {
    await previewStep(taylor, network, work, true);
    const values = [0.2, 0.4];
    const curve = await drawCurve(taylor, { option: 'sparsity', values }, network, work, () => {});
    expect(curve).toHaveLength(2);
    const layer = network.architecture.layers[0]?.name ?? '';
    const settings = [{ layer, value: 0.5 }];
    expect(await measureLayers(taylor, settings, network, work, () => {})).toHaveLength(1);
  });

  it('a landscape of training examples, and an ONNX file of integers', async () => {
    const recipe = [step('train')];
    const choice = { plane: 'random', draw: 0, radius: 1, split: 'train', cells: [0] } as const;
    let seen = 0;
    await drawLandscape(
      { dataset: 'spiral', model: 'mlp:8-6', seed: 3, recipe },
      { chosen: network, path: [] },
      choice,
      work,
      ({ examples }) => {
        seen = examples;
      },
    );
    expect(seen).toBe(ROWS.length);
    expect(
      (await onnxFile(network, { format: 'int8', metadata: {} }, work)).length,
    ).toBeGreaterThan(0);
  });
});
