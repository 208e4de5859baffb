import { openDataset } from '../../data/open';
import { createUpdaters } from '../../engine/engine';
import { nodeEngine } from '../../engine/testing/engines';
import type { Engine } from '../../engine/trainer';
import type { BackendId, Experiment } from '../../experiment/experiment';
import { WhittleError } from '../../experiment/problem';
import type { Step, TechniqueId } from '../../experiment/step';
import { techniqueSpecs } from '../../techniques/registry';
import { createClient, type Client, type WorkerLine } from '../client';
import type { FromWorker, RunStatus, ToWorker, WorkerEvent } from '../protocol';
import { runJob } from '../clock/run-job';
import type { Clock } from '../clock/clock';
import type { ClockPorts } from '../clock/time-files';
import { readTable } from '../intake/read-table';
import { readOwnFile } from '../pictures/own-file';
import { serve } from '../serve';
import { createSession, type SessionPorts } from '../session';
import { memoryStore } from '../store';

/** A step with its technique's defaults but for `options`. */
export function step(technique: TechniqueId, options: object = {}): Step {
  // Read by the technique's own schema; TypeScript cannot follow that the two belong together.
  return { technique, ...techniqueSpecs[technique].options.parse(options) } as Step;
}

/** 25 iterations an epoch on points in the plane: a whole recipe takes a fraction of a second. */
export const small: Experiment = {
  dataset: 'circles',
  model: 'mlp:8',
  seed: 7,
  recipe: [
    step('train', { epochs: 2, batch: 16, lr: 0.01 }),
    step('prune', { sparsity: 0.5 }),
    step('train', { epochs: 1, batch: 16, lr: 0.003 }),
    step('quantize', { bits: 4 }),
  ],
};

/** An engine that computes on plain CPU under any backend's name. */
export async function engineNamed(backend: BackendId): Promise<Engine> {
  return { ...(await nodeEngine('cpu')), backend };
}

export function missing(backend: BackendId): WhittleError {
  const params = { backend, detail: 'none here' };
  return new WhittleError({ code: 'backendMissing', params, message: `There is no ${backend}.` });
}

export interface TestWorker {
  readonly client: Client;
  readonly events: readonly WorkerEvent[];
  /** Resolves with the next event that `matches`, from now on. */
  next(matches: (event: WorkerEvent) => boolean): Promise<WorkerEvent>;
  run(experiment?: Experiment, options?: RunOptions): ReturnType<typeof runOf>;
}

export interface RunOptions {
  readonly single?: boolean;
  readonly resume?: boolean;
  readonly backend?: BackendId | 'auto';
}

function runOf(client: Client, experiment: Experiment, options: RunOptions) {
  const { single = false, resume = false, backend = 'cpu' } = options;
  return client.request('run', { experiment, backend, link: 'link', single, resume });
}

/**
 * The real client and the real session, joined by a line that clones every message and delivers it in a
 * task of its own, as a browser does.
 */
export function openWorker(ports: Partial<SessionPorts> = {}): TestWorker {
  const events: WorkerEvent[] = [];
  const client = createClient({ baseUrl: 'http://localhost/', createWorker: () => line(ports) });
  client.on((event) => events.push(event));
  return {
    client,
    events,
    next: (matches) =>
      new Promise((resolve) => {
        const stop = client.on((event) => {
          if (!matches(event)) return;
          stop();
          resolve(event);
        });
      }),
    run: (experiment = small, options = {}) => runOf(client, experiment, options),
  };
}

/** A matcher for the change to a status. */
export function isStatus(status: RunStatus) {
  return (event: WorkerEvent) => event.event === 'status' && event.status === status;
}

function line(ports: Partial<SessionPorts>): WorkerLine {
  const inbox: ((event: { readonly data: ToWorker }) => void)[] = [];
  const worker: WorkerLine = {
    postMessage: (message: ToWorker) => {
      const data = structuredClone(message);
      setImmediate(() => {
        for (const listener of inbox) listener({ data });
      });
    },
    terminate: () => undefined,
    onmessage: null,
    onerror: null,
    onmessageerror: null,
  };
  const reply = (message: unknown) => {
    const data = structuredClone(message) as FromWorker;
    setImmediate(() => worker.onmessage?.call(worker as Worker, { data } as MessageEvent));
  };
  serve(
    { addEventListener: (_type, listener) => inbox.push(listener), postMessage: reply },
    (baseUrl) =>
      createSession({
        createEngine: engineNamed,
        createUpdaters: () => createUpdaters({ wasmBase: '' }),
        openDataset: (ref, seed, own) => openDataset(ref, seed, baseUrl, own),
        probe: null,
        clock: nodeClock,
        intakes: {
          tables: readTable,
          pictures: (job) =>
            job.kind === 'saved'
              ? readOwnFile(job.file)
              : Promise.reject(new Error('Node decodes no pictures.')),
        },
        bundled: () => Promise.resolve(null),
        store: memoryStore(),
        emit: reply,
        userAgent: 'a test',
        crossOriginIsolated: false,
        ...ports,
      }),
  );
  return worker;
}

/** Times files in this very thread, on ONNX Runtime for Node. */
const clockInNode: Clock = async (job) => {
  const ort = await import('onnxruntime-node');
  return runJob(
    { ...job, ortBase: '' },
    { Tensor: ort.Tensor, open: (model) => ort.InferenceSession.create(model) },
  );
};

export const nodeClock: ClockPorts = {
  clock: clockInNode,
  threads: 1,
  hasWebgpu: () => Promise.resolve(false),
};
