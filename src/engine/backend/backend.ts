import {
  backend as currentBackend,
  dispose,
  enableProdMode,
  findBackendFactory,
  getBackend,
  registerBackend,
  removeBackend,
  setBackend,
  type KernelBackend,
  type Tensor,
} from '@tensorflow/tfjs-core';
import type { BackendId } from '../../experiment/experiment';
import { lostError, missingError } from './errors';

export interface BackendOptions {
  /** Address of the folder that holds the WASM files, with the slash at its end. */
  readonly wasmBase: string;
  /** Threads of the WASM backend at most; as many as it thinks good where absent. */
  readonly threads?: number;
  /** `false`: TensorFlow.js on WASM and WebGPU too, where a compiled plan could run, to compare them. */
  readonly plan?: boolean;
}

/** What a backend tells once it is up. */
export interface Started {
  readonly threads: number;
  readonly adapter?: string;
  /** Resolves with a reason when the device or context is lost; never for WASM and CPU. */
  readonly lost: Promise<string>;
}

/**
 * A backend that is up. TensorFlow.js has one current backend for the whole thread and several engines
 * may live there (the tests compare them), so every synchronous piece of work goes through `run`.
 */
export interface RunningBackend extends Started {
  readonly id: BackendId;
  /** Makes the backend current and does the work. @throws WhittleError `backendLost` once it is lost. */
  run<Result>(work: () => Result): Result;
  /** Waits for values that are on their way back; rejects with `backendLost` where the device goes first. */
  read<Result>(values: () => Promise<Result>): Promise<Result>;
  /** Frees tensors; nothing is left to free once the backend is lost. */
  free(tensors: readonly Tensor[]): void;
  tensorCount(): number;
}

type BackendFactory = ReturnType<typeof findBackendFactory>;

/** TensorFlow.js holds one backend of a kind, which all its engines share. */
const up = new Map<BackendId, Promise<RunningBackend>>();

/**
 * Starts a backend, whose code arrives only now.
 * @throws WhittleError `backendMissing` where this browser or machine has none of the kind.
 */
export async function startBackend(
  id: BackendId,
  options: BackendOptions,
): Promise<RunningBackend> {
  const starting = up.get(id) ?? start(id, options);
  up.set(id, starting);
  try {
    return await starting;
  } catch (error) {
    up.delete(id);
    throw error;
  }
}

async function start(id: BackendId, options: BackendOptions): Promise<RunningBackend> {
  // Without the checks and hints for developers.
  enableProdMode();
  let started: Started;
  try {
    started = await (await load(id))(options);
  } catch (error) {
    throw missingError(id, error instanceof Error ? error.message : String(error));
  }
  const now = running(id, started);
  void now.lost.then(() => {
    forget(id);
  });
  return now;
}

/** Lets the next engine of the kind start on a new device or context. */
function forget(id: BackendId): void {
  up.delete(id);
  const factory = factories.get(id);
  try {
    removeBackend(id);
  } catch {
    // What is lost may refuse to be freed.
  }
  if (factory !== undefined) registerBackend(id, factory);
}

async function load(id: BackendId): Promise<(options: BackendOptions) => Promise<Started>> {
  switch (id) {
    case 'webgpu':
      return (await import('./webgpu')).startWebgpu;
    case 'webgl':
      return (await import('./webgl')).startWebgl;
    case 'wasm':
      return (await import('./wasm')).startWasm;
    case 'cpu':
      return (await import('./cpu')).startCpu;
  }
}

function running(id: BackendId, started: Started): RunningBackend {
  let reason: string | null = null;
  const gone = (why: string) => lostError(id, why);
  // A list, since a promise that is never settled would keep all who ever raced against it.
  const waiting = new Set<(error: unknown) => void>();
  const lost = started.lost.then((why) => {
    reason = why;
    for (const reject of waiting) reject(gone(why));
    return why;
  });
  const run = <Result>(work: () => Result): Result => {
    if (reason !== null) throw gone(reason);
    // Instantaneous for a backend that is up, though it answers with a promise.
    if (getBackend() !== id) void setBackend(id);
    return work();
  };
  const unlessLost = <Result>(values: () => Promise<Result>) =>
    new Promise<Result>((resolve, reject) => {
      const arriving = run(values);
      waiting.add(reject);
      void arriving.then(resolve, reject).finally(() => waiting.delete(reject));
    });
  return {
    ...started,
    id,
    lost,
    run,
    read: async (values) => {
      try {
        return await unlessLost(values);
      } catch (error) {
        // What a dying device lets fail, it lets fail with an `AbortError`, and tells the loss after that.
        const why = await Promise.race([lost, afterwards(LOSS_TOLD_MS)]);
        throw why === null ? error : gone(why);
      }
    },
    free: (tensors) => {
      if (reason === null) dispose([...tensors]);
    },
    tensorCount: () => run(() => currentBackend().numDataIds()),
  };
}

/** A read that failed waits so long for news of the device. */
const LOSS_TOLD_MS = 500;

function afterwards(ms: number): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms, null);
  });
}

/** How each kind's backends are made, as its package registered it. */
const factories = new Map<BackendId, BackendFactory>();

/**
 * Starts a registered backend and makes it current. TensorFlow.js lets nothing be computed on any
 * backend while it waits for one, so the waiting is done here and it is handed what is up already.
 * @throws Error where it does not come up
 */
export async function bringUp(id: BackendId): Promise<KernelBackend> {
  const factory = findBackendFactory(id);
  const started = await factory();
  factories.set(id, factory);
  removeBackend(id);
  registerBackend(id, () => started);
  if (!(await setBackend(id))) throw new Error(`TensorFlow.js could not start "${id}"`);
  return started;
}

/** For backends that are never lost. */
export const NEVER = new Promise<string>(() => undefined);
