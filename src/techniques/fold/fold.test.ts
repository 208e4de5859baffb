import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeWhittle, encodeWhittle } from '../../deploy/whittle-file';
import { nodeEngine } from '../../engine/testing/engines';
import {
  batchOf,
  networkOf,
  pruned,
  sketch,
  type LayerSketch,
} from '../../engine/testing/networks';
import type { Engine } from '../../engine/trainer';
import type { Architecture } from '../../experiment/architecture';
import type { Checkpoint } from '../../experiment/checkpoint';
import { defaultExperiment, parseLink, printLink } from '../../experiment/link';
import { quantize } from '../quantize/quantize';
import { quantizeSpec } from '../quantize/spec';
import { techniqueSpecs } from '../registry';
import { anyArchitecture, checkpointOf } from '../testing/networks';
import { fold } from './fold';
import { foldSpec } from './spec';

let engine: Engine;
beforeAll(async () => {
  engine = await nodeEngine('cpu');
});

async function outputsOf(checkpoint: Checkpoint): Promise<Float32Array> {
  const trainer = await engine.open(checkpoint);
  const outputs = await trainer.predict(batchOf(checkpoint.architecture, 7, 5));
  trainer.dispose();
  return outputs;
}

async function expectSame(before: Checkpoint, after: Checkpoint): Promise<void> {
  const wanted = await outputsOf(before);
  const largest = Math.max(1, ...wanted.map(Math.abs));
  (await outputsOf(after)).forEach((value, i) => {
    expect(Math.abs(value - (wanted[i] ?? NaN)) / largest).toBeLessThan(1e-5);
  });
}

/** With scales of both signs where that is asked for. */
function withScales(checkpoint: Checkpoint, sign: (channel: number) => number): Checkpoint {
  const parameters = Object.entries(checkpoint.parameters).map(([name, parameter]) => [
    name,
    parameter.role === 'scale'
      ? { ...parameter, values: parameter.values.map((value, i) => sign(i) * Math.abs(value)) }
      : parameter,
  ]);
  return { ...checkpoint, parameters: Object.fromEntries(parameters) };
}

const normsOf = ({ layers }: Architecture) => layers.filter(({ type }) => type === 'batchnorm');
const pictures = (...layers: LayerSketch[]) => sketch([8, 8, 2], layers);
const out: LayerSketch = { type: 'dense', units: 3 };
const conv = (padding: 'same' | 'valid', activation: 'none' | 'relu'): LayerSketch => ({
  ...{ type: 'conv', filters: 4, kernel: 3, padding, activation },
});

describe('a folded network', () => {
  test('has the weights of the formula', () => {
    const network = sketch(
      [1],
      [{ type: 'dense', units: 1 }, { type: 'batchnorm' }, { ...out, units: 1 }],
    );
    const values = (
      role: 'kernel' | 'bias' | 'scale' | 'shift' | 'mean' | 'variance',
      value: number,
    ) => ({
      ...{ role, shape: role === 'kernel' ? [1, 1] : [1], values: Float32Array.of(value) },
    });
    // γ = 3, σ² = 4 (ε is lost in the last digits), μ = 1, β = 0.5: f = 1.5, o = −1.
    const before: Checkpoint = {
      ...checkpointOf(network, 1),
      parameters: {
        'dense1.kernel': values('kernel', 2),
        'dense1.bias': values('bias', 0.25),
        'batchnorm2.scale': values('scale', 3),
        'batchnorm2.shift': values('shift', 0.5),
        'batchnorm2.mean': values('mean', 1),
        'batchnorm2.variance': values('variance', 4),
        'dense3.kernel': values('kernel', 5),
        'dense3.bias': values('bias', 6),
      },
    };
    const after = fold(before);
    expect(after.parameters['dense1.kernel']?.values[0]).toBeCloseTo(2 * 1.5, 4);
    expect(after.parameters['dense1.bias']?.values[0]).toBeCloseTo(0.25 * 1.5 - 1, 4);
    expect(after.parameters['dense3.kernel']?.values[0]).toBe(5);
    // Behind an activation the layer that reads it takes it: W = 5 · 1.5, b = 6 + 5 · (−1).
    const active = sketch(
      [1],
      [
        { type: 'dense', units: 1, activation: 'relu' },
        { type: 'batchnorm' },
        { ...out, units: 1 },
      ],
    );
    const forward = fold({ ...before, architecture: active });
    expect(forward.parameters['dense1.kernel']?.values[0]).toBe(2);
    expect(forward.parameters['dense3.kernel']?.values[0]).toBeCloseTo(7.5, 4);
    expect(forward.parameters['dense3.bias']?.values[0]).toBeCloseTo(1, 4);
  });

  test('says the same as before, whatever it is made of, and is as good as packed', async () => {
    await fc.assert(
      fc.asyncProperty(anyArchitecture, fc.boolean(), async (architecture, negative) => {
        const given = withScales(checkpointOf(architecture, 3), (i) =>
          negative && i % 2 === 0 ? -1 : 1,
        );
        if (foldSpec.check({}, architecture) !== null) return;
        let after: Checkpoint;
        try {
          after = fold(given);
        } catch (error) {
          expect(error).toMatchObject({ problem: { code: 'noFoldFits' } });
          return;
        }
        expect(normsOf(after.architecture).length).toBeLessThan(normsOf(architecture).length);
        await expectSame(given, after);
        expect(decodeWhittle(encodeWhittle(after)).parameters).toEqual(after.parameters);
      }),
      { numRuns: 80 },
    );
  });

  test.each<[string, Architecture]>([
    ['into a convolution before it', pictures(conv('same', 'none'), { type: 'batchnorm' }, out)],
    [
      'through an average pool back into a convolution',
      pictures(conv('same', 'none'), { type: 'avgpool', size: 2 }, { type: 'batchnorm' }, out),
    ],
    [
      'through pool, dropout and flatten into the dense layer that reads it',
      pictures(
        conv('valid', 'relu'),
        { type: 'batchnorm' },
        { type: 'maxpool', size: 2 },
        { type: 'dropout', rate: 0.5 },
        { type: 'flatten' },
        out,
      ),
    ],
    [
      'into a convolution without padding behind it',
      pictures(conv('same', 'relu'), { type: 'batchnorm' }, conv('valid', 'relu'), out),
    ],
    ['of the inputs', pictures({ type: 'batchnorm' }, conv('valid', 'relu'), out)],
    [
      'one behind the other',
      sketch(
        [4],
        [
          { type: 'dense', units: 5, activation: 'relu' },
          { type: 'batchnorm' },
          { type: 'batchnorm' },
          out,
        ],
      ),
    ],
  ])('has none left: %s', async (_, architecture) => {
    const before = withScales(checkpointOf(architecture, 2), () => 1);
    const after = fold(before);
    expect(normsOf(after.architecture)).toEqual([]);
    expect(Object.keys(after.parameters).filter((name) => name.startsWith('batchnorm'))).toEqual(
      [],
    );
    await expectSame(before, after);
  });

  test('keeps its masks, and zeros under them; kernels that change leave their levels', () => {
    const network = sketch(
      [4],
      [
        { type: 'dense', units: 6, activation: 'relu' },
        { type: 'batchnorm' },
        { type: 'dense', units: 5, activation: 'relu' },
        out,
      ],
    );
    const sparse = { ...checkpointOf(network, 1), ...pruned(networkOf(network, 1), 0.5, 2) };
    const rounded = quantize(sparse, quantizeSpec.options.parse({}));
    const after = fold(rounded);
    expect(after.masks).toEqual(rounded.masks);
    for (const [name, mask] of Object.entries(after.masks)) {
      const values = after.parameters[name]?.values ?? [];
      mask.forEach((bit, i) => {
        if (bit === 0) expect(Object.is(values[i], 0)).toBe(true);
      });
    }
    expect(Object.keys(after.quantizers)).toEqual(['dense1.kernel', 'dense4.kernel']);
  });
});

describe('what cannot be folded', () => {
  const padded = pictures(conv('same', 'relu'), { type: 'batchnorm' }, conv('same', 'relu'), out);

  test('is told at the step, before anything runs', () => {
    expect(foldSpec.check({}, padded)).toMatchObject({ code: 'noFoldFits' });
    expect(foldSpec.check({}, sketch([2], [out]))).toMatchObject({ code: 'noNormToFold' });
    expect(
      foldSpec.check({}, pictures(conv('same', 'none'), { type: 'batchnorm' }, out)),
    ).toBeNull();
  });

  test('stays: before a max pool with a scale below zero, while others go', async () => {
    const network = pictures(
      conv('valid', 'relu'),
      { type: 'batchnorm' },
      { type: 'maxpool', size: 2 },
      conv('valid', 'none'),
      { type: 'batchnorm' },
      out,
    );
    const before = withScales(checkpointOf(network, 1), (i) => (i === 0 ? -1 : 1));
    const after = fold(before);
    expect(normsOf(after.architecture).map(({ name }) => name)).toEqual(['batchnorm2']);
    await expectSame(before, after);
  });

  test('leaves the network alone', () => {
    const before = checkpointOf(padded, 1);
    const given = structuredClone(before);
    expect(() => fold(given)).toThrow(/No batch norm of this network/);
    expect(given).toEqual(before);
  });
});

test('a link spells the step without options, with and without its sign of equality', () => {
  const text = 'v=1&data=mnist&model=net:conv-4-none,batchnorm&seed=7&train=&fold=&quantize=';
  const { link, problems } = parseLink(text, techniqueSpecs);
  expect(problems).toEqual([]);
  expect(link.experiment.recipe[1]).toEqual({ technique: 'fold' });
  expect(printLink(link, techniqueSpecs)).toBe(text);
  expect(parseLink(text.replace('fold=', 'fold'), techniqueSpecs).link).toEqual(link);
  expect(defaultExperiment(techniqueSpecs).recipe.map(({ technique }) => technique)).not.toContain(
    'fold',
  );
});
