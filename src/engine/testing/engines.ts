import type { BackendId } from '../../experiment/experiment';
import { createEngine } from '../engine';
import type { Engine } from '../trainer';

/** The backends that run in Node. */
export const NODE_BACKENDS = ['cpu', 'wasm'] as const satisfies readonly BackendId[];

/** An engine of TensorFlow.js in Node, with the WASM files where npm put them. */
export function nodeEngine(id: (typeof NODE_BACKENDS)[number]): Promise<Engine> {
  const wasmBase = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/';
  return createEngine(id, { wasmBase, plan: false });
}
