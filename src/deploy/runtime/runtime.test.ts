import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../engine/engine';
import { pictureNetworks } from '../../engine/testing/agreement';
import { batchOf } from '../../engine/testing/networks';
import type { Engine } from '../../engine/trainer';
import type { Checkpoint } from '../../experiment/checkpoint';
import { prune } from '../../techniques/prune/prune';
import { quantize } from '../../techniques/quantize/quantize';
import { checkpointOf } from '../../techniques/testing/networks';
import { network, pruneOptions, quantizations } from '../testing/packed';
import { encodeWhittle } from '../whittle-file';
import { load } from './index';

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine('wasm', { wasmBase: '' });
});

/** Whether two numbers are alike as sums of float32 products are that were added in another order. */
function isClose(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-4 * Math.max(1, Math.abs(other));
}

/** Rounding that comes between layers makes a small difference a whole step, and a large one of steps. */
function rounds({ architecture }: Checkpoint): boolean {
  return architecture.layers.some(({ type }) => type === 'quantize');
}

async function expectAgreement(checkpoint: Checkpoint, count: number, seed: number) {
  const batch = batchOf(checkpoint.architecture, count, seed);
  // Zeros are what is left out.
  const inputs = Float32Array.from(batch.inputs, (x, i) => (i % 3 === 0 ? 0 : x));
  const trainer = await engine.open(checkpoint);
  const wanted = await trainer.predict({ ...batch, inputs });
  trainer.dispose();
  const model = await load(encodeWhittle(checkpoint));
  const given = model.predict(inputs);
  expect(given.length).toBe(wanted.length);
  const apart = [...given].filter((value, i) => !isClose(value, wanted[i] ?? NaN));
  if (rounds(checkpoint)) expect(apart.length).toBeLessThanOrEqual(given.length / 2);
  else expect(apart).toEqual([]);
}

describe('the runtime computes what the engine does', () => {
  test('for networks of every kind, pruned and quantized in every way', async () => {
    await fc.assert(
      fc.asyncProperty(network, fc.integer({ min: 1, max: 4 }), fc.nat(), expectAgreement),
      { numRuns: 300 },
    );
  });

  test('for every kernel, stride, padding and pool', async () => {
    await fc.assert(
      fc.asyncProperty(
        pictureNetworks,
        fc.option(quantizations),
        fc.constantFrom(0, 0.5, 0.9),
        fc.nat(),
        async (architecture, options, sparsity, seed) => {
          const whole = checkpointOf(architecture, seed);
          const sparse = prune(whole, { ...pruneOptions, sparsity });
          await expectAgreement(options ? quantize(sparse, options) : sparse, 2, seed);
        },
      ),
      { numRuns: 300 },
    );
  });
});
