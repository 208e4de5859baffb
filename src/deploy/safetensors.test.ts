import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_PARAMETERS } from '../experiment/assemble';
import type { Checkpoint } from '../experiment/checkpoint';
import { WhittleError } from '../experiment/problem';
import { LENET_300_100, networkOf, sketch } from '../engine/testing/networks';
import { checkpointOf } from '../techniques/testing/networks';
import type { FileFacts } from './file-facts';
import { decodeSafetensors, encodeSafetensors } from './safetensors';
import { network as anyNetwork } from './testing/packed';

const FACTS: FileFacts = {
  link: 'v=1&data=mnist&model=lenet-300-100&seed=7',
  variant: 's1',
  version: '0.1.0',
  metrics: { examples: 10_000, loss: 0.07, accuracy: 0.9812 },
};

/** A reader after the format's description alone: u64 length, JSON, then numbers at its offsets. */
function readSafetensors(bytes: Uint8Array) {
  const buffer = Buffer.from(bytes);
  const length = Number(buffer.readBigUInt64LE(0));
  const { __metadata__: metadata, ...tensors } = JSON.parse(
    buffer.subarray(8, 8 + length).toString('utf8'),
  ) as Record<string, unknown>;
  const data = buffer.subarray(8 + length);
  const read = Object.entries(tensors).map(([name, head]) => {
    const { dtype, shape, data_offsets } = head as {
      dtype: string;
      shape: number[];
      data_offsets: [number, number];
    };
    const values: number[] = [];
    for (let at = data_offsets[0]; at < data_offsets[1]; at += 4) values.push(data.readFloatLE(at));
    return [name, { dtype, shape, values }] as const;
  });
  return {
    metadata: metadata as Record<string, string>,
    tensors: Object.fromEntries(read),
    length,
  };
}

/** A file with this header in front of so many bytes of zeros. */
function fileOf(header: string | object, dataBytes = 0): Uint8Array {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const file = Buffer.alloc(8 + text.length + dataBytes);
  file.writeBigUInt64LE(BigInt(text.length), 0);
  text.copy(file, 8);
  return file;
}

describe('a safetensors file', () => {
  const network = networkOf(LENET_300_100, 3);

  it('is read by a program that knows only the format: names, shapes, numbers, metadata', () => {
    const { metadata, tensors } = readSafetensors(encodeSafetensors(network, FACTS));
    expect(Object.keys(tensors)).toEqual(Object.keys(network.parameters));
    for (const [name, { shape, values }] of Object.entries(network.parameters)) {
      expect(tensors[name]).toEqual({ dtype: 'F32', shape, values: Array.from(values) });
    }
    expect(metadata).toMatchObject({
      generator: 'Whittle 0.1.0',
      link: FACTS.link,
      variant: 's1',
      accuracy: '0.9812',
      testExamples: '10000',
    });
  });

  it('begins its numbers where eight divides, and is 4 bytes a parameter behind its header', () => {
    const bytes = encodeSafetensors(network, FACTS);
    const { length } = readSafetensors(bytes);
    expect(length % 8).toBe(0);
    expect(bytes.length).toBe(8 + length + 4 * 266_610);
  });

  it('gives back every network, bit for bit', () => {
    fc.assert(
      fc.property(anyNetwork, ({ architecture, parameters }) => {
        const read = decodeSafetensors(encodeSafetensors({ architecture, parameters }, FACTS));
        expect(read.architecture).toEqual(architecture);
        expect(read.parameters).toEqual(parameters);
        expect(read.metadata['link']).toBe(FACTS.link);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a safetensors file that is none, or not one of a network', () => {
  const small = checkpointOf(sketch([2], [{ type: 'dense', units: 1 }]), 1);
  const good = encodeSafetensors(small, FACTS);
  const { metadata } = readSafetensors(good);
  const kernel = { dtype: 'F32', shape: [2, 1], data_offsets: [0, 8] };
  const bias = { dtype: 'F32', shape: [1], data_offsets: [8, 12] };
  const headed = (tensors: object) => fileOf({ __metadata__: metadata, ...tensors }, 12);
  const both = { 'dense1.kernel': kernel, 'dense1.bias': bias };

  it('is told apart from a good one by what is wrong with it', () => {
    expect(decodeSafetensors(headed(both)).parameters['dense1.kernel']?.values).toHaveLength(2);
    const huge = Buffer.from(good);
    huge.writeBigUInt64LE(2n ** 63n, 0);
    const wrong: readonly (readonly [Uint8Array, RegExp])[] = [
      [new Uint8Array(), /ends too early/],
      [good.subarray(0, 40), /ends too early/],
      [good.subarray(0, -4), /too early or too late/],
      [huge, /header is longer/],
      [fileOf('[]'), /header cannot be read/],
      [fileOf('{"a":'), /header cannot be read/],
      [fileOf('['.repeat(100_000)), /header cannot be read/],
      [fileOf({ __metadata__: { a: 1 } }), /metadata are not texts/],
      [fileOf({ a: 5 }), /describes no tensor/],
      [fileOf({ ...both }, 12), /what network/],
      [headed({ 'dense1.kernel': kernel }), /too early or too late/],
      [headed({ ...both, 'dense1.bias': { ...bias, data_offsets: [4, 12] } }), /overlap/],
      [headed({ ...both, 'dense1.bias': { ...bias, data_offsets: [8, 2 ** 40] } }), /too late/],
      [headed({ ...both, 'dense1.bias': { ...bias, dtype: 'F16' } }), /dense1\.bias is not/],
      [headed({ ...both, 'dense1.bias': { ...bias, shape: [2] } }), /dense1\.bias has another/],
      [headed({ ...both, more: { ...bias, data_offsets: [12, 12] } }), /not those of its network/],
      [headed({ 'dense1.kernel': kernel, other: bias }), /no tensor dense1\.bias/],
      [fileOf({}, 4 * MAX_PARAMETERS + 1), /larger than a network/],
    ];
    for (const [bytes, reason] of wrong) expect(() => decodeSafetensors(bytes)).toThrow(reason);
  });

  it('is refused with a WhittleError whatever bytes are damaged', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: good.length - 13 }),
        fc.integer({ min: 1, max: 255 }),
        (at, change) => {
          const bytes = good.slice();
          bytes[at] = (bytes[at] ?? 0) ^ change;
          const read = (): Pick<Checkpoint, 'parameters'> | null => {
            try {
              return decodeSafetensors(bytes);
            } catch (error) {
              expect(error).toBeInstanceOf(WhittleError);
              return null;
            }
          };
          // Damage to a text of the metadata is not seen.
          const parameters = read()?.parameters ?? small.parameters;
          expect(Object.keys(parameters)).toEqual(Object.keys(small.parameters));
        },
      ),
      { numRuns: 500 },
    );
  });
});
