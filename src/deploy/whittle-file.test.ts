import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Checkpoint, Parameter } from '../experiment/checkpoint';
import { initialCheckpoint } from '../experiment/model';
import { WhittleError } from '../experiment/problem';
import { prune } from '../techniques/prune/prune';
import { pruneSpec } from '../techniques/prune/spec';
import { quantize } from '../techniques/quantize/quantize';
import { quantizeSpec } from '../techniques/quantize/spec';
import { anyArchitecture, checkpointOf } from '../techniques/testing/networks';
import { crc32 } from './crc32';
import { decodeWhittle, encodeWhittle, type PackedNetwork } from './whittle-file';

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

function expectSame(network: PackedNetwork, decoded: PackedNetwork): void {
  expect(bitsOf(decoded)).toEqual(bitsOf(network));
  expect(decoded.architecture).toEqual(network.architecture);
  expect(masksOf(decoded)).toEqual(masksOf(network));
  expect(decoded.quantizers).toEqual(network.quantizers);
}

/** Damaged files of each kind; many more at night: `NIGHTLY=1 npx vitest run src/deploy`. */
const MUTATIONS = process.env['NIGHTLY'] === undefined ? 2_000 : 100_000;

const pruneOptions = pruneSpec.options.parse({});
const sparsity = fc.constantFrom(0, 0.3, 0.5, 0.9, 0.999);
const quantizeDefaults = quantizeSpec.options.parse({});
const quantization = fc
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
const network: fc.Arbitrary<Checkpoint> = fc
  .record({
    architecture: anyArchitecture,
    seed: fc.nat(),
    before: fc.option(sparsity),
    grid: fc.option(quantization),
    after: fc.option(sparsity),
  })
  .map(({ architecture, seed, before, grid, after }) => {
    let checkpoint = checkpointOf(architecture, seed);
    if (before !== null) checkpoint = prune(checkpoint, { ...pruneOptions, sparsity: before });
    if (grid !== null) checkpoint = quantize(checkpoint, grid);
    if (after !== null) checkpoint = prune(checkpoint, { ...pruneOptions, sparsity: after });
    return checkpoint;
  });

function withKernel(checkpoint: Checkpoint, name: string, values: Float32Array): Checkpoint {
  const kernel = checkpoint.parameters[name];
  if (kernel === undefined) throw new Error(`no ${name}`);
  const changed: Parameter = { ...kernel, values };
  return { ...checkpoint, parameters: { ...checkpoint.parameters, [name]: changed } };
}

const lenet = initialCheckpoint({ dataset: 'mnist', model: 'lenet-300-100', seed: 7 });
const small = initialCheckpoint({ dataset: 'spiral', model: 'mlp:4-3', seed: 7 });

describe('a .whittle file', () => {
  test('gives back the network: numbers bit for bit, layers, masks and quantizers', () => {
    fc.assert(
      fc.property(network, (checkpoint) => {
        expectSame(checkpoint, decodeWhittle(encodeWhittle(checkpoint)));
      }),
      { numRuns: 500 },
    );
  });

  test('gives back every float32 there is, −0, NaN and infinity among them', () => {
    const anyFloat = fc.oneof(
      fc.float(),
      fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 2 ** -149, -(2 ** -149)),
    );
    fc.assert(
      fc.property(fc.array(anyFloat, { minLength: 8, maxLength: 8 }), (values) => {
        const checkpoint = withKernel(small, 'dense1.kernel', Float32Array.from(values));
        expectSame(checkpoint, decodeWhittle(encodeWhittle(checkpoint)));
      }),
    );
  });

  test('gives back numbers that are off their quantizer’s grid', () => {
    const quantized = quantize(small, {
      ...quantizeDefaults,
      bits: 4,
      scheme: 'affine',
      granularity: 'channel',
    });
    const values = quantized.parameters['dense1.kernel']?.values.map((w) => w + 0.001);
    const checkpoint = withKernel(quantized, 'dense1.kernel', values ?? new Float32Array());
    expectSame(checkpoint, decodeWhittle(encodeWhittle(checkpoint)));
  });

  test('gives back a mask whose kept weights are zero, and one that keeps everything', () => {
    const kept = Uint8Array.from([1, 1, 0, 1, 0, 0, 1, 1]);
    const zeros = withKernel(small, 'dense1.kernel', new Float32Array(8));
    for (const mask of [kept, new Uint8Array(8).fill(1), new Uint8Array(8)]) {
      const checkpoint = { ...zeros, masks: { 'dense1.kernel': mask } };
      expectSame(checkpoint, decodeWhittle(encodeWhittle(checkpoint)));
    }
  });

  test('gives back gaps longer than a byte', () => {
    const values = new Float32Array(784 * 300);
    for (const i of [0, 254, 509, 510, 1_275, 100_000, 784 * 300 - 1]) values[i] = 1 + i;
    const checkpoint = withKernel(lenet, 'dense1.kernel', values);
    expectSame(checkpoint, decodeWhittle(encodeWhittle(checkpoint)));
  });

  test('is the same for the same network', () => {
    fc.assert(
      fc.property(network, (checkpoint) => {
        expect(encodeWhittle(checkpoint)).toEqual(encodeWhittle(structuredClone(checkpoint)));
      }),
      { numRuns: 20 },
    );
  });

  test('does not begin anew: a decoded network makes the same file', () => {
    fc.assert(
      fc.property(network, (checkpoint) => {
        const file = encodeWhittle(checkpoint);
        expect(encodeWhittle(decodeWhittle(file))).toEqual(file);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the length of a file', () => {
  const bytesOf = (checkpoint: Checkpoint) => encodeWhittle(checkpoint).length;
  const half = prune(lenet, { ...pruneOptions, sparsity: 0.5 });
  const tenth = prune(lenet, { ...pruneOptions, sparsity: 0.9 });
  const quantized = (checkpoint: Checkpoint, bits: number) =>
    quantize(checkpoint, { ...quantizeDefaults, bits, granularity: 'tensor' });

  test('is never much more than the numbers themselves', () => {
    fc.assert(
      fc.property(network, (checkpoint) => {
        const numbers = Object.values(checkpoint.parameters).reduce(
          (sum, { values }) => sum + values.byteLength,
          0,
        );
        const layers = checkpoint.architecture.layers.length;
        const grids = Object.values(checkpoint.quantizers).reduce(
          (sum, { scales, levels = [] }) => sum + 8 * scales.length + 4 * levels.length,
          0,
        );
        const masks = Object.values(checkpoint.masks).reduce(
          (sum, { length }) => sum + Math.ceil(length / 8),
          0,
        );
        const allowed = numbers + grids + masks + 120 + 60 * layers;
        expect(bytesOf(checkpoint)).toBeLessThanOrEqual(allowed);
      }),
    );
  });

  test('falls with every weight that is pruned and every bit that is taken', () => {
    const lengths = [lenet, half, tenth, quantized(tenth, 8), quantized(tenth, 4)].map(bytesOf);
    expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
    expect(new Set(lengths).size).toBe(lengths.length);
  });

  test('of b bits a weight is at most b bits a weight and the float32 biases', () => {
    for (const bits of [1, 2, 3, 4, 5, 6, 8, 12, 16]) {
      expect(bytesOf(quantized(lenet, bits))).toBeLessThan((266_200 * bits) / 8 + 410 * 4 + 1_500);
    }
  });

  test('of a tenth of the weights is at most their float32 and a byte for each place', () => {
    expect(bytesOf(tenth)).toBeLessThan(26_620 * 5 + 410 * 4 + 1_500);
  });
});

/** A file around a body, as docs/whittle-file.md describes it; made by Node's own zlib. */
function fileOf(body: Uint8Array, version = 1): Uint8Array {
  const packed = deflateRawSync(body);
  const rest = new Uint8Array(4 + packed.length);
  new DataView(rest.buffer).setUint32(0, body.length, true);
  rest.set(packed, 4);
  const front = new Uint8Array(9);
  front.set([0x57, 0x48, 0x54, 0x4c, version]);
  new DataView(front.buffer).setUint32(5, crc32(rest), true);
  return Uint8Array.from([...front, ...rest]);
}

function bodyOf(file: Uint8Array): Uint8Array {
  return new Uint8Array(inflateRawSync(file.subarray(13)));
}

describe('the format of version 1', () => {
  // Files live for ever: these bytes must read the same in every version to come.
  test('is read as its description says', () => {
    const header = '{"task":"regression","input":[2],"layers":"dense-2-none"}';
    const file = fileOf(
      Uint8Array.from([
        ...[header.length, ...new TextEncoder().encode(header)],
        // Kernel: at gaps, packed codes, masked, quantized; three kept; affine, a grid a channel, zero points; 4 bits.
        ...[1 | (2 << 2) | 16 | 32, 3, 1 | 4 | 8, 4],
        // Bias: all, float32.
        ...[0],
        // Scales 0.5 and 2 by byte; zero points 8 and −1; gaps 0, 1, 0; codes 0, 15, 9 of four bits.
        ...[0, 0, 0, 0, 0, 0, 0x3f, 0x40, 16, 1, 0, 1, 0, 0xf0, 0x09],
        // Biases 1 and −2 by byte.
        ...[0, 0, 0, 0, 0x80, 0, 0x3f, 0xc0],
      ]),
    );
    const { architecture, parameters, masks, quantizers } = decodeWhittle(file);
    expect(architecture).toMatchObject({ task: 'regression', input: [2], outputs: 2 });
    expect(architecture.layers).toMatchObject([{ type: 'dense', name: 'dense1', units: 2 }]);
    // Positions 0, 2 and 3: codes 0, 15 and 9 mean (0−8)·0.5, (15−8)·0.5 and (9+1)·2.
    expect([...(parameters['dense1.kernel']?.values ?? [])]).toEqual([-4, 0, 3.5, 20]);
    expect([...(parameters['dense1.bias']?.values ?? [])]).toEqual([1, -2]);
    expect([...(masks['dense1.kernel'] ?? [])]).toEqual([1, 0, 1, 1]);
    expect(quantizers['dense1.kernel']).toEqual({
      scheme: 'affine',
      bits: 4,
      scales: Float32Array.from([0.5, 2]),
      zeroPoints: Int32Array.from([8, -1]),
    });
  });

  test('names the layers that are not named by type and number', () => {
    const [layer] = small.architecture.layers;
    if (layer?.type !== 'dense') throw new Error('no dense layer');
    const renamed: PackedNetwork = {
      architecture: {
        ...small.architecture,
        layers: [{ ...layer, name: 'head', units: 2, output: [2] }],
      },
      parameters: {
        'head.kernel': { role: 'kernel', shape: [2, 2], values: Float32Array.from([1, 2, 3, 4]) },
        'head.bias': { role: 'bias', shape: [2], values: Float32Array.from([5, 6]) },
      },
      masks: {},
      quantizers: {},
    };
    expectSame(renamed, decodeWhittle(encodeWhittle(renamed)));
  });
});

function refusal(bytes: Uint8Array): string | null {
  try {
    decodeWhittle(bytes);
    return null;
  } catch (error) {
    if (error instanceof WhittleError) return error.problem.code;
    throw error;
  }
}

/** Ways to damage bytes: flip a bit, overwrite, cut off, take out, put in. */
const damage = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: fc.nat(), bit: fc.nat(7) }),
  fc.record({
    kind: fc.constant('overwrite' as const),
    at: fc.nat(),
    by: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  }),
  fc.record({ kind: fc.constant('cut' as const), at: fc.nat() }),
  fc.record({
    kind: fc.constant('remove' as const),
    at: fc.nat(),
    count: fc.integer({ min: 1, max: 40 }),
  }),
  fc.record({
    kind: fc.constant('insert' as const),
    at: fc.nat(),
    by: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  }),
);
type Damage = typeof damage extends fc.Arbitrary<infer Kind> ? Kind : never;

function damaged(bytes: Uint8Array, harm: Damage): Uint8Array {
  const at = harm.at % bytes.length;
  const all = [...bytes];
  switch (harm.kind) {
    case 'flip':
      all[at] = (all[at] ?? 0) ^ (1 << harm.bit);
      break;
    case 'overwrite':
      all.splice(at, harm.by.length, ...harm.by);
      break;
    case 'cut':
      all.length = at;
      break;
    case 'remove':
      all.splice(at, harm.count);
      break;
    case 'insert':
      all.splice(at, 0, ...harm.by);
      break;
  }
  return Uint8Array.from(all);
}

const isSame = (a: Uint8Array, b: Uint8Array) =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

describe('a damaged file', () => {
  const files = [
    small,
    prune(small, { ...pruneOptions, sparsity: 0.5 }),
    quantize(small, { ...quantizeDefaults, bits: 3, scheme: 'affine', granularity: 'channel' }),
    quantize(small, {
      ...quantizeDefaults,
      bits: 2,
      scheme: 'codebook',
      granularity: 'group',
      group: 3,
    }),
    quantize(small, { ...quantizeDefaults, bits: 3, scheme: 'power2' }),
    quantize(prune(small, pruneOptions), {
      ...quantizeDefaults,
      bits: 2,
      scheme: 'symmetric',
      granularity: 'tensor',
    }),
    initialCheckpoint({ dataset: 'mnist', model: 'net:conv-2,batchnorm,maxpool-4', seed: 1 }),
  ].map(encodeWhittle);

  test('is refused, whatever the damage', () => {
    fc.assert(
      fc.property(fc.constantFrom(...files), damage, (file, harm) => {
        const broken = damaged(file, harm);
        fc.pre(!isSame(broken, file));
        expect(refusal(broken)).toMatch(/^(bad|newer)WhittleFile$/);
      }),
      { numRuns: MUTATIONS },
    );
  });

  test('with a checksum that fits is refused or is a network of the shape it says', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...files),
        fc.array(damage, { minLength: 1, maxLength: 3 }),
        (file, harms) => {
          const body = harms.reduce(
            (bytes, harm) => (bytes.length === 0 ? bytes : damaged(bytes, harm)),
            bodyOf(file),
          );
          const forged = fileOf(body);
          if (refusal(forged) === null) {
            const read = decodeWhittle(forged);
            for (const { shape, values } of Object.values(read.parameters)) {
              expect(values.length).toBe(shape.reduce((a, b) => a * b, 1));
            }
          } else {
            expect(refusal(forged)).toBe('badWhittleFile');
          }
        },
      ),
      { numRuns: MUTATIONS },
    );
  });

  test('of bytes by chance is refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(refusal(bytes)).toBe('badWhittleFile');
        expect(refusal(fileOf(bytes))).toBe('badWhittleFile');
      }),
      { numRuns: 500 },
    );
  });

  test('of another version is refused as newer, or as none', () => {
    const body = bodyOf(files[0] ?? new Uint8Array());
    expect(refusal(fileOf(body, 1))).toBeNull();
    expect(refusal(fileOf(body, 2))).toBe('newerWhittleFile');
    expect(refusal(fileOf(body, 0))).toBe('badWhittleFile');
  });

  test('that unpacks to gigabytes, or says so, is refused before that', () => {
    expect(refusal(fileOf(new Uint8Array(30_000_000)))).toBe('badWhittleFile');
    const claims = fileOf(new Uint8Array(10));
    new DataView(claims.buffer).setUint32(9, 0xffffffff, true);
    new DataView(claims.buffer).setUint32(5, crc32(claims.subarray(9)), true);
    expect(refusal(claims)).toBe('badWhittleFile');
  });

  test.each([
    ['{"task":"regression","input":[2],"layers":"dense-4096,dense-4096"}'],
    ['{"task":"regression","input":[65536,65536,65536],"layers":"dense-4096"}'],
    ['{"task":"regression","input":[0],"layers":"dense-2"}'],
    ['{"task":"regression","input":[],"layers":"dense-2"}'],
    ['{"task":"sorting","input":[2],"layers":"dense-2"}'],
    ['{"task":"regression","input":[2],"layers":"flatten"}'],
    ['{"task":"regression","input":[2],"layers":""}'],
    ['{"task":"regression","input":[2],"layers":"__proto__:dense-2"}'],
    ['{"task":"regression","input":[2],"layers":"a:dense-2,a:dense-2"}'],
    ['{"task":"regression","input":[2],"layers":"conv-2"}'],
    ['{"task":"regression"}'],
    ['[]'],
    ['null'],
    ['{'],
  ])('with the header %s is refused', (header) => {
    const bytes = new TextEncoder().encode(header);
    const body = Uint8Array.from([bytes.length, ...bytes, ...new Uint8Array(100)]);
    expect(refusal(fileOf(body))).toBe('badWhittleFile');
  });
});
