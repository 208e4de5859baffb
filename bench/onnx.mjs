#!/usr/bin/env node
// @ts-check
/**
 * How long ONNX files are in each format, how near they come to the networks that they are made of, and how long
 * ONNX Runtime takes for one picture, on one thread: networks trained on MNIST by the page's own engine, in Node.
 * Takes half a minute.
 *
 *     npm run bench:onnx
 */
import { openModules } from './modules.mjs';

/** @typedef {import('./onnx/compare')} Compare */

const server = await openModules();
const { compareFiles } = /** @type {Compare} */ (
  await server.ssrLoadModule('/bench/onnx/compare.ts')
);
console.log('| network | format | bytes | same class | logits apart | one picture, µs |');
console.log(`|---|---|${'---:|'.repeat(4)}`);
for await (const { network, format, bytes, sameClass, apart, latencyMs } of compareFiles()) {
  const counts = [bytes, sameClass].map((count) => count.toLocaleString('en'));
  const cells = [...counts, apart.toPrecision(1), (1000 * latencyMs).toFixed(0)];
  console.log(`| ${network} | \`${format}\` | ${cells.join(' | ')} |`);
}
await server.close();
