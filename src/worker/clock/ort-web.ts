import type {
  Env,
  InferenceSession,
  InferenceSessionFactory,
  TensorConstructor,
} from 'onnxruntime-common';
import type { ClockJob } from './job';
import type { Ort } from './run-job';

/** The module as it lies in our own folder, where it looks for its WebAssembly beside itself. */
interface OrtWeb {
  readonly env: Env;
  readonly InferenceSession: InferenceSessionFactory;
  readonly Tensor: TensorConstructor;
}

/** ONNX Runtime for the web, with the job's threads. @throws TypeError where it cannot be had */
export async function loadOrt({ provider, threads, ortBase }: ClockJob): Promise<Ort> {
  const url = `${ortBase}ort.${provider}.min.mjs`;
  const { env, InferenceSession, Tensor } = (await import(/* @vite-ignore */ url)) as OrtWeb;
  env.wasm.numThreads = threads;
  env.logLevel = 'error';
  const options: InferenceSession.SessionOptions = { executionProviders: [provider] };
  return { Tensor, open: (model) => InferenceSession.create(model, options) };
}
