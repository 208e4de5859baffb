import { expect, test } from 'vitest';
import { createCache } from './cache';

const cacheOf = (budget: number) => createCache<string>(budget, (value) => value.length);

test('the least recently used value goes first', () => {
  const cache = cacheOf(6);
  cache.set('a', 'aa');
  cache.set('b', 'bb');
  cache.set('c', 'cc');
  cache.get('a');
  cache.set('d', 'dd');
  expect(['a', 'b', 'c', 'd'].filter((key) => cache.has(key))).toEqual(['a', 'c', 'd']);
  expect(cache.bytes()).toBe(6);
});

test('looking whether a value is there does not keep it', () => {
  const cache = cacheOf(2);
  cache.set('a', 'a');
  cache.set('b', 'b');
  cache.has('a');
  cache.set('c', 'c');
  expect(cache.has('a')).toBe(false);
});

test('a value larger than the budget is kept until the next one comes', () => {
  const cache = cacheOf(2);
  cache.set('a', 'a');
  cache.set('large', 'large');
  expect(cache.get('large')).toBe('large');
  expect(cache.has('a')).toBe(false);
  cache.set('b', 'b');
  expect(cache.has('large')).toBe(false);
  expect(cache.bytes()).toBe(1);
});

test('a replaced value counts once', () => {
  const cache = cacheOf(10);
  cache.set('a', 'aaaa');
  cache.set('a', 'a');
  expect(cache.bytes()).toBe(1);
  cache.delete('a');
  expect(cache.bytes()).toBe(0);
});
