import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { furthest, isSmooth } from '../../engine/testing/agreement';
import { batchOf, PLAIN, sketch } from '../../engine/testing/networks';
import type { Engine } from '../../engine/trainer';
import type { Checkpoint } from '../../experiment/checkpoint';
import { levelIndices } from '../../experiment/quantizer';
import { prune } from '../prune/prune';
import { pruneSpec } from '../prune/spec';
import { everyEngine } from '../testing/engines';
import { finish } from '../testing/finish';
import { line } from '../testing/line';
import { anyArchitecture, checkpointOf } from '../testing/networks';
import { evaluate } from '../train/evaluate';
import { correctBiases } from './correct-biases';
import { quantize } from './quantize';
import { roundingsOf, runQuantize } from './run';
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
      { type: 'dense', units: 2 },
    ],
  ),
  7,
);
const training = { epochs: 20, batch: 10, lr: 0.02 };

async function run(engine: Engine, start: Checkpoint, options: object): Promise<Checkpoint> {
  const read = quantizeSpec.options.parse(options);
  return finish(runQuantize(start, read, { engine, dataset: line, current: () => read }));
}

/** What comes of a run that goes on from a snapshot after its seventh iteration. */
async function resumed(engine: Engine, given: object): Promise<Checkpoint> {
  const read = quantizeSpec.options.parse(given);
  const context = { engine, dataset: line, current: () => read };
  const steps = runQuantize(network, read, context);
  for (let i = 0; i < 6; i++) await steps.next();
  const seventh = await steps.next();
  if (seventh.done === true) throw new Error('it ended too early');
  const { checkpoint, resume } = structuredClone(await seventh.value.snapshot());
  await steps.return(network);
  return finish(runQuantize(checkpoint, read, { ...context, before: network, resume }));
}

async function lossOf(engine: Engine, checkpoint: Checkpoint): Promise<number> {
  const trainer = await engine.open(checkpoint);
  const { loss } = await evaluate(trainer, line.train, 'crossentropy');
  trainer.dispose();
  return loss;
}

describe('an engine that rounds', () => {
  const settings = fc.record({
    bits: fc.integer({ min: 1, max: 8 }),
    scheme: fc.constantFrom('symmetric', 'affine', 'power2'),
    granularity: fc.constantFrom('channel', 'tensor', 'group'),
    group: fc.integer({ min: 2, max: 9 }),
  });

  test('computes with the very weights that quantizing makes, on CPU and WASM', async () => {
    await fc.assert(
      fc.asyncProperty(
        ...[anyArchitecture.filter(isSmooth), settings, fc.boolean()],
        async (architecture, given, sparse) => {
          const options = quantizeSpec.options.parse(given);
          const whole = checkpointOf(architecture, 3);
          const start = sparse ? prune(whole, pruneSpec.options.parse({ sparsity: 0.4 })) : whole;
          const batch = batchOf(architecture, 7, 2);
          const objective = { ...PLAIN, loss: 'mse' } as const;
          const targets = { ...batch, targets: new Float32Array(7 * architecture.outputs) };
          for (const engine of engines) {
            const roundings = roundingsOf(start, options);
            const aware = await engine.gradients(start, { ...objective, roundings }, targets);
            const plain = await engine.gradients(quantize(start, options), objective, targets);
            expect(aware.loss).toBeCloseTo(plain.loss, 4);
            const { name, distance } = furthest(aware.gradients, plain.gradients);
            expect(distance, name).toBeLessThan(5e-3);
          }
        },
      ),
      { numRuns: 30, seed: 1 },
    );
  });

  test('keeps a unit of zeros as it is, with a sign alone too', async () => {
    const kernel = network.parameters['dense1.kernel'];
    if (kernel === undefined) throw new Error('the kernel is missing');
    const values = kernel.values.map((w, i) => (i % 8 === 3 ? 0 : w));
    const parameters = { ...network.parameters, 'dense1.kernel': { ...kernel, values } };
    const start = { ...network, parameters };
    const batch = batchOf(network.architecture, 9, 1);
    for (const engine of engines) {
      for (const bits of [1, 2, 4]) {
        const options = quantizeSpec.options.parse({ bits });
        const objective = { ...PLAIN, roundings: roundingsOf(start, options) };
        const aware = await engine.gradients(start, objective, batch);
        const plain = await engine.gradients(quantize(start, options), PLAIN, batch);
        expect(aware.loss).toBeCloseTo(plain.loss, 5);
      }
    }
  });
});

describe('corrected biases', () => {
  test('give every unit before its activation the mean that it had', async () => {
    await fc.assert(
      fc.asyncProperty(anyArchitecture, async (architecture) => {
        const whole = checkpointOf(architecture, 3);
        const rounded = quantize(whole, quantizeSpec.options.parse({ bits: 2 }));
        const examples = batchOf(architecture, 16, 4);
        for (const engine of engines) {
          const corrected = await correctBiases(whole, rounded, examples, engine);
          expect(corrected.quantizers).toEqual(rounded.quantizers);
          // The last layer has no activation: its outputs are what goes in.
          const meansOf = async (checkpoint: Checkpoint) => {
            const trainer = await engine.open(checkpoint);
            const values = await trainer.predict(examples);
            trainer.dispose();
            return Array.from({ length: architecture.outputs }, (_, unit) =>
              values.reduce((sum, v, i) => (i % architecture.outputs === unit ? sum + v : sum), 0),
            );
          };
          const [wanted, given] = [await meansOf(whole), await meansOf(corrected)];
          given.forEach((sum, unit) => {
            expect(sum / 16).toBeCloseTo((wanted[unit] ?? NaN) / 16, 3);
          });
        }
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  test('are drawn examples for, and leave kernels on their grids', async () => {
    const [engine] = engines;
    if (engine === undefined) throw new Error('there is no engine');
    const plain = await run(engine, network, { bits: 2 });
    const corrected = await run(engine, network, { bits: 2, correct: 'bias' });
    expect(corrected.random).not.toEqual(plain.random);
    expect(corrected.parameters['dense1.kernel']).toEqual(plain.parameters['dense1.kernel']);
    expect(corrected.parameters['dense1.bias']).not.toEqual(plain.parameters['dense1.bias']);
  });
});

describe('aware training', () => {
  test('ends on the grid, with a lower loss than the rounded network had before', async () => {
    for (const engine of engines) {
      for (const bits of [1, 2, 3]) {
        const aware = await run(engine, network, { bits, aware: 'ste', ...training });
        expect(aware.iteration).toBe(20 * 5);
        expect(aware.quantizers['dense1.kernel']?.bits).toBe(bits);
        // A grid for each of two outputs.
        const levels = new Set(aware.parameters['dense2.kernel']?.values);
        expect(levels.size).toBeLessThanOrEqual(2 * 2 ** bits);
        const before = await run(engine, network, { bits });
        expect(await lossOf(engine, aware)).toBeLessThan(0.5 * (await lossOf(engine, before)));
      }
    }
  });

  test('moves the centroids of a codebook, and every weight with its own', async () => {
    for (const engine of engines) {
      for (const granularity of ['tensor', 'channel']) {
        const options = { scheme: 'codebook', bits: 2, granularity };
        const sparse = prune(network, pruneSpec.options.parse({ sparsity: 0.3 }));
        const before = await run(engine, sparse, options);
        const tuned = await run(engine, sparse, { ...options, aware: 'ste', ...training });
        expect(await lossOf(engine, tuned)).toBeLessThan(0.5 * (await lossOf(engine, before)));
        for (const name of ['dense1.kernel', 'dense2.kernel']) {
          const [was, is] = [before.parameters[name], tuned.parameters[name]];
          const [old, now] = [before.quantizers[name], tuned.quantizers[name]];
          if (!was || !is || !old || !now) throw new Error('the kernel is missing');
          // Weights on one level are on one level still, and on the grid that the checkpoint says.
          const levels = levelIndices(was, old, sparse.masks[name]);
          const moved = new Map<number, number>();
          levels.forEach((level, i) => {
            const value = is.values[i] ?? NaN;
            expect(moved.get(level) ?? value).toBe(value);
            moved.set(level, value);
          });
          expect(() => levelIndices(is, now, sparse.masks[name])).not.toThrow();
          expect(is.values).not.toEqual(was.values);
        }
      }
    }
  });

  test('goes on with a codebook bit for bit from a snapshot', async () => {
    const [engine] = engines;
    if (engine === undefined) throw new Error('there is no engine');
    const given = { scheme: 'codebook', bits: 2, aware: 'ste', ...training, epochs: 2 };
    expect(await resumed(engine, given)).toEqual(await run(engine, network, given));
  });

  test('holds pruned weights at zero', async () => {
    const sparse = prune(network, pruneSpec.options.parse({ sparsity: 0.5 }));
    for (const bits of [1, 2, 4]) {
      const [engine] = engines;
      if (engine === undefined) throw new Error('there is no engine');
      const aware = await run(engine, sparse, { bits, aware: 'ste', epochs: 1, batch: 10 });
      for (const [name, mask] of Object.entries(sparse.masks)) {
        const values = aware.parameters[name]?.values ?? [];
        mask.forEach((bit, i) => {
          if (bit === 0) expect(values[i]).toBe(0);
        });
      }
    }
  });

  const everyWay = [
    { bits: 3, granularity: 'group', group: 3 },
    { bits: 3, scheme: 'power2' },
    { bits: 4, layers: 'dense1~2~dense2~1' },
    { bits: 4, layers: 'dense1~2~dense2~1', aware: 'lsq' },
    { bits: 3, granularity: 'group', group: 3, aware: 'lsq' },
    { widths: 'budget', budget: 2, aware: 'lsq' },
  ];
  for (const given of everyWay) {
    const options = { aware: 'ste', ...training, ...given };

    test(`knows ${JSON.stringify(given)}: better than rounding afterwards`, async () => {
      for (const engine of engines) {
        const aware = await run(engine, network, options);
        const before = await run(engine, network, { ...options, aware: 'off' });
        expect(await lossOf(engine, aware)).toBeLessThan(0.7 * (await lossOf(engine, before)));
        for (const [name, { bits, group }] of Object.entries(before.quantizers)) {
          expect(aware.quantizers[name]).toMatchObject(
            group === undefined ? { bits } : { bits, group },
          );
        }
      }
    });
  }

  test('spends a budget in the middle as it did in the beginning', async () => {
    const [engine] = engines;
    if (engine === undefined) throw new Error('there is no engine');
    const given = { widths: 'budget', budget: 3, aware: 'ste', ...training, epochs: 2 };
    expect(await resumed(engine, given)).toEqual(await run(engine, network, given));
  });
});
