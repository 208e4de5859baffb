#!/usr/bin/env node
// @ts-check
/**
 * Weighs the built page, compressed: what the first paint needs, all of the page's code, and the
 * worker's on its largest way (one backend at a time). Fails where a limit is passed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { ROOT } from './setup.mjs';

/** Kilobytes of 1,000 bytes, compressed with gzip. */
const LIMITS = { 'first paint': 130, 'all of the page': 560, worker: 440 };
const BACKENDS = ['cpu', 'wasm', 'webgl', 'webgpu'];

const dist = `${ROOT}dist/`;
const html = readFileSync(`${dist}index.html`, 'utf8');
const files = readdirSync(`${dist}assets`).filter((file) => /\.(js|css)$/.test(file));
const source = new Map(files.map((file) => [file, readFileSync(`${dist}assets/${file}`, 'utf8')]));
const weight = (/** @type {string} */ text) => gzipSync(text, { level: 9 }).length;
const total = (/** @type {Iterable<string>} */ names) =>
  [...names].reduce((sum, name) => sum + weight(source.get(name) ?? ''), 0);

/**
 * The files that `names` lead to by static and dynamic imports, they themselves included.
 *
 * @param {readonly string[]} names
 * @param {(name: string) => boolean} [follow]
 * @returns {Set<string>}
 */
function reachable(names, follow = () => true) {
  const seen = new Set(names);
  for (const name of seen) {
    for (const other of files) {
      if (follow(other) && source.get(name)?.includes(other)) seen.add(other);
    }
  }
  return seen;
}

const first = files.filter((file) => html.includes(file));
const workers = files.filter((file) => /^main-/.test(file));
const isWorkers = (/** @type {string} */ name) => workers.includes(name);
const backendOf = (/** @type {string} */ name) =>
  BACKENDS.find((id) => new RegExp(`^${id}-[\\w-]{8}\\.js$`).test(name));
const byBackend = BACKENDS.map((id) =>
  total(reachable(workers, (name) => [undefined, id].includes(backendOf(name)))),
);
const weights = {
  'first paint': weight(html) + total(first),
  'all of the page': weight(html) + total(reachable(first, (name) => !isWorkers(name))),
  worker: Math.max(...byBackend),
};
for (const [name, bytes] of Object.entries(weights)) {
  const limit = LIMITS[/** @type {keyof typeof LIMITS} */ (name)];
  const verdict = bytes <= limit * 1_000 ? 'within' : 'OVER';
  console.log(`${name}: ${(bytes / 1_000).toFixed(0)} KB, ${verdict} ${limit} KB`);
  if (verdict === 'OVER') process.exitCode = 1;
}
