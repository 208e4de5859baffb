import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { nodeEngine } from '../../engine/testing/engines';
import { sketch } from '../../engine/testing/networks';
import type { Engine } from '../../engine/trainer';
import type { Checkpoint } from '../../experiment/checkpoint';
import { kernelsOf } from '../kernels';
import { line } from '../testing/line';
import { anyArchitecture, checkpointOf } from '../testing/networks';
import { prune } from './prune';
import { runPrune } from './run';
import { gradualSparsity, roundSparsity } from './schedules';
import { pruneSpec, type PruneOptions } from './spec';

const optionsOf = (options: object): PruneOptions => pruneSpec.options.parse(options);

/** 8, 24 and 12 weights. */
const network = checkpointOf(
  sketch(
    [2],
    [
      { type: 'dense', units: 4, activation: 'tanh' },
      { type: 'dense', units: 6, activation: 'tanh' },
      { type: 'dense', units: 2 },
    ],
  ),
  5,
);

const goneOf = (checkpoint: Checkpoint) =>
  Object.fromEntries(
    kernelsOf(checkpoint).map(({ layer, parameter, mask }) => [
      layer,
      parameter.values.filter((_, i) => mask?.[i] === 0).length,
    ]),
  );

describe('a layer with a sparsity of its own', () => {
  test('loses exactly round(s · n) of its weights, and the others round(s · n) of theirs', () => {
    fc.assert(
      fc.property(
        anyArchitecture,
        fc.constantFrom('global' as const, 'layer' as const),
        fc.integer({ min: 0, max: 999 }),
        fc.integer({ min: 0, max: 999 }),
        fc.nat(),
        (architecture, scope, own, rest, pick) => {
          const before = checkpointOf(architecture, 3);
          const kernels = kernelsOf(before);
          const chosen = kernels[pick % kernels.length]?.layer ?? '';
          const options = {
            scope,
            sparsity: rest / 1000,
            layers: `${chosen}~${String(own / 1000)}`,
          };
          const gone = goneOf(prune(before, optionsOf(options)));
          const others = kernels.filter(({ layer }) => layer !== chosen);
          const sizes = (of: typeof kernels) => of.map(({ parameter }) => parameter.values.length);
          const [size = 0] = sizes(kernels.filter(({ layer }) => layer === chosen));
          expect(gone[chosen]).toBe(Math.round((own / 1000) * size));
          const lost = others.map(({ layer }) => gone[layer] ?? 0);
          const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
          if (scope === 'global')
            expect(sum(lost)).toBe(Math.round((rest / 1000) * sum(sizes(others))));
          else expect(lost).toEqual(sizes(others).map((n) => Math.round((rest / 1000) * n)));
        },
      ),
    );
  });

  test('that the others have too is the same as the scope of a layer', () => {
    const layers = 'dense1~0.75~dense2~0.75~dense3~0.75';
    const own = prune(network, optionsOf({ sparsity: 0, layers }));
    expect(own).toEqual(prune(network, optionsOf({ sparsity: 0.75, scope: 'layer' })));
  });

  test('loses blocks and units likewise', () => {
    const blocks = prune(
      network,
      optionsOf({ pattern: 'blocks', block: 2, sparsity: 0, layers: 'dense2~0.5' }),
    );
    // Six blocks of 2 × 2 weights, three of them.
    expect(goneOf(blocks)).toEqual({ dense1: 0, dense2: 12, dense3: 0 });
    const units = prune(
      network,
      optionsOf({ pattern: 'units', sparsity: 0.5, layers: 'dense2~0' }),
    );
    expect(units.parameters['dense1.kernel']?.shape).toEqual([2, 2]);
    expect(units.parameters['dense2.kernel']?.shape).toEqual([2, 6]);
  });

  test('has none where thresholds or N:M decide', () => {
    for (const options of [{ criterion: 'threshold', threshold: 0.2 }, { pattern: 'nm' }]) {
      const layers = 'dense1~0.999';
      expect(prune(network, optionsOf({ ...options, layers }))).toEqual(
        prune(network, optionsOf(options)),
      );
      expect(pruneSpec.activeOptions(optionsOf(options))).not.toContain('layers');
      expect(
        pruneSpec.check(optionsOf({ ...options, layers: 'none1~2' }), network.architecture),
      ).toBeNull();
    }
  });
});

describe('settings of layers that are not there', () => {
  const check = (options: object) => pruneSpec.check(optionsOf(options), network.architecture);

  test('are told at the control', () => {
    expect(check({ layers: 'dense4~0.5' })).toMatchObject({ code: 'noSuchLayer', at: 'layers' });
    expect(check({ layers: 'dense3~0.5' })).toBeNull();
    // The last layer is the output: its units stay.
    expect(check({ pattern: 'units', layers: 'dense3~0.5' })).toMatchObject({
      code: 'noSuchLayer',
    });
    expect(check({ layers: 'dense1~1' })).toMatchObject({ code: 'layerNeedsNumber' });
  });

  test('leave the network as it was', async () => {
    const options = optionsOf({ layers: 'dense4~0.5' });
    const before = structuredClone(network);
    const engine = await nodeEngine('cpu');
    const run = runPrune(network, options, { engine, dataset: line, current: () => options });
    await expect(run.next()).rejects.toMatchObject({
      problem: { code: 'noSuchLayer', at: 'layers' },
    });
    expect(network).toEqual(before);
  });
});

describe('a schedule', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await nodeEngine('cpu');
  });

  /** Weights gone after each iteration, by layer. */
  async function during(options: PruneOptions) {
    const run = runPrune(network, options, { engine, dataset: line, current: () => options });
    const gone: Readonly<Record<string, number>>[] = [];
    for (;;) {
      const next = await run.next();
      if (next.done === true) return gone;
      gone.push(goneOf((await next.value.snapshot()).checkpoint));
    }
  }

  test('approaches each layer’s own sparsity along the same cubic', async () => {
    // Fifty examples in batches of 50: an iteration an epoch, and pruning before each.
    const options = optionsOf({
      ...{ schedule: 'gradual', ramp: 1, epochs: 20, batch: 50, scope: 'layer' },
      ...{ sparsity: 0.25, layers: 'dense2~0.75' },
    });
    const gone = await during(options);
    const expected = Array.from({ length: 20 }, (_, done) => ({
      dense1: Math.round(8 * gradualSparsity(0, 0.25, done / 20)),
      dense2: Math.round(24 * gradualSparsity(0, 0.75, done / 20)),
      dense3: Math.round(12 * gradualSparsity(0, 0.25, done / 20)),
    }));
    expect(gone).toEqual(expected);
  });

  test('takes the same share of what is left of each layer in every round', async () => {
    const options = optionsOf({
      ...{ schedule: 'iterative', rounds: 2, epochs: 1, batch: 50 },
      ...{ sparsity: 0, layers: 'dense2~0.75~dense3~0' },
    });
    // 1 − √(1 − ¾) = ½, then ¾.
    expect(roundSparsity(0, 0.75, 1, 2)).toBeCloseTo(0.5, 12);
    expect(await during(options)).toEqual([
      { dense1: 0, dense2: 12, dense3: 0 },
      { dense1: 0, dense2: 18, dense3: 0 },
    ]);
  });
});
