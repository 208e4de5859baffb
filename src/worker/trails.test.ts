import { expect, test } from 'vitest';
import { sketch } from '../engine/testing/networks';
import { checkpointOf } from '../techniques/testing/networks';
import { createTrail } from './trails';

const network = checkpointOf(sketch([2], [{ type: 'dense', units: 2 }]), 7);

async function walk(points: number) {
  const trail = createTrail(network);
  let read = 0;
  for (let i = 0; i < points; i++) {
    await trail.add(() => {
      read += 1;
      return Promise.resolve({ ...network, iteration: 10 * i });
    });
  }
  return { kept: trail.points().map(({ iteration }) => iteration), read };
}

test('a short way is kept whole', async () => {
  const { kept } = await walk(16);
  expect(kept).toEqual(Array.from({ length: 16 }, (_, i) => 10 * i));
});

test('of a longer one every second point is, then every fourth, and the others are not even read', async () => {
  expect((await walk(17)).kept).toEqual(Array.from({ length: 9 }, (_, i) => 20 * i));
  const { kept, read } = await walk(64);
  expect(kept).toEqual(Array.from({ length: 16 }, (_, i) => 40 * i));
  expect(read).toBe(16 + 8 + 8);
});

test('after a lost backend the way goes on from where it was taken up again', async () => {
  const trail = createTrail(network);
  for (const iteration of [10, 20, 30, 20, 30]) {
    await trail.add(() => Promise.resolve({ ...network, iteration }));
  }
  expect(trail.points().map(({ iteration }) => iteration)).toEqual([10, 20, 30]);
});

test('of a large network nothing is kept, nor read', async () => {
  const large = checkpointOf(sketch([1_000], [{ type: 'dense', units: 1_001 }]), 7);
  const trail = createTrail(large);
  await trail.add(() => Promise.reject(new Error('it was read')));
  expect(trail.points()).toEqual([]);
});
