import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { load } from '../../../src/deploy/runtime';

/** Something that predicts batches of so many pictures. */
export interface Contender {
  readonly predict: (inputs: Float32Array, count: number) => Promise<Float32Array> | Float32Array;
  /** Bytes that its weights take in memory, where it tells. */
  readonly weightBytes: number | null;
}

env.wasm.numThreads = 1;
env.wasm.wasmPaths = '/ort/';

async function bytesOf(url: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} is not there.`);
  return new Uint8Array(await response.arrayBuffer());
}

export async function openOnnx(url: string): Promise<Contender> {
  const session = await InferenceSession.create(await bytesOf(url), {
    executionProviders: ['wasm'],
  });
  const [input] = session.inputMetadata;
  const shape = input?.isTensor === true ? input.shape.slice(1).map(Number) : [];
  const [output = ''] = session.outputNames;
  return {
    weightBytes: null,
    predict: async (inputs, count) => {
      const results = await session.run({
        input: new Tensor('float32', inputs, [count, ...shape]),
      });
      return results[output]?.data as Float32Array;
    },
  };
}

export async function openWhittle(url: string): Promise<Contender> {
  const { predict, weightBytes } = await load(await bytesOf(url));
  return { predict, weightBytes };
}
