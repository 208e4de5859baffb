import * as ort from 'onnxruntime-node';
import { onnxInputs, onnxShape } from '../../src/deploy/onnx/layout';
import { apart, predict } from '../../src/deploy/onnx/testing/networks';
import { runOnnx } from '../../src/deploy/onnx/testing/runtime';
import { ONNX_FORMATS, type OnnxFormat } from '../../src/deploy/onnx/writing';
import { predictions } from '../../src/engine/metrics';
import { seen } from '../../src/experiment/dataset';
import { sizeOf } from '../../src/experiment/shapes';
import { onnxFile } from '../../src/worker/onnx-file';
import { openRecipes, untrained } from '../recipes';

/** A file beside the network that it was made of, on MNIST's test set. */
export interface Compared {
  readonly network: string;
  readonly format: OnnxFormat;
  readonly bytes: number;
  /** Of how many pictures file and network say the same. */
  readonly sameClass: number;
  /** The largest distance between two logits. */
  readonly apart: number;
  /** Median of calls with one picture. */
  readonly latencyMs: number;
}

/** What makes of a trained network the one that a file of the format holds, as in a link. */
const SHOWN: Readonly<Record<OnnxFormat, string>> = {
  float32: 'recipe=none',
  float16: 'recipe=none',
  int8: 'quantize=bits:8,target:both',
  int8weights: 'quantize=bits:8',
  int4weights: 'quantize=bits:4,granularity:group,group:32',
};
const TEST_PICTURES = 10_000;
const [WARM_UP, CALLS] = [200, 2_000];

/** Trained on MNIST with the page's own engine on WASM, in Node, and written in each of the formats. */
export async function* compareFiles(): AsyncGenerator<Compared> {
  const { apply, close, engine, dataset } = await openRecipes();
  const test = await dataset.test.gather(Uint32Array.from({ length: TEST_PICTURES }, (_, i) => i));
  const pictures = seen(test.inputs);
  for (const network of ['lenet-300-100', 'lenet-5-classic']) {
    const trained = await apply(untrained(network), 'train=lr:0.002,epochs:1');
    for (const format of ONNX_FORMATS) {
      const shown = await apply(trained, SHOWN[format]);
      const { input, outputs } = shown.architecture;
      const file = await onnxFile(shown, { format, metadata: {} }, { engine, dataset });
      const made = await runOnnx(file, pictures, TEST_PICTURES, input);
      const wanted = await predict(engine, shown, test);
      const classes = predictions(wanted, outputs);
      const sameClass = predictions(made, outputs).filter((each, i) => each === classes[i]).length;
      const first = onnxInputs(Float32Array.from(pictures.subarray(0, sizeOf(input))), input);
      const latencyMs = await medianMs(file, first, [1, ...onnxShape(input)]);
      const bytes = file.length;
      yield { network, format, bytes, sameClass, apart: apart(made, wanted), latencyMs };
    }
  }
  await close();
}

async function medianMs(file: Uint8Array, picture: Float32Array, dims: number[]): Promise<number> {
  const session = await ort.InferenceSession.create(file, {
    intraOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  const feeds = { [session.inputNames[0] ?? '']: new ort.Tensor('float32', picture, dims) };
  const times: number[] = [];
  for (let call = 0; call < WARM_UP + CALLS; call++) {
    const started = performance.now();
    await session.run(feeds);
    times.push(performance.now() - started);
  }
  await session.release();
  return times.slice(WARM_UP).sort((a, b) => a - b)[CALLS / 2] ?? NaN;
}
