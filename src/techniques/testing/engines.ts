import { createEngine } from '../../engine/engine';
import { nodeEngine } from '../../engine/testing/engines';
import type { Engine } from '../../engine/trainer';

/** What there is in Node: TensorFlow.js on CPU and on WASM, and the compiled plan. */
export async function everyEngine(): Promise<readonly Engine[]> {
  return [
    await nodeEngine('cpu'),
    await nodeEngine('wasm'),
    await createEngine('wasm', { wasmBase: '', threads: 1 }),
  ];
}
