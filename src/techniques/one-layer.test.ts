import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeEngine } from '../engine/testing/engines';
import type { Step, TechniqueId } from '../experiment/step';
import { kernelsOf } from './kernels';
import { compressLayer } from './one-layer';
import { techniqueSpecs } from './registry';
import { line } from './testing/line';
import { anyArchitecture, checkpointOf } from './testing/networks';

const engine = await nodeEngine('cpu');

function step(technique: TechniqueId, options: object): Step {
  return { technique, ...techniqueSpecs[technique].options.parse(options) } as Step;
}

test('one layer alone loses its share or is rounded, whatever the step does to all', async () => {
  await fc.assert(
    fc.asyncProperty(anyArchitecture, fc.nat(), async (architecture, pick) => {
      const before = checkpointOf(architecture, 4);
      const kernels = kernelsOf(before);
      const { layer = '', name = '' } = kernels[pick % kernels.length] ?? {};
      const context = { engine, dataset: line };

      const steep = step('prune', { sparsity: 0.9, schedule: 'gradual' });
      const pruned = await compressLayer(steep, before, { layer, value: 0.5 }, context);
      const size = before.parameters[name]?.values.length ?? 0;
      const gone = pruned?.masks[name]?.reduce((count, bit) => count + 1 - bit, 0) ?? 0;
      expect(gone).toBe(Math.round(size / 2));

      const mean = step('quantize', { bits: 2, correct: 'bias' });
      const rounded = await compressLayer(mean, before, { layer, value: 3 }, context);
      expect(Object.keys(rounded?.quantizers ?? {})).toEqual([name]);
      expect(rounded?.quantizers[name]?.bits).toBe(3);

      for (const other of Object.keys(before.parameters).filter((each) => each !== name)) {
        expect(pruned?.parameters[other]).toBe(before.parameters[other]);
        expect(rounded?.parameters[other]).toBe(before.parameters[other]);
      }
    }),
    { numRuns: 40 },
  );
});

test('training compresses no layer', async () => {
  const network = checkpointOf(anyNetwork(), 1);
  const context = { engine, dataset: line };
  const setting = { layer: 'dense1', value: 0.5 };
  expect(await compressLayer(step('train', {}), network, setting, context)).toBeNull();
});

function anyNetwork() {
  const [architecture] = fc.sample(anyArchitecture, { numRuns: 1, seed: 1 });
  if (architecture === undefined) throw new Error('there is no network');
  return architecture;
}
