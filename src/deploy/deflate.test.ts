import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { inflateSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { crc32 } from './crc32';
import { deflate, deflatedBits } from './deflate';
import { canonicalCodes, codeLengths } from './huffman';

/** Bytes of all kinds: any, of few values, of one value, in falling frequency. */
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc.uint8Array({ max: 3, maxLength: 2_000 }),
  fc.tuple(fc.nat(255), fc.nat(3_000)).map(([byte, n]) => new Uint8Array(n).fill(byte)),
  fc.array(fc.nat(1e6), { maxLength: 2_000 }).map((all) => Uint8Array.from(all, Math.clz32)),
);

const concat = (sections: readonly Uint8Array[]) =>
  Uint8Array.from(sections.flatMap((s) => [...s]));

describe('DEFLATE of sections', () => {
  test('is read back by zlib and by fflate as the sections in a row', () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 6 }), (sections) => {
        const packed = deflate(sections);
        const plain = concat(sections);
        expect(new Uint8Array(inflateRawSync(packed))).toEqual(plain);
        expect(inflateSync(packed, { out: new Uint8Array(plain.length) })).toEqual(plain);
      }),
    );
  });

  test('of noise longer than a stored block is longer by its headers alone', () => {
    const noise = Uint8Array.from({ length: 200_000 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 13);
    const packed = deflate([noise]);
    expect(new Uint8Array(inflateRawSync(packed))).toEqual(noise);
    expect(packed.length).toBeLessThanOrEqual(noise.length + 4 * 6);
  });

  test('comes within two percent of the entropy of five-bit codes', () => {
    // Codes 0 … 30, binomially distributed: fifteen and fifteen coin tosses from a linear generator.
    let state = 1;
    const toss = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 31;
    const code = () => Array.from({ length: 30 }, toss).reduce((a, b) => a + b, 0);
    const codes = Uint8Array.from({ length: 60_000 }, code);
    const counts = new Map<number, number>();
    for (const each of codes) counts.set(each, (counts.get(each) ?? 0) + 1);
    const entropyBits = [...counts.values()].reduce(
      (sum, count) => sum - count * Math.log2(count / codes.length),
      0,
    );
    // A prefix code spends at most a few hundredths of a bit more on each symbol than the entropy.
    expect(8 * deflate([codes]).length).toBeLessThan(1.02 * entropyBits);
    expect(8 * deflate([codes]).length).toBeGreaterThan(entropyBits);
  });

  test('takes as many bits as foretold', () => {
    fc.assert(
      fc.property(bytes, (section) => {
        const bits = 8 * deflate([section]).length;
        const foretold = deflatedBits(section);
        if (section.length > 0) {
          expect(bits).toBeGreaterThanOrEqual(foretold - 7);
          expect(bits).toBeLessThanOrEqual(foretold + 7);
        }
      }),
    );
  });
});

describe('a Huffman code', () => {
  const frequencies = fc.array(fc.nat(10_000), { minLength: 1, maxLength: 286 });

  test('is complete and within its limit', () => {
    fc.assert(
      fc.property(frequencies, fc.constantFrom(9, 15), (weights, limit) => {
        const lengths = codeLengths(weights, limit);
        const used = [...lengths].filter((length) => length > 0);
        expect(used.length).toBe(weights.filter((weight) => weight > 0).length);
        if (used.length > 1) {
          expect(used.reduce((sum, length) => sum + 2 ** -length, 0)).toBe(1);
          expect(Math.max(...used)).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });

  test('of 5, 9, 12, 13, 16, 45 costs 224, the textbook example', () => {
    const weights = [5, 9, 12, 13, 16, 45];
    const lengths = codeLengths(weights, 15);
    expect([...lengths]).toEqual([4, 4, 3, 3, 3, 1]);
    expect(weights.reduce((sum, weight, i) => sum + weight * (lengths[i] ?? 0), 0)).toBe(224);
  });

  test('stays within fifteen bits where frequencies grow like Fibonacci’s', () => {
    const fibonacci = [1, 1];
    while (fibonacci.length < 40) {
      fibonacci.push((fibonacci.at(-1) ?? 0) + (fibonacci.at(-2) ?? 0));
    }
    expect(Math.max(...codeLengths(fibonacci, 15))).toBe(15);
  });

  test('of the lengths 3 3 3 3 3 2 4 4 is the one of RFC 1951', () => {
    const lengths = Uint8Array.from([3, 3, 3, 3, 3, 2, 4, 4]);
    const written = Array.from(canonicalCodes(lengths), (code, symbol) =>
      [...code.toString(2).padStart(lengths[symbol] ?? 0, '0')].reverse().join(''),
    );
    expect(written).toEqual(['010', '011', '100', '101', '110', '00', '1110', '1111']);
  });
});

test('the CRC-32 of 123456789 is cbf43926', () => {
  expect(crc32(new TextEncoder().encode('123456789')).toString(16)).toBe('cbf43926');
});
