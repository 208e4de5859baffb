import * as ort from 'onnxruntime-node';
import proto, { type onnx } from 'onnx-proto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shape } from '../../../experiment/architecture';
import { sizeOf } from '../../../experiment/shapes';
import { onnxInputs, onnxShape } from '../layout';

/** What a picture becomes inside a network stays in the processor's cache. */
const MAX_BATCH = 250;

/** What ONNX Runtime makes of inputs `[count, ...shape]`, `[count, outputs]`. */
export function runOnnx(
  file: Uint8Array,
  inputs: Float32Array,
  count: number,
  shape: Shape,
): Promise<Float32Array> {
  const given = onnxInputs(Float32Array.from(inputs), shape);
  return runAsGiven(file, given, [count, ...onnxShape(shape)]);
}

/** What it makes of inputs that lie as the file has them. */
export async function runAsGiven(
  file: Uint8Array,
  inputs: Float32Array,
  dims: readonly number[],
): Promise<Float32Array> {
  const session = await ort.InferenceSession.create(file, {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const [input = ''] = session.inputNames;
  const [count = 1, ...sides] = dims;
  const size = sizeOf(sides);
  const made: number[][] = [];
  for (let first = 0; first < count; first += MAX_BATCH) {
    const batch = inputs.subarray(first * size, (first + MAX_BATCH) * size);
    const shape = [batch.length / size, ...sides];
    const outputs = await session.run({ [input]: new ort.Tensor('float32', batch, shape) });
    made.push(Array.from(outputs[session.outputNames[0] ?? '']!.data as Float32Array));
  }
  await session.release();
  return Float32Array.from(made.flat());
}

/** The operators that ONNX Runtime executes of a file when it has optimized it, in their order. */
export async function executedOperators(file: Uint8Array): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'whittle-onnx-'));
  try {
    const optimizedModelFilePath = join(folder, 'optimized.onnx');
    // What it writes is for this machine alone, as it says every time.
    const session = await ort.InferenceSession.create(file, {
      optimizedModelFilePath,
      logSeverityLevel: 3,
    });
    await session.release();
    return graphOf(readFileSync(optimizedModelFilePath)).node!.map(({ opType }) => opType!);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function graphOf(file: Uint8Array): onnx.IGraphProto {
  return proto.onnx.ModelProto.decode(file).graph!;
}
