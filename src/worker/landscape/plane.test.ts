import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Checkpoint } from '../../experiment/checkpoint';
import { randomOf } from '../../experiment/random';
import { anyArchitecture, checkpointOf } from '../../techniques/testing/networks';
import { kernelsOf } from '../../techniques/kernels';
import {
  filterNormalized,
  networkAt,
  norms,
  planeThrough,
  projectionOnto,
  type Plane,
} from './plane';

/** Parameters of one bias. */
const biases = (...values: readonly number[]): Checkpoint['parameters'] => ({
  'dense1.bias': { role: 'bias', shape: [values.length], values: Float32Array.from(values) },
});
const valuesOf = (parameters: Checkpoint['parameters']) =>
  Object.values(parameters).flatMap(({ values }) => [...values]);
const rest = () => Promise.resolve();
const through = async (
  ...[origin, ...others]: readonly Checkpoint['parameters'][]
): Promise<Plane> => {
  const plane = await planeThrough(origin ?? {}, others, rest);
  if (plane === null) throw new Error('They lie on a line.');
  return plane;
};

describe('a random direction', () => {
  test('has for each output the length of that output’s weights, and nothing beside kernels', async () => {
    await fc.assert(
      fc.asyncProperty(anyArchitecture, fc.nat(), async (architecture, seed) => {
        const network = checkpointOf(architecture, 7);
        const direction = await filterNormalized(network, randomOf(seed), rest);
        const kernels = kernelsOf(network);
        expect(Object.keys(direction)).toEqual(kernels.map(({ name }) => name));
        for (const { name, parameter } of kernels) {
          const outputs = parameter.shape.at(-1) ?? 1;
          const wanted = norms(parameter.values, outputs);
          norms(direction[name] ?? [], outputs).forEach((norm, i) => {
            expect(norm).toBeCloseTo(wanted[i] ?? NaN, 9);
          });
        }
      }),
      { numRuns: 30 },
    );
  });

  test('leaves pruned weights at zero, and a unit without weights where it is', async () => {
    await fc.assert(
      fc.asyncProperty(anyArchitecture, fc.nat(), async (architecture, seed) => {
        const whole = checkpointOf(architecture, 7);
        // Every third weight is gone, and all of output 0.
        const masks = Object.fromEntries(
          kernelsOf(whole).map(({ name, parameter: { values, shape } }) => [
            name,
            Uint8Array.from(values, (_, i) => Number(i % 3 > 0 && i % (shape.at(-1) ?? 1) > 0)),
          ]),
        );
        const parameters = Object.fromEntries(
          Object.entries(whole.parameters).map(([name, parameter]) => [
            name,
            { ...parameter, values: parameter.values.map((w, i) => w * (masks[name]?.[i] ?? 1)) },
          ]),
        );
        const pruned = { ...whole, parameters, masks };
        const direction = await filterNormalized(pruned, randomOf(seed), rest);
        for (const [name, mask] of Object.entries(masks)) {
          direction[name]?.forEach((value, i) => {
            expect(Number.isFinite(value)).toBe(true);
            if (mask[i] === 0) expect(value === 0).toBe(true);
          });
        }
      }),
      { numRuns: 30 },
    );
  });

  test('is the same for the same seed', async () => {
    const [architecture] = fc.sample(anyArchitecture, { numRuns: 1, seed: 3 });
    if (architecture === undefined) throw new Error('There is no sample.');
    const network = checkpointOf(architecture, 7);
    const first = await filterNormalized(network, randomOf(1), rest);
    expect(await filterNormalized(network, randomOf(1), rest)).toEqual(first);
  });

  test('is given up between two kernels', async () => {
    const [architecture] = fc.sample(anyArchitecture, { numRuns: 1, seed: 3 });
    if (architecture === undefined) throw new Error('There is no sample.');
    const stop = () => Promise.reject(new Error('stopped'));
    const drawing = filterNormalized(checkpointOf(architecture, 7), randomOf(1), stop);
    await expect(drawing).rejects.toThrow('stopped');
  });
});

describe('the plane through three networks', () => {
  test('has axes of length 1 that are perpendicular, and all three lie on it', async () => {
    // By hand: u = (3, 4) / 5 in the first two; of (0, 5, 2) the part along u is 4, the rest (−2.4, 1.8, 2).
    const [a, b, c] = [biases(0, 0, 0), biases(3, 4, 0), biases(0, 5, 2)];
    const plane = await through(a, b, c);
    const at = projectionOnto(plane);
    expect(at(a)).toEqual({ x: 0, y: 0, share: 1 });
    expect(at(b).x).toBeCloseTo(5, 12);
    expect(at(b).y).toBeCloseTo(0, 12);
    expect(at(c).x).toBeCloseTo(4, 12);
    expect(at(c).y).toBeCloseTo(Math.sqrt(2.4 ** 2 + 1.8 ** 2 + 2 ** 2), 12);
    for (const network of [b, c]) {
      const { x, y, share } = at(network);
      expect(share).toBeCloseTo(1, 12);
      valuesOf(networkAt(plane, x, y)).forEach((value, i) => {
        expect(value).toBeCloseTo(valuesOf(network)[i] ?? NaN, 5);
      });
    }
  });

  test('gives back all three, whatever they are', async () => {
    const numbers = fc.array(fc.float({ min: -10, max: 10, noNaN: true }), {
      ...{ minLength: 5, maxLength: 5 },
    });
    await fc.assert(
      fc.asyncProperty(numbers, numbers, numbers, async (...three) => {
        const networks = three.map((values) => biases(...values));
        const [origin, ...others] = networks;
        const plane = origin && (await planeThrough(origin, others, rest));
        fc.pre(plane != null);
        for (const network of networks) {
          const { x, y } = projectionOnto(plane)(network);
          valuesOf(networkAt(plane, x, y)).forEach((value, i) => {
            expect(Math.abs(value - (valuesOf(network)[i] ?? NaN))).toBeLessThan(1e-4);
          });
        }
      }),
    );
  });

  test('passes over a network on a line with others, and is none without three', async () => {
    const [a, b, half] = [biases(0, 0, 0), biases(2, 0, 0), biases(1, 0, 0)];
    const c = biases(0, 3, 0);
    expect(projectionOnto(await through(a, b, half, c))(c)).toEqual({ x: 0, y: 3, share: 1 });
    expect(await planeThrough(a, [b, half, a], rest)).toBeNull();
  });

  test('says how much of the way to another network it shows', async () => {
    const plane = await through(biases(0, 0, 0), biases(1, 0, 0), biases(0, 1, 0));
    // 3 and 4 in the plane, 12 across it: 5 of 13.
    expect(projectionOnto(plane)(biases(3, 4, 12)).share).toBeCloseTo(5 / 13, 12);
    expect(projectionOnto(plane)(biases(0, 0, 2)).share).toBe(0);
  });

  test('never makes a variance negative', async () => {
    const variance = (value: number): Checkpoint['parameters'] => ({
      ...biases(value, 0),
      'batchnorm1.variance': { role: 'variance', shape: [1], values: Float32Array.of(value) },
    });
    const plane = await through(variance(1), variance(2), { ...variance(1), ...biases(0, 5) });
    expect(networkAt(plane, -9, 0)['batchnorm1.variance']?.values[0]).toBe(0);
  });
});

test('a point nearest to a network is found between directions that are not perpendicular', () => {
  const origin = biases(0, 0, 0);
  const plane: Plane = {
    origin,
    u: { 'dense1.bias': Float64Array.of(1, 0, 0) },
    v: { 'dense1.bias': Float64Array.of(1, 1, 0) },
  };
  // (5, 3, 0) = 2 · (1, 0, 0) + 3 · (1, 1, 0)
  expect(projectionOnto(plane)(biases(5, 3, 0))).toEqual({ x: 2, y: 3, share: 1 });
});
