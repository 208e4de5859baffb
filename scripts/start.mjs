#!/usr/bin/env node
// @ts-check
/**
 * Installs what is missing, prepares the data, builds the page and serves it, cross-origin isolated.
 *
 *     npm start [-- --port 4173] [--open]
 */
import { parseArgs } from 'node:util';
import { ensurePackages, ROOT } from './setup.mjs';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '4173' }, open: { type: 'boolean', default: false } },
});

ensurePackages();
const { build, preview } = await import('vite');
await build({ root: ROOT, logLevel: 'warn' });
const server = await preview({
  root: ROOT,
  // The next free port where that one is taken.
  preview: { port: Number(values.port), open: values.open },
});
console.log(`\nWhittle runs at ${server.resolvedUrls?.local[0] ?? ''}\nCtrl+C stops it.`);
