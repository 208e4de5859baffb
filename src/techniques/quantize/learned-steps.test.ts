import { beforeAll, describe, expect, test } from 'vitest';
import { batchOf, PLAIN, pruned, roundEach, sketch } from '../../engine/testing/networks';
import { stepOf, type Engine, type Rounding, type Roundings } from '../../engine/trainer';
import type { Checkpoint } from '../../experiment/checkpoint';
import { gridAt } from '../../experiment/quantizer';
import { channelsOf, kernelsOf } from '../kernels';
import { applyMasks } from '../prune/apply-mask';
import { everyEngine } from '../testing/engines';
import { finish } from '../testing/finish';
import { line } from '../testing/line';
import { checkpointOf, singleKernel } from '../testing/networks';
import { evaluate } from '../train/evaluate';
import { onLearnedGrids, withSteps } from './learned-steps';
import { quantize } from './quantize';
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
      { type: 'dense', units: 8, activation: 'tanh' },
      { type: 'dense', units: 2 },
    ],
  ),
  7,
);

const valuesOf = (checkpoint: Pick<Checkpoint, 'parameters'>, name: string) =>
  checkpoint.parameters[name]?.values ?? new Float32Array();

/** All kernels with learned grids; groups are of three. */
function learned(
  { architecture }: Checkpoint,
  bits: number,
  granularity: Rounding['granularity'] = 'channel',
): Roundings {
  return roundEach(architecture, [{ scheme: 'learned', bits, granularity, group: 3 }]);
}

test('a step begins at 2 mean|w| / √q_max of what is kept', () => {
  // 3 bits: q_max 3. Mean size 2 of the first output, 3 of the second.
  const checkpoint = singleKernel([1, -3, -3, 3], [2, 2]);
  const steps = valuesOf(withSteps(checkpoint, learned(checkpoint, 3)), 'dense1.step');
  expect(Math.exp(steps[0] ?? NaN)).toBeCloseTo(4 / Math.sqrt(3), 5);
  expect(Math.exp(steps[1] ?? NaN)).toBeCloseTo(6 / Math.sqrt(3), 5);
});

test('what is rounded to steps lies on them, and never beyond the end of the grid', () => {
  const checkpoint = singleKernel([1, -3, -3, 30], [4, 1]);
  const roundings = learned(checkpoint, 2, 'tensor');
  const stepped = withSteps(checkpoint, roundings);
  const scale = Math.exp(valuesOf(stepped, 'dense1.step')[0] ?? NaN);
  const { parameters, quantizers } = onLearnedGrids(stepped, roundings);
  expect(Object.keys(parameters)).toEqual(['dense1.kernel', 'dense1.bias']);
  // 2 · 37/4 = 18.5: only the largest is nearer to it than to 0.
  expect(scale).toBeCloseTo(18.5, 4);
  expect([...valuesOf({ parameters }, 'dense1.kernel')]).toEqual([0, 0, 0, Math.fround(scale)]);
  expect(quantizers['dense1.kernel']).toMatchObject({ scheme: 'ternary', bits: 2 });
});

describe('gradients', () => {
  const batch = batchOf(network.architecture, 12, 1);
  const start = applyMasks(network, pruned(network, 0.3, 2).masks, 1);
  // One output of each kernel has half its step: weights lie beyond its grid.
  const beyond = (checkpoint: Checkpoint): Checkpoint => ({
    ...checkpoint,
    parameters: Object.fromEntries(
      Object.entries(checkpoint.parameters).map(([name, parameter]) => [
        name,
        parameter.role === 'step'
          ? { ...parameter, values: parameter.values.map((v, i) => (i === 0 ? v - 1.5 : v)) }
          : parameter,
      ]),
    ),
  });

  for (const granularity of ['channel', 'tensor', 'group'] as const) {
    test(`by steps are the slopes of the loss with what rounding adds held still, one a ${granularity}`, async () => {
      const largest = 3;
      const roundings = learned(start, 3, granularity);
      const stepped = beyond(withSteps(start, roundings));
      const plain = onLearnedGrids(stepped, roundings);
      for (const engine of engines) {
        const { gradients } = await engine.gradients(stepped, { ...PLAIN, roundings }, batch);
        for (const { name, parameter, mask } of kernelsOf(stepped)) {
          const steps = valuesOf(stepped, stepOf(name));
          const quantizer = plain.quantizers[name];
          if (quantizer === undefined) throw new Error(`${name} is on no grid`);
          const gridOf = gridAt(quantizer, channelsOf(parameter));
          const lossAt = async (grid: number, factor: number) => {
            const values = parameter.values.map((w, i) => {
              if (mask?.[i] === 0) return 0;
              const scale = Math.exp(steps[gridOf(i)] ?? NaN);
              const now = gridOf(i) === grid ? factor * scale : scale;
              const v = w / scale;
              // ŵ = s · (w/s + what rounding adds), or the end of the grid.
              return Math.abs(v) <= largest
                ? w + now * (Math.round(v) - v)
                : Math.sign(v) * largest * now;
            });
            const parameters = { ...plain.parameters, [name]: { ...parameter, values } };
            return (await engine.gradients({ ...plain, parameters }, PLAIN, batch)).loss;
          };
          for (let grid = 0; grid < steps.length; grid++) {
            const slope = (await lossAt(grid, 1.01)) - (await lossAt(grid, 0.99));
            // By the logarithm: a hundredth of itself up and down.
            expect(gradients[stepOf(name)]?.[grid]).toBeCloseTo(slope / 0.02, 3);
          }
        }
      }
    });
  }

  test('by weights are those of the rounded network on the grid, and 0 beyond', async () => {
    const roundings = learned(start, 3);
    const stepped = beyond(withSteps(start, roundings));
    for (const engine of engines) {
      const aware = await engine.gradients(stepped, { ...PLAIN, roundings }, batch);
      const plain = await engine.gradients(onLearnedGrids(stepped, roundings), PLAIN, batch);
      expect(aware.loss).toBeCloseTo(plain.loss, 5);
      let cut = 0;
      for (const { name, parameter } of kernelsOf(stepped)) {
        const steps = valuesOf(stepped, stepOf(name));
        parameter.values.forEach((w, i) => {
          const isBeyond = Math.abs(w) > 3 * Math.exp(steps[i % steps.length] ?? NaN);
          cut += Number(isBeyond);
          const wanted = isBeyond ? 0 : (plain.gradients[name]?.[i] ?? NaN);
          expect(aware.gradients[name]?.[i]).toBeCloseTo(wanted, 4);
        });
      }
      expect(cut).toBeGreaterThan(0);
    }
  });
});

describe('training with learned steps', () => {
  const options = { aware: 'lsq', bits: 2, epochs: 20, batch: 10, lr: 0.02 };

  async function run(engine: Engine, given: object): Promise<Checkpoint> {
    const read = quantizeSpec.options.parse(given);
    return finish(runQuantize(network, read, { engine, dataset: line, current: () => read }));
  }

  test('ends on grids of its own, better than rounding alone', async () => {
    for (const engine of engines) {
      const trained = await run(engine, options);
      const lossOf = async (checkpoint: Checkpoint) => {
        const trainer = await engine.open(checkpoint);
        const { loss } = await evaluate(trainer, line.train, 'crossentropy');
        trainer.dispose();
        return loss;
      };
      const rounded = quantize(network, quantizeSpec.options.parse({ bits: 2 }));
      expect(await lossOf(trained)).toBeLessThan(0.7 * (await lossOf(rounded)));
      expect(Object.keys(trained.parameters)).toEqual(Object.keys(network.parameters));
      for (const { name, parameter } of kernelsOf(trained)) {
        const { scales = [] } = trained.quantizers[name] ?? {};
        parameter.values.forEach((w, i) => {
          const scale = scales[i % scales.length] ?? NaN;
          expect([-scale, 0, scale]).toContain(w);
        });
      }
    }
  });

  test('refuses what has no such grid, at its control', () => {
    const at = (given: object) =>
      quantizeSpec.check(quantizeSpec.options.parse(given), network.architecture);
    expect(at({ aware: 'lsq', bits: 1 })).toMatchObject({ code: 'learnedScheme', at: 'bits' });
    expect(at({ aware: 'lsq', scheme: 'affine' })).toMatchObject({ at: 'scheme' });
    expect(at(options)).toBeNull();
  });
});
