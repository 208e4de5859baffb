import type { InferenceSession, TensorConstructor } from 'onnxruntime-common';
import { load } from '../../deploy/runtime';
import type { Latency } from '../../experiment/report';
import { sizeOf } from '../../experiment/shapes';
import { summaryOf, timeInTurn, warmUp } from '../in-turn';
import { BATCHES } from '../latency';
import type { ClockJob } from './job';

/** What is used of ONNX Runtime. */
export interface Ort {
  readonly open: (model: Uint8Array) => Promise<InferenceSession>;
  readonly Tensor: TensorConstructor;
}

/** One network on one runtime, with a batch of so many examples. */
interface Contender {
  readonly runtime: string;
  /** Which of the networks. */
  readonly network: number;
  readonly run: () => unknown;
}

type Open = (batch: number) => readonly Contender[];

/** What ran often is compiled anew in the background, for so long about, on cores that are missing meanwhile. */
const COMPILING_MS = 700;

/** Times a job's files, all in turn; each is compared with the first on the same runtime. */
export async function runJob(job: ClockJob, ort: Ort): Promise<readonly (readonly Latency[])[]> {
  const { files, threads } = job;
  const onnx = await openOnnx(job, ort);
  // Whittle's own runtime has one thread, and is timed beside the other where that has one too.
  const own = job.provider === 'wasm' && threads === 1 ? await openOwn(job) : null;
  const latencies: Latency[][] = files.map(() => []);
  for (const batch of BATCHES) {
    const contenders = [...onnx(batch), ...(own?.(batch) ?? [])];
    for (const { run } of contenders) await warmUp(run);
    await new Promise((resolve) => setTimeout(resolve, COMPILING_MS));
    const times = await timeInTurn(contenders.map(({ run }) => run));
    contenders.forEach(({ runtime, network }, i) => {
      const baseline = contenders.findIndex((one) => one.runtime === runtime);
      const summary = summaryOf(times[i] ?? [], times[baseline] ?? []);
      latencies[network]?.push({ runtime, threads, batch, ...summary });
    });
  }
  return latencies;
}

async function openOnnx(job: ClockJob, ort: Ort): Promise<Open> {
  const { provider, files, onnxInputs, onnxShape } = job;
  const sessions: InferenceSession[] = [];
  for (const { onnx } of files) sessions.push(await ort.open(onnx));
  return (batch) => {
    const part = onnxInputs.subarray(0, batch * sizeOf(onnxShape));
    const input = new ort.Tensor('float32', part, [batch, ...onnxShape]);
    return sessions.map((session, network) => ({
      ...{ runtime: `onnxruntime-${provider}`, network },
      run: () => session.run({ [session.inputNames[0] ?? '']: input }),
    }));
  };
}

async function openOwn({ files, inputs, onnxShape }: ClockJob): Promise<Open> {
  const models = await Promise.all(files.map(({ whittle }) => load(whittle)));
  return (batch) => {
    const part = inputs.subarray(0, batch * sizeOf(onnxShape));
    return models.map((model, network) => ({
      ...{ runtime: 'whittle', network },
      run: () => model.predict(part),
    }));
  };
}
