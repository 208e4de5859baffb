import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Checkpoint, Parameter } from '../experiment/checkpoint';
import { initialCheckpoint } from '../experiment/model';
import { WhittleError } from '../experiment/problem';
import { prune } from '../techniques/prune/prune';
import { quantize } from '../techniques/quantize/quantize';
import { crc32 } from './crc32';
import { RangeEncoder } from './range-coder';
import { expectSame, network, pruneOptions, quantizeDefaults, small } from './testing/packed';
import { codeText } from './text-model';
import { decodeWhittle, encodeWhittle, type PackedNetwork } from './whittle-file';

/** Damaged files of each kind; many more at night: `NIGHTLY=1 npx vitest run src/deploy`. */
const MUTATIONS = process.env['NIGHTLY'] === undefined ? 2_000 : 100_000;
const PATIENCE_MS = 60_000 + 6 * MUTATIONS;

function withKernel(checkpoint: Checkpoint, name: string, values: Float32Array): Checkpoint {
  const kernel = checkpoint.parameters[name];
  if (kernel === undefined) throw new Error(`no ${name}`);
  const changed: Parameter = { ...kernel, values };
  return { ...checkpoint, parameters: { ...checkpoint.parameters, [name]: changed } };
}

const lenet = initialCheckpoint({ dataset: 'mnist', model: 'lenet-300-100', seed: 7 });

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

/** A file around a stream, as docs/format.md describes it. */
function fileOf(stream: Uint8Array, version = 2): Uint8Array {
  const front = new Uint8Array(9);
  front.set([0x57, 0x48, 0x54, 0x4c, version]);
  new DataView(front.buffer).setUint32(5, crc32(stream), true);
  return Uint8Array.from([...front, ...stream]);
}

const streamOf = (file: Uint8Array) => file.subarray(9);

describe('a header', () => {
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

/** A stream that begins with this header; what comes then is anything. */
function withHeader(header: string, rest: Uint8Array): Uint8Array {
  const coder = new RangeEncoder();
  codeText(coder, header, 1_000);
  return Uint8Array.from([...coder.done(), ...rest]);
}

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

  test('is refused, whatever the damage', { timeout: PATIENCE_MS }, () => {
    fc.assert(
      fc.property(fc.constantFrom(...files), damage, (file, harm) => {
        const broken = damaged(file, harm);
        fc.pre(!isSame(broken, file));
        expect(refusal(broken)).toMatch(/^(bad|newer)WhittleFile$/);
      }),
      { numRuns: MUTATIONS },
    );
  });

  test(
    'with a checksum that fits is refused or is a network of the shape it says',
    { timeout: PATIENCE_MS },
    () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...files),
          fc.array(damage, { minLength: 1, maxLength: 3 }),
          (file, harms) => {
            const body = harms.reduce(
              (bytes, harm) => (bytes.length === 0 ? bytes : damaged(bytes, harm)),
              streamOf(file),
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
    },
  );

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
    const stream = streamOf(files[0] ?? new Uint8Array());
    expect(refusal(fileOf(stream, 2))).toBeNull();
    expect(refusal(fileOf(stream, 3))).toBe('newerWhittleFile');
    expect(refusal(fileOf(stream, 1))).toBe('badWhittleFile');
    expect(refusal(fileOf(stream, 0))).toBe('badWhittleFile');
  });

  test('with bytes too many or too few behind a checksum that fits is refused', () => {
    for (const file of files) {
      const stream = streamOf(file);
      expect(refusal(fileOf(Uint8Array.from([...stream, 0])))).toBe('badWhittleFile');
      expect(refusal(fileOf(stream.subarray(0, -1)))).toBe('badWhittleFile');
    }
  });

  test('that claims five million weights in a few bytes is refused once they are missing', () => {
    const header = '{"task":"regression","input":[2000],"layers":"dense-2490,dense-2-none"}';
    const slowest = [0, 20, 3_000].flatMap((length) =>
      [0, 1, 0x55, 0xff].map((value) => {
        const stream = withHeader(header, new Uint8Array(length).fill(value));
        const started = performance.now();
        expect(refusal(fileOf(stream))).toBe('badWhittleFile');
        return performance.now() - started;
      }),
    );
    // A second on a machine with nothing else to do.
    expect(Math.max(...slowest)).toBeLessThan(5_000);
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
    const stream = withHeader(header, new Uint8Array(100));
    expect(refusal(fileOf(stream))).toBe('badWhittleFile');
  });
});
