import { openOnnx, openWhittle, type Contender } from './contenders';

export interface Asked {
  /** Files by the contender's name; the first is what the others are compared with. */
  readonly files: Readonly<Record<string, string>>;
  readonly batch: number;
  readonly rounds: number;
  readonly sliceMs: number;
}

export interface Result {
  readonly name: string;
  /** Microseconds a call, by round. */
  readonly times: readonly number[];
  readonly weightBytes: number | null;
  /** Of the test pictures, how many it puts into the same class as the first does. */
  readonly sameClass: number;
}

declare global {
  interface Window {
    measure: (asked: Asked) => Promise<Result[]>;
  }
}

const PIXELS = 784;
const HEAD_BYTES = 16;

async function testPictures(): Promise<Float32Array> {
  const bytes = new Uint8Array(await (await fetch('/mnist-test')).arrayBuffer());
  return Float32Array.from(bytes.subarray(HEAD_BYTES), (grey) => grey / 255);
}

/** Some hundred different batches, so that no branch is learnt by heart. */
const BATCHES = 256;

window.measure = async ({ files, batch, rounds, sliceMs }) => {
  const pictures = await testPictures();
  const count = Math.min(BATCHES, Math.floor(pictures.length / PIXELS / batch));
  const batches = Array.from({ length: count }, (_, i) =>
    pictures.slice(i * batch * PIXELS, (i + 1) * batch * PIXELS),
  );
  const seats = await Promise.all(
    Object.entries(files).map(async ([name, url]) => ({
      name,
      contender: await (url.endsWith('.onnx') ? openOnnx(url) : openWhittle(url)),
      times: [] as number[],
    })),
  );
  for (const { contender } of seats) await slice(contender, batches, batch, sliceMs);
  for (let round = 0; round < rounds; round++) {
    for (const { contender, times } of seats) {
      times.push(await slice(contender, batches, batch, sliceMs));
    }
  }
  const wanted = seats[0] && (await classes(seats[0].contender, pictures));
  return Promise.all(
    seats.map(async ({ name, contender, times }) => {
      const own = await classes(contender, pictures);
      const sameClass = own.filter((each, i) => each === wanted?.[i]).length;
      return { name, times, weightBytes: contender.weightBytes, sameClass };
    }),
  );
};

/** Microseconds a call, over so long. */
async function slice(
  { predict }: Contender,
  batches: readonly Float32Array[],
  count: number,
  sliceMs: number,
): Promise<number> {
  const started = performance.now();
  let calls = 0;
  let now = started;
  while (now - started < sliceMs) {
    // Waiting for what is there already would cost the next turn of the loop.
    for (const inputs of batches) {
      const result = predict(inputs, count);
      if (result instanceof Promise) await result;
      calls += 1;
      if (count > 1 && performance.now() - started > sliceMs) break;
    }
    now = performance.now();
  }
  return (1000 * (now - started)) / calls;
}

async function classes({ predict }: Contender, pictures: Float32Array): Promise<number[]> {
  const found: number[] = [];
  for (let at = 0; at < pictures.length; at += PIXELS) {
    const logits = await predict(pictures.slice(at, at + PIXELS), 1);
    found.push(logits.indexOf(Math.max(...logits)));
  }
  return found;
}
