import { encodeWhittle } from '../../deploy/whittle-file';
import { onnxInputs, onnxShape } from '../../deploy/onnx/layout';
import type { OnnxFormat } from '../../deploy/onnx/writing';
import type { Checkpoint } from '../../experiment/checkpoint';
import { seen } from '../../experiment/dataset';
import type { Latency } from '../../experiment/report';
import { BATCHES } from '../latency';
import type { Work } from '../measure';
import { isAbort } from '../pace';
import type { Clock } from './clock';
import type { ClockJob, NetworkFiles } from './job';

/** What came of a network's files. */
export interface TimedFiles {
  readonly latency: readonly Latency[];
  readonly onnxBytes: number;
}

/**
 * Writes each network's files and times them: ONNX Runtime with one thread, beside Whittle's own runtime, then
 * with all, then on WebGPU where there is one. The first network is the baseline.
 */
export async function timeFiles(
  networks: readonly Checkpoint[],
  { engine, dataset, pace, signal }: Pick<Work, 'engine' | 'dataset' | 'pace' | 'signal'>,
  { clock, threads, hasWebgpu }: ClockPorts,
): Promise<readonly TimedFiles[]> {
  const [{ onnxFile }, { ownFormat }] = await Promise.all([
    import('../onnx-file'),
    import('./own-format'),
  ]);
  const count = Math.max(...BATCHES);
  const indices = Uint32Array.from({ length: count }, (_, i) => i % dataset.test.count);
  const inputs = Float32Array.from(seen((await dataset.test.gather(indices)).inputs));
  const files: NetworkFiles[] = [];
  const formats: OnnxFormat[] = [];
  for (const network of networks) {
    await pace();
    const format = ownFormat(network);
    const onnx = await onnxFile(network, { format, metadata: {} }, { engine, dataset });
    formats.push(format);
    files.push({ onnx, whittle: encodeWhittle(network) });
  }
  const input = dataset.info.shape;
  const latencies: Latency[][] = networks.map(() => []);
  for (const [provider, each] of runsOf(threads, await hasWebgpu())) {
    const job = {
      ...{ provider, threads: each, files, inputs },
      ...{ onnxInputs: onnxInputs(inputs, input), onnxShape: onnxShape(input) },
    };
    const timed = await clock(job, signal).catch((error: unknown) => {
      // A GPU's driver may refuse what a processor does: there is no time of it then.
      if (provider === 'wasm' || isAbort(error)) throw error;
      console.warn('The files could not be timed on WebGPU:', error);
      return [];
    });
    timed.forEach((own, i) =>
      latencies[i]?.push(...own.map((each) => withFormat(each, formats[i]))),
    );
  }
  return files.map(({ onnx }, i) => ({ latency: latencies[i] ?? [], onnxBytes: onnx.length }));
}

/** Of an ONNX file, its format. */
function withFormat(latency: Latency, format: OnnxFormat | undefined): Latency {
  const isOnnx = latency.runtime.startsWith('onnxruntime-');
  return isOnnx && format !== undefined ? { ...latency, format } : latency;
}

/** What times files, and with what. */
export interface ClockPorts {
  readonly clock: Clock;
  /** Of a runtime that may have all; 1 where the page is not cross-origin isolated. */
  readonly threads: number;
  readonly hasWebgpu: () => Promise<boolean>;
}

function runsOf(
  threads: number,
  hasWebgpu: boolean,
): readonly (readonly [ClockJob['provider'], number])[] {
  return [
    ['wasm', 1],
    ...(threads > 1 ? ([['wasm', threads]] as const) : []),
    ...(hasWebgpu ? ([['webgpu', 1]] as const) : []),
  ];
}
