#!/usr/bin/env node
// @ts-check
/**
 * Installs what is missing, runs every check and every test, and ends with `N passed, N failed`. A
 * check without tests of its own (types, lint, format, size) counts as one.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensurePackages, ROOT } from './setup.mjs';

ensurePackages();
const { ensureBrowser } = await import('./browser.mjs');
const browser = await ensureBrowser();

const RESULTS = `${ROOT}.cache/results/`;
rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });

/** @typedef {{ name: string, passed: number, failed: number, seconds: number }} Outcome */

/**
 * Runs a package's program; its output appears when it ends, so that two at once do not mix.
 *
 * @param {string} name
 * @param {string[]} command A program of a package, or a script, with its arguments.
 * @param {(ok: boolean) => { passed: number, failed: number }} [count]
 * @returns {Promise<Outcome>}
 */
async function stage(name, command, count = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 })) {
  const started = performance.now();
  const child = spawn('npx', ['--no-install', ...command], {
    cwd: ROOT,
    env: { ...process.env, WHITTLE_BROWSER: browser },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  const code = await new Promise((resolve) => child.on('close', resolve));
  const seconds = (performance.now() - started) / 1000;
  const counts = count(code === 0);
  // A runner that fails without a failed test (a file that does not load) has failed all the same.
  const failed = code === 0 ? counts.failed : Math.max(1, counts.failed);
  console.log(`\n— ${name}: ${failed === 0 ? 'passed' : 'FAILED'} in ${seconds.toFixed(0)} s`);
  if (output.trim() !== '') console.log(output.trimEnd());
  return { name, passed: counts.passed, failed, seconds };
}

/** @param {string} file */
function report(file) {
  try {
    return JSON.parse(readFileSync(RESULTS + file, 'utf8'));
  } catch {
    return null;
  }
}

const units = () => {
  const { numPassedTests = 0, numFailedTests = 0 } = report('vitest.json') ?? {};
  return { passed: numPassedTests, failed: numFailedTests };
};
const pages = () => {
  const { expected = 0, unexpected = 0, flaky = 0 } = report('playwright.json')?.stats ?? {};
  return { passed: expected, failed: unexpected + flaky };
};

/** @type {Outcome[]} */
const outcomes = [];
outcomes.push(
  ...(await Promise.all([
    stage('types', ['tsc', '--noEmit']),
    stage('format', ['prettier', '--check', '--log-level=warn', '.']),
    stage('lint', ['eslint', '.']),
  ])),
  // They fill all cores by themselves.
  await stage(
    'unit tests',
    [
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${RESULTS}vitest.json`,
    ],
    units,
  ),
);
const built = await stage('build', ['vite', 'build', '--logLevel', 'warn']);
outcomes.push(built);
if (built.failed === 0) {
  outcomes.push(
    await stage('size', ['node', 'scripts/size.mjs']),
    await stage('page tests', ['playwright', 'test'], pages),
  );
}

console.log('');
for (const { name, passed, failed, seconds } of outcomes) {
  console.log(`${name.padEnd(12)} ${passed} passed, ${failed} failed, ${seconds.toFixed(0)} s`);
}
const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
