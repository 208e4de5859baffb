import type { BackendId } from '../experiment/experiment';
import type { BackendOptions } from './backend/backend';
import { createPlanEngine, createPlanUpdaters } from './plan/plan-engine';
import type { Engine } from './trainer';
import type { Updaters } from './updater';

/**
 * An engine on that backend: on `wasm` (where the browser has SIMD) and `webgpu` one that compiles a network
 * to a plan; else TensorFlow.js, whose code arrives only then. Engines of several backends may be used
 * in turn in one thread.
 * @throws WhittleError `backendMissing`, at `backend`, where this browser or machine has none of the kind.
 */
export async function createEngine(id: BackendId, options: BackendOptions): Promise<Engine> {
  if (id === 'wasm' && options.plan !== false) {
    const engine = await createPlanEngine(options);
    if (engine !== null) return engine;
  }
  if (id === 'webgpu' && options.plan !== false) {
    const { createGpuEngine } = await import('./webgpu/gpu-engine');
    return createGpuEngine();
  }
  const { createTfjsEngine } = await import('./tfjs-engine');
  return createTfjsEngine(id, options);
}

/**
 * The engine's optimizers without a network: those of the compiled plan, or where the browser has no SIMD, or with
 * `plan` false, those of TensorFlow.js.
 */
export async function createUpdaters(options: BackendOptions): Promise<Updaters> {
  const planned = options.plan === false ? null : await createPlanUpdaters(options);
  if (planned !== null) return planned;
  const { createTfjsUpdaters } = await import('./tfjs-updater');
  return createTfjsUpdaters(options);
}
