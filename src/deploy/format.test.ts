import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { initialCheckpoint } from '../experiment/model';
import { prune } from '../techniques/prune/prune';
import { quantize } from '../techniques/quantize/quantize';
import { network, pruneOptions, quantizeDefaults, small } from './testing/packed';
import { decodeWhittle, encodeWhittle, type PackedNetwork } from './whittle-file';

/*
 * A second reader, written from the text of docs/format.md and sharing no code with the first: what it reads
 * is what a stranger would.
 */

const floor = Math.floor;
const within = (x: number, least: number, most: number) => Math.max(least, Math.min(most, x));

const E = Array.from({ length: 2048 }, () => 1);
for (let k = 1; k < 2048; k++) E[k] = E[k - 1]! * 1.0039138893383475;
const squash = (d: number): number =>
  d < 0 ? 65_536 - squash(-d) : floor((65_536 * E[d]!) / (1 + E[d]!) + 0.5);
const stretches = Array.from({ length: 4096 }, (_, i) => {
  let d = -2047;
  while (d < 2047 && squash(d) < 16 * i) d++;
  return d;
});

interface Slot {
  P: number;
  n: number;
}
/** Slots that appear when they are asked for. */
const slots = () => {
  const known = new Map<number, Slot>();
  return (index: number): Slot => {
    const slot = known.get(index) ?? { P: 2 ** 21, n: 0 };
    known.set(index, slot);
    return slot;
  };
};
function takes(slot: Slot, b: number): void {
  const t = floor((2 ** 22 * b - slot.P) / 128);
  slot.P += floor((t * floor(65_536 / (2 * slot.n + 3))) / 256);
  slot.n = Math.min(slot.n + 1, 255);
}

type Mixed = (
  read: (p: number) => number,
  set: number,
  contexts: readonly [number, number, number],
) => number;

function mixedModel(): Mixed {
  const lists = [slots(), slots(), slots()];
  const sets = new Map<number, number[]>();
  return (read, set, contexts) => {
    const w = sets.get(set) ?? [26_214, 26_214, 26_214];
    sets.set(set, w);
    const three = contexts.map((context, k) => lists[k]!(context));
    const s = three.map(({ P }) => stretches[floor(P / 1024)]!);
    const d = floor((w[0]! * s[0]! + w[1]! * s[1]! + w[2]! * s[2]!) / 65_536);
    const p = squash(within(d, -2047, 2047));
    const b = read(p);
    for (let k = 0; k < 3; k++) {
      const next = w[k]! + floor((s[k]! * (65_536 * b - p) + 32_768) / 65_536);
      w[k] = within(next, -(2 ** 18 - 1), 2 ** 18 - 1);
      takes(three[k]!, b);
    }
    return b;
  };
}

function readStream(bytes: Uint8Array) {
  let [front, back, backBits] = [0, 0, 0];
  let [range, code] = [2 ** 32 - 1, 0];
  const nextByte = () => bytes[front++] ?? 0;
  for (let i = 0; i < 4; i++) code = code * 256 + nextByte();
  const coded = (p: number): number => {
    const bound = floor(range / 65_536) * p;
    const b = code < bound ? 1 : 0;
    if (b === 0) code -= bound;
    range = b === 1 ? bound : range - bound;
    while (range < 2 ** 24) {
      range *= 256;
      code = (256 * code + nextByte()) % 2 ** 32;
    }
    return b;
  };
  const raw = (count: number): number => {
    let value = 0;
    for (let i = 0; i < count; i++) {
      if (backBits % 8 === 0) back += 1;
      value += ((bytes[bytes.length - back]! >> (backBits % 8)) & 1) * 2 ** i;
      backBits += 1;
    }
    return value;
  };
  const simple = (list: (index: number) => Slot, index: number): number => {
    const slot = list(index);
    const b = coded(within(floor(slot.P / 64), 32, 65_504));
    takes(slot, b);
    return b;
  };
  const numbers = new Map<string, (index: number) => Slot>();
  const number = (name: string): number => {
    const list = numbers.get(name) ?? slots();
    numbers.set(name, list);
    let k = 0;
    while (simple(list, k) === 1) k++;
    return 2 ** k + raw(k) - 1;
  };
  const isOver = () => front - 2 + back === bytes.length;
  return { coded, raw, simple, number, isOver };
}
type Stream = ReturnType<typeof readStream>;

const BEFORE = [
  '{"task":"regression","input":[2],"layers":"dense-8-tanh,dense-1-none"}',
  '{"task":"classification","input":[28,28,1],"layers":"conv-20-k5-same,maxpool-2,conv-50-k5,avgpool-2,batchnorm,dropout-0.5,flatten,dense-500,dense-10-none"}',
  '{"task":"classification","input":[28,28,1],"layers":"flatten,dense-300,dense-100,dense-10-none"}',
];

function readHeader(stream: Stream): string {
  const model = mixedModel();
  const text = (given: string | null): string => {
    let [x, y, z] = [0, 0, 0];
    let read = '';
    for (;;) {
      const known = given === null ? 0 : (given.charCodeAt(read.length) || 0) + 128;
      let node = 1;
      for (let place = 0; place < 7; place++) {
        const next = (p: number) =>
          given === null ? stream.coded(p) : floor(known / 2 ** (6 - place)) % 2;
        node =
          2 * node +
          model(next, place, [
            128 * x + node,
            128 * ((x + 37 * y) % 1024) + node,
            128 * ((x + 37 * y + 1369 * z) % 1024) + node,
          ]);
      }
      if (node === 128) return read;
      read += String.fromCharCode(node - 128);
      [x, y, z] = [node - 128, x, y];
    }
  };
  BEFORE.forEach(text);
  return text(null);
}

interface Lattice {
  readonly rows: number;
  readonly columns: number;
  readonly width: number;
  readonly channels: number;
}
interface Head {
  readonly everywhere: boolean;
  readonly codeBits: number;
  readonly mixed: number;
  readonly plain: number;
  readonly restBits: number;
}
/** Code and rest bits of each number that is there. */
type Entries = Map<number, readonly [code: number, rest: number]>;

const NEIGHBOURS = [
  [1, 0],
  [0, 1],
  [1, 1],
  [-1, 1],
  [2, 0],
  [0, 2],
] as const;

function readTable(stream: Stream, lattice: Lattice, head: Head): Entries {
  const { rows, columns, width, channels } = lattice;
  const { everywhere, codeBits, mixed, plain, restBits } = head;
  const entries: Entries = new Map();
  const [presence, top, below] = [mixedModel(), mixedModel(), slots()];
  for (let row = 0; row < rows; row++) {
    const x = floor(row / channels) % width;
    for (let column = 0; column < columns; column++) {
      const neighbours = NEIGHBOURS.map(([left, up]) => {
        const beside = row - (left + up * width) * channels;
        const isInside = x - left >= 0 && x - left < width && beside >= 0;
        return isInside ? entries.get(beside * columns + column) : undefined;
      });
      if (!everywhere) {
        const pattern = neighbours.reduce((sum, n, i) => sum + (n === undefined ? 0 : 2 ** i), 0);
        if (presence(stream.coded, 0, [column, pattern, row]) === 0) continue;
      }
      const leans = neighbours.map((n) => (n === undefined ? 0 : 2 * n[0] - (2 ** codeBits - 1)));
      const S = leans.reduce((a, b) => a + b, 0) + leans[0]! + leans[1]!;
      let L = 0;
      if (S !== 0) {
        const binary = Math.abs(S).toString(2);
        L = 1 + 2 * (binary.length - 1) + Number(binary[1] ?? 0) + (S < 0 ? 40 : 0);
      }
      let node = 1;
      const modelled = codeBits - plain;
      for (let place = 0; place < modelled; place++) {
        const bit =
          place < mixed
            ? top(stream.coded, place, [node, 81 * node + L, columns * node + column])
            : stream.simple(below, node);
        node = 2 * node + bit;
      }
      const code = (node - 2 ** modelled) * 2 ** plain + stream.raw(plain);
      entries.set(row * columns + column, [code, stream.raw(restBits)]);
    }
  }
  return entries;
}

function readScale(stream: Stream) {
  const [m, n, z] = [stream.raw(9), stream.raw(4), stream.raw(5)];
  const place = (numbers: Float32Array, entries: Entries) => {
    const words = new Uint32Array(numbers.buffer);
    for (const [at, [c, rest]] of entries) {
      const isNegative = c < 2 ** n;
      const e = isNegative ? c : 2 ** (n + 1) - 1 - c;
      words[at] = (isNegative ? 2 ** 31 : 0) + (m - e) * 2 ** 22 + rest * 2 ** z;
    }
  };
  return { codeBits: n + 1, restBits: 22 - z, mixed: 1, place };
}

function readFloats(stream: Stream, count: number): Float32Array {
  const scale = readScale(stream);
  const list = { rows: count, columns: 1, width: 1, channels: count };
  const numbers = new Float32Array(count);
  scale.place(numbers, readTable(stream, list, { ...scale, everywhere: true, plain: 0 }));
  return numbers;
}

const SCHEMES = ['symmetric', 'affine', 'ternary', 'binary', 'codebook', 'power2'] as const;

function readQuantizer(stream: Stream, shape: readonly number[]) {
  const scheme = SCHEMES[stream.number('scheme') - 1];
  if (scheme === undefined) return null;
  const bits = stream.number('bits') + 1;
  const granularity = stream.number('granularity');
  const group = granularity === 2 ? stream.number('group') + 1 : undefined;
  const hasZeroPoints = scheme !== 'codebook' && stream.number('has zero points') === 1;
  const channels = shape.at(-1)!;
  const inputs = shape.reduce((a, b) => a * b, 1) / channels;
  const grids = [1, channels, channels * Math.ceil(inputs / (group ?? 1))][granularity]!;
  const isBook = scheme === 'codebook';
  const levels = isBook ? readFloats(stream, grids * 2 ** bits) : new Float32Array();
  const scales = isBook ? new Float32Array() : readFloats(stream, grids);
  const zeroPoints = new Int32Array(isBook ? 0 : grids);
  if (hasZeroPoints) {
    for (let i = 0; i < grids; i++) {
      const k = stream.number('zero point');
      zeroPoints[i] = k % 2 === 0 ? k / 2 : -(k + 1) / 2;
    }
  }
  const gridOf = (index: number) => {
    if (granularity === 0) return 0;
    if (granularity === 1) return index % channels;
    return floor(floor(index / channels) / group!) * channels + (index % channels);
  };
  const half = 2 ** (bits - 1) - 1;
  const valueOf = (c: number, grid: number): number => {
    const linear = (q: number) => Math.fround((q - zeroPoints[grid]!) * scales[grid]!);
    switch (scheme) {
      case 'symmetric':
        return linear(c - half);
      case 'affine':
        return linear(c);
      case 'ternary':
        return linear(c - 1);
      case 'binary':
        return linear(2 * c - 1);
      case 'codebook':
        return levels[grid * 2 ** bits + c]!;
      case 'power2': {
        const q = c - half;
        return q === 0 ? 0 : Math.sign(q) * scales[grid]! * 2 ** (Math.abs(q) - half);
      }
    }
  };
  const codeBits = {
    symmetric: bits,
    power2: bits,
    affine: bits,
    codebook: bits,
    ternary: 2,
    binary: 1,
  }[scheme];
  const place = (numbers: Float32Array, entries: Entries) => {
    for (const [at, [c]] of entries) numbers[at] = valueOf(c, gridOf(at));
  };
  const quantizer = {
    ...{ scheme, bits, scales, zeroPoints },
    ...(group !== undefined && { group }),
    ...(isBook && { levels }),
  };
  return { quantizer, code: { codeBits, restBits: 0, mixed: 3, place } };
}

/** The network in the file; which layers and shapes the header means is taken from `shapes`. */
function readFile(file: Uint8Array, { architecture, parameters: shapes }: PackedNetwork) {
  const stream = readStream(file.subarray(9));
  const header = readHeader(stream);
  const tensors = new Map<string, { bits: number[]; mask?: number[]; quantizer?: unknown }>();
  for (const [name, { role, shape }] of Object.entries(shapes)) {
    const columns = role === 'kernel' ? shape.at(-1)! : 1;
    const rows = shape.reduce((a, b) => a * b, 1) / columns;
    let [width, channels] = [1, rows];
    if (role === 'kernel' && shape.length === 4) [width, channels] = [shape[1]!, shape[2]!];
    if (role === 'kernel' && shape.length === 2) {
      let at = architecture.layers.findIndex((layer) => `${layer.name}.kernel` === name);
      while (/flatten|batchnorm|dropout/.test(architecture.layers[at - 1]?.type ?? '')) at -= 1;
      const picture = architecture.layers[at]!.input;
      if (picture.length === 3) [width, channels] = [picture[1]!, picture[2]!];
    }
    const presence = stream.number('presence');
    const quantized = readQuantizer(stream, shape);
    const isCoded = quantized !== null && stream.number('is coded') === 1;
    const code = isCoded ? quantized.code : readScale(stream);
    const plain = stream.number('plain bits');
    const mixed = Math.min(code.mixed, code.codeBits - plain);
    const head = { ...code, mixed, plain, everywhere: presence === 0 };
    const entries = readTable(stream, { rows, columns, width, channels }, head);
    const numbers = new Float32Array(rows * columns);
    code.place(numbers, entries);
    tensors.set(name, {
      bits: [...new Uint32Array(numbers.buffer)],
      ...(presence === 2 && { mask: Array.from(numbers, (_, i) => (entries.has(i) ? 1 : 0)) }),
      ...(quantized && { quantizer: quantized.quantizer }),
    });
  }
  return { header, tensors, isOver: stream.isOver() };
}

function tensorsOf({ parameters, masks, quantizers }: PackedNetwork) {
  return new Map(
    Object.entries(parameters).map(([name, { values }]) => {
      const mask = masks[name];
      const quantizer = quantizers[name];
      return [
        name,
        {
          bits: [...new Uint32Array(values.slice().buffer)],
          ...(mask && { mask: [...mask] }),
          ...(quantizer && { quantizer }),
        },
      ];
    }),
  );
}

function expectRead(given: PackedNetwork): string {
  const { header, tensors, isOver } = readFile(encodeWhittle(given), given);
  expect(tensors).toEqual(tensorsOf(given));
  expect(isOver).toBe(true);
  return header;
}

describe('the description of the format is enough to read', () => {
  test('networks of every kind, bit for bit', () => {
    fc.assert(
      fc.property(network, (checkpoint) => {
        expectRead(checkpoint);
      }),
      { numRuns: 200 },
    );
  });

  test('the header', () => {
    expect(expectRead(small)).toBe(
      '{"task":"classification","input":[2],"layers":"dense-4,dense-3,dense-2-none"}',
    );
  });

  test('pictures: rows above and beside a pixel, in a network pruned and on a codebook', () => {
    const start = initialCheckpoint({
      dataset: 'mnist',
      model: 'net:conv-3-k5,maxpool-4,dense-20',
      seed: 3,
    });
    const pruned = prune(start, { ...pruneOptions, sparsity: 0.7 });
    expectRead(pruned);
    expectRead(
      quantize(pruned, { ...quantizeDefaults, bits: 4, scheme: 'codebook', granularity: 'tensor' }),
    );
    expectRead(quantize(start, { ...quantizeDefaults, bits: 13 }));
  });
});

describe('version 2', () => {
  // Files live for ever: these bytes must read the same in every version to come.
  const FILE = '5748544c02fee5033a75e5b0020fac9a29c0fb2a50feee5b003b140301b1c003';

  test('is read as it was when it was written', () => {
    const { architecture, parameters, masks, quantizers } = decodeWhittle(
      Uint8Array.from(Buffer.from(FILE, 'hex')),
    );
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
});
