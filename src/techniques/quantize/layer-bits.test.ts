import { describe, expect, test } from 'vitest';
import { nodeEngine } from '../../engine/testing/engines';
import { sketch } from '../../engine/testing/networks';
import { line } from '../testing/line';
import { checkpointOf } from '../testing/networks';
import { quantize } from './quantize';
import { runQuantize } from './run';
import { quantizeSpec, type QuantizeOptions } from './spec';

const optionsOf = (options: object): QuantizeOptions => quantizeSpec.options.parse(options);

const network = checkpointOf(
  sketch(
    [2],
    [
      { type: 'dense', units: 8, activation: 'tanh' },
      { type: 'dense', units: 6, activation: 'tanh' },
      { type: 'dense', units: 2 },
    ],
  ),
  5,
);

describe('layers with bits of their own', () => {
  test('are rounded to them, the others to the common ones', () => {
    const mixed = quantize(network, optionsOf({ bits: 4, layers: 'dense1~2~dense3~8' }));
    const bits = Object.values(mixed.quantizers).map((quantizer) => quantizer.bits);
    expect(bits).toEqual([2, 4, 8]);
    for (const [layer, width] of [
      ['dense1', 2],
      ['dense2', 4],
      ['dense3', 8],
    ] as const) {
      const alike = quantize(network, optionsOf({ bits: width }));
      const name = `${layer}.kernel`;
      expect(mixed.parameters[name]).toEqual(alike.parameters[name]);
      expect(mixed.quantizers[name]).toEqual(alike.quantizers[name]);
    }
  });

  test('have 1 to 16 of them, or as many as the scheme lists', () => {
    const check = (options: object) => quantizeSpec.check(optionsOf(options), network.architecture);
    expect(check({ layers: 'dense1~1~dense2~16' })).toBeNull();
    expect(check({ layers: 'dense1~17' })).toMatchObject({
      code: 'layerNeedsInteger',
      at: 'layers',
    });
    expect(check({ layers: 'dense1~2.5' })).toMatchObject({ code: 'layerNeedsInteger' });
    expect(check({ layers: 'dense4~3' })).toMatchObject({ code: 'noSuchLayer', at: 'layers' });
    expect(check({ scheme: 'codebook', bits: 4, layers: 'dense1~9' })).toMatchObject({
      code: 'layerNeedsInteger',
    });
  });

  test('keep the range among the options where any of them is spread over one', () => {
    const active = (options: object) => quantizeSpec.activeOptions(optionsOf(options));
    expect(active({ bits: 2 })).not.toContain('range');
    expect(active({ bits: 2, layers: 'dense1~4' })).toContain('range');
  });
});

test('centroids of several widths train together, each weight on one of its layer’s', async () => {
  const engine = await nodeEngine('cpu');
  const options = optionsOf({
    ...{ scheme: 'codebook', granularity: 'tensor', bits: 2, layers: 'dense1~3' },
    ...{ aware: 'ste', epochs: 2, batch: 25 },
  });
  const run = runQuantize(network, options, { engine, dataset: line, current: () => options });
  let next = await run.next();
  while (next.done !== true) next = await run.next();
  const { parameters, quantizers } = next.value;
  expect(quantizers['dense1.kernel']?.levels).toHaveLength(8);
  expect(quantizers['dense2.kernel']?.levels).toHaveLength(4);
  for (const [name, { levels = new Float32Array() }] of Object.entries(quantizers)) {
    for (const w of parameters[name]?.values ?? []) expect(levels).toContain(w);
  }
  expect(parameters['dense1.kernel']).not.toEqual(
    quantize(network, options).parameters['dense1.kernel'],
  );
});

test('settings of a layer that is not there leave the network as it was', async () => {
  const engine = await nodeEngine('cpu');
  const options = optionsOf({ layers: 'dense9~3' });
  const before = structuredClone(network);
  const run = runQuantize(network, options, { engine, dataset: line, current: () => options });
  await expect(run.next()).rejects.toMatchObject({
    problem: { code: 'noSuchLayer', at: 'layers' },
  });
  expect(network).toEqual(before);
});
