import { fromBase64 } from '../../experiment/base64';
import { deflated } from './assembly/index.ts?assembly-deflated';

/** The functions of `assembly/index.ts`. Addresses are in bytes, sizes in numbers. */
export interface Machine extends WebAssembly.Exports {
  readonly dense: (
    kernel: number,
    x: number,
    inputs: number,
    y: number,
    outputs: number,
    bias: number,
    list: number,
    sums: number,
  ) => void;
  readonly conv: (
    kernel: number,
    x: number,
    rowBytes: number,
    taps: number,
    places: number,
    y: number,
    outHeight: number,
    outWidth: number,
    filters: number,
    stride: number,
    bias: number,
    list: number,
    sums: number,
    pictures: number,
    xStep: number,
    yStep: number,
  ) => void;
  readonly pad: (
    x: number,
    channels: number,
    height: number,
    width: number,
    y: number,
    top: number,
    left: number,
    paddedHeight: number,
    paddedWidth: number,
  ) => void;
  readonly pool: (
    x: number,
    channels: number,
    height: number,
    width: number,
    y: number,
    outHeight: number,
    outWidth: number,
    size: number,
    stride: number,
    average: number,
  ) => void;
  readonly normalize: (
    x: number,
    channels: number,
    pixels: number,
    factors: number,
    offsets: number,
    y: number,
  ) => void;
  readonly transpose: (x: number, rows: number, columns: number, y: number) => void;
  readonly activate: (
    kind: number,
    z: number,
    y: number,
    count: number,
    thread: number,
    threads: number,
  ) => void;
  readonly roundValues: (
    x: number,
    y: number,
    count: number,
    scale: number,
    zeroPoint: number,
    largest: number,
    thread: number,
    threads: number,
  ) => void;
}

/** Compiled once, when it is first needed. */
let compiled: Promise<WebAssembly.Module> | null = null;

/** @throws WebAssembly.CompileError where there is no SIMD */
export async function startMachine(memory: WebAssembly.Memory): Promise<Machine> {
  compiled ??= inflate(deflated).then((bytes) => WebAssembly.compile(bytes));
  const instance = await WebAssembly.instantiate(await compiled, { env: { memory } });
  return instance.exports as Machine;
}

/** The browser's own inflation: the module takes a third of the room in the file. */
async function inflate(base64: string): Promise<ArrayBuffer> {
  const stream = new Blob([fromBase64(base64)])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).arrayBuffer();
}
