import type { BackendId } from '../../experiment/experiment';
import { createEngine } from '../engine';
import type { Engine } from '../trainer';

/** The backends that run in Node. */
export const NODE_BACKENDS = ['cpu', 'wasm'] as const satisfies readonly BackendId[];

/** An engine in Node, with the WASM files where npm put them. */
export function nodeEngine(id: (typeof NODE_BACKENDS)[number]): Promise<Engine> {
  return createEngine(id, { wasmBase: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/' });
}
