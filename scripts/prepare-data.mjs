#!/usr/bin/env node
// @ts-check
/**
 * Packs the data sets that come as npm packages into the files that the page streams:
 * `public/data/<id>/manifest.json`, and for the image sets shards of about 1 MB beside it.
 * docs/data.md says where the data come from and why they are split as they are.
 *
 *     node scripts/prepare-data.mjs [--force]
 */
import { existsSync, realpathSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LAYOUT, SOURCES, sha256 } from './data-sources.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Raised whenever the same sources give other files, so that old ones are made anew. */
const VERSION = 1;

/** @typedef {import('./data-sources.mjs').Source} Source */
/** @typedef {import('./data-sources.mjs').Shard} Shard */

/**
 * Makes what is missing or out of date under `output`; where nothing is, it takes milliseconds.
 * Safe to call from several processes at once: a folder appears whole or not at all.
 *
 * @param {object} [options]
 * @param {string} [options.output] Folder that gets `<id>/manifest.json`; default `public/data`.
 *   On the same file system as the project: sets are made in `.cache` and moved.
 * @param {string} [options.packages] Folder that holds the packages; default: where Node finds them.
 * @param {readonly string[]} [options.sets] Ids to make; default all.
 * @param {boolean} [options.force] Make them even where they are up to date.
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<{ prepared: string[], upToDate: string[] }>}
 * @throws where a package is missing or holds other data than Whittle was written for
 */
export async function prepareData(options = {}) {
  const {
    output = join(ROOT, 'public/data'),
    packages,
    force = false,
    log = console.log,
  } = options;
  /** @type {{ prepared: string[], upToDate: string[] }} */
  const done = { prepared: [], upToDate: [] };
  for (const id of options.sets ?? Object.keys(SOURCES)) {
    const source = SOURCES[id];
    if (source === undefined) {
      throw new Error(`No data set "${id}": there are ${Object.keys(SOURCES).join(', ')}.`);
    }
    const target = join(output, id);
    if (!force && (await isUpToDate(target, source, id))) {
      done.upToDate.push(id);
      continue;
    }
    const started = performance.now();
    await prepareSet(id, source, target, packages, force);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    log(`data: ${id} packed into ${relative(process.cwd(), target)} in ${seconds} s`);
    done.prepared.push(id);
  }
  if (done.upToDate.length > 0) log(`data: ${done.upToDate.join(', ')} up to date`);
  return done;
}

/**
 * @param {string} id
 * @param {Source} source
 * @param {string} target
 * @param {string | undefined} packages
 * @param {boolean} force
 */
async function prepareSet(id, source, target, packages, force) {
  const home =
    packages === undefined ? findPackage(source.package) : join(packages, source.package);
  // Made elsewhere first: a build or a server that reads public/data never meets half a set.
  const cache = join(ROOT, '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, `data-${id}-`));
  try {
    const content = await source.pack((file) => readChecked(home, source, file), folder, id);
    const manifest = { ...identity(id, source), ...content };
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    // A temporary folder is its owner's alone; a server may run as somebody else.
    await chmod(folder, 0o755);
    await mkdir(dirname(target), { recursive: true });
    // Another process may have made the same meanwhile; then somebody may be reading it.
    if (force || !(await isUpToDate(target, source, id))) await moveInto(folder, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * What a folder must have been made from to be up to date.
 *
 * @param {string} id
 * @param {Source} source
 */
function identity(id, source) {
  return { version: VERSION, id, sources: source.checksums, layout: LAYOUT[id] ?? null };
}

/**
 * @param {string} target
 * @param {Source} source
 * @param {string} id
 */
async function isUpToDate(target, source, id) {
  try {
    const manifest = JSON.parse(await readFile(join(target, 'manifest.json'), 'utf8'));
    const expected = identity(id, source);
    const { version, sources, layout } = manifest;
    const made = { version, id: manifest.id, sources, layout };
    if (JSON.stringify(made) !== JSON.stringify(expected)) return false;
    /** @type {Shard[]} */
    const shards = [...(manifest.train ?? []), ...(manifest.test ?? [])];
    const sizes = await Promise.all(shards.map(({ file }) => stat(join(target, file))));
    return sizes.every(({ size }, i) => size === shards[i]?.bytes);
  } catch {
    return false;
  }
}

/**
 * Puts `folder` in the place of `target`; another process may do the same at the same time. What
 * is there is moved aside rather than emptied, so that nobody meets half of it.
 *
 * @param {string} folder
 * @param {string} target
 */
async function moveInto(folder, target) {
  const aside = `${folder}-old`;
  for (let tries = 1; ; tries++) {
    try {
      await rename(folder, target);
      break;
    } catch (error) {
      // Whoever was faster came to an end, so this does too.
      if (tries === 50 || !isCode(error, ['ENOTEMPTY', 'EEXIST', 'EPERM'])) throw error;
    }
    try {
      await rename(target, aside);
      await rm(aside, { recursive: true });
    } catch (error) {
      if (!isCode(error, ['ENOENT'])) throw error;
    }
  }
}

/**
 * @param {unknown} error
 * @param {readonly string[]} codes
 */
function isCode(error, codes) {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/** @param {string} name */
function findPackage(name) {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  } catch {
    throw new Error(`The package ${name} is not installed. Run \`npm install\`, then try again.`);
  }
}

/**
 * @param {string} home
 * @param {Source} source
 * @param {string} file
 */
async function readChecked(home, source, file) {
  const path = join(home, file);
  if (!existsSync(path)) {
    throw new Error(`${path} is missing. Run \`npm install\`, then try again.`);
  }
  const bytes = await readFile(path);
  const found = sha256(bytes);
  const expected = source.checksums[file];
  if (found !== expected) {
    throw new Error(
      `${path} is not the file that Whittle was written for: its SHA-256 is ${found}, expected ` +
        `${expected}. Delete ${home} and run \`npm ci\` to get the version in package-lock.json. ` +
        `If the package was upgraded on purpose, look at what changed in its data, then write the ` +
        `new checksum into scripts/prepare-data.mjs and docs/data.md.`,
    );
  }
  return bytes;
}

const script = process.argv[1];
if (script !== undefined && realpathSync(script) === fileURLToPath(import.meta.url)) {
  try {
    await prepareData({ force: process.argv.includes('--force') });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
