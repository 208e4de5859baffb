import fc from 'fast-check';
import { expect } from 'vitest';
import type { Checkpoint } from '../../experiment/checkpoint';
import { initialCheckpoint } from '../../experiment/model';
import { prune } from '../../techniques/prune/prune';
import { pruneSpec } from '../../techniques/prune/spec';
import { quantize } from '../../techniques/quantize/quantize';
import { quantizeSpec } from '../../techniques/quantize/spec';
import { anyArchitecture, checkpointOf } from '../../techniques/testing/networks';
import type { PackedNetwork } from '../whittle-file';

/** As text, which compares at once however long it is. */
const hex = (values: Float32Array | Uint8Array) =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');

/** The bits of every number, so that NaN and −0 count as what they are. */
function bitsOf({ parameters }: Pick<PackedNetwork, 'parameters'>) {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { role, shape, values }]) => [
      name,
      { role, shape, bits: hex(values) },
    ]),
  );
}

function masksOf({ masks }: Pick<PackedNetwork, 'masks'>) {
  return Object.fromEntries(Object.entries(masks).map(([name, mask]) => [name, hex(mask)]));
}

export function expectSame(network: PackedNetwork, decoded: PackedNetwork): void {
  expect(bitsOf(decoded)).toEqual(bitsOf(network));
  expect(decoded.architecture).toEqual(network.architecture);
  expect(masksOf(decoded)).toEqual(masksOf(network));
  expect(decoded.quantizers).toEqual(network.quantizers);
}

/** Of 8 and 6 weights. */
export const small = initialCheckpoint({ dataset: 'spiral', model: 'mlp:4-3', seed: 7 });

export const pruneOptions = pruneSpec.options.parse({});
const sparsity = fc.constantFrom(0, 0.3, 0.5, 0.9, 0.999);
export const quantizeDefaults = quantizeSpec.options.parse({});
export const quantizations = fc
  .record({
    bits: fc.integer({ min: 1, max: 16 }),
    scheme: fc.constantFrom('symmetric', 'affine', 'codebook', 'power2'),
    granularity: fc.constantFrom('tensor', 'channel', 'group'),
    group: fc.integer({ min: 2, max: 9 }),
    range: fc.constantFrom('minmax', 'mse'),
  })
  .map((options) => quantizeSpec.options.parse(options))
  .filter((options) => quantizeSpec.check(options, small.architecture) === null);

/** Networks of every kind, as techniques leave them behind: pruned before or after they are quantized. */
export const network: fc.Arbitrary<Checkpoint> = fc
  .record({
    architecture: anyArchitecture,
    seed: fc.nat(),
    before: fc.option(sparsity),
    grid: fc.option(quantizations),
    after: fc.option(sparsity),
  })
  .map(({ architecture, seed, before, grid, after }) => {
    let checkpoint = checkpointOf(architecture, seed);
    if (before !== null) checkpoint = prune(checkpoint, { ...pruneOptions, sparsity: before });
    if (grid !== null) checkpoint = quantize(checkpoint, grid);
    if (after !== null) checkpoint = prune(checkpoint, { ...pruneOptions, sparsity: after });
    return checkpoint;
  });
