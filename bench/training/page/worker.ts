import type { Batch } from '../../../src/experiment/dataset';
import type { Contender } from './contenders/contender';
import type { ContenderId, Facts, Pictures, Question, Questions, Steps } from './protocol';
import {
  flopsOf,
  mnistChunks,
  parametersOf,
  testChunks,
  workloadOf,
  type Workload,
} from './workloads';

/** Each brings its library, and no other contender's, into this worker. */
const CONTENDERS: Readonly<Record<ContenderId, (workload: Workload) => Promise<Contender>>> = {
  'whittle-wasm': (workload) => whittle('wasm', 1, workload),
  'whittle-wasm-2': (workload) => whittle('wasm', 2, workload),
  'whittle-webgpu': (workload) => whittle('webgpu', 1, workload),
  'tfjs-wasm': (workload) => tfjs('wasm', workload),
  'tfjs-cpu': (workload) => tfjs('cpu', workload),
  'tfjs-webgpu': (workload) => tfjs('webgpu', workload),
  'tfjs-webgl': (workload) => tfjs('webgl', workload),
  'jax-wasm': (workload) => jax('wasm', 'async', workload),
  'jax-wasm-sync': (workload) => jax('wasm', 'sync', workload),
  'jax-webgpu': (workload) => jax('webgpu', 'async', workload),
  convnetjs: async (workload) => (await import('./contenders/convnetjs')).startConvNetJs(workload),
  playground: async (workload) =>
    (await import('./contenders/playground')).startPlayground(workload),
};

async function whittle(backend: 'wasm' | 'webgpu', threads: number, workload: Workload) {
  return (await import('./contenders/whittle')).startWhittle(backend, threads, workload);
}

async function tfjs(backend: 'wasm' | 'cpu' | 'webgpu' | 'webgl', workload: Workload) {
  return (await import('./contenders/tfjs')).startTfjs(backend, workload);
}

async function jax(device: 'wasm' | 'webgpu', way: 'async' | 'sync', workload: Workload) {
  return (await import('./contenders/jax')).startJax(device, way, workload);
}

/** As many as are compared. */
const LOSSES = 6;

let seat: { readonly contender: Contender; readonly workload: Workload } | null = null;
let done = 0;
const tests: Partial<Record<Pictures, readonly Batch[]>> = {};

function taken() {
  if (seat === null) throw new Error('Nobody has taken this seat.');
  return seat;
}

const answers: {
  [Name in keyof Questions]: (
    asked: Questions[Name]['asked'],
  ) => Promise<Questions[Name]['answer']>;
} = {
  start: async ({ contender: id, workload: name, optimizer }): Promise<Facts> => {
    const workload = workloadOf(name, optimizer);
    const contender = await CONTENDERS[id](workload);
    seat = { contender, workload };
    const { network, batches } = workload;
    const batch = batches[0]?.count ?? 0;
    return {
      threads: contender.threads,
      optimizer: contender.optimizer,
      batch,
      batches: batches.length,
      parameters: parametersOf(network),
      flops: flopsOf(network.architecture, batch),
    };
  },

  steps: async ({ count, limitMs }): Promise<Steps> => {
    const { contender, workload } = taken();
    const { batches } = workload;
    const losses: number[] = [];
    const started = performance.now();
    let taking = 0;
    while (taking < count && (limitMs === undefined || performance.now() - started < limitMs)) {
      const batch = batches[done % batches.length];
      if (batch === undefined) break;
      const loss = await contender.step(batch);
      if (taking < LOSSES) losses.push(loss);
      taking += 1;
      done += 1;
    }
    await contender.settle?.();
    return { ms: performance.now() - started, count: taking, losses };
  },

  predict: async (pictures) => {
    const { contender, workload } = taken();
    if (contender.predict === undefined) throw new Error('It was not asked to predict.');
    const { architecture } = workload.network;
    const chunks = (tests[pictures] ??=
      pictures === 'mnist' ? await mnistChunks() : testChunks(architecture));
    const started = performance.now();
    for (const chunk of chunks) await contender.predict(chunk);
    return performance.now() - started;
  },
};

async function answer<Name extends keyof Questions>({ name, asked }: Question<Name>) {
  return answers[name](asked);
}

self.onmessage = ({ data }: MessageEvent<Question>) => {
  answer(data).then(
    (given) => {
      self.postMessage({ answer: given });
    },
    (error: unknown) => {
      self.postMessage({ error: error instanceof Error ? error.message : String(error) });
    },
  );
};
