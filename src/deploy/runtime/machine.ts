import { shift, text } from './assembly/index.ts?assembly-text';

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
  readonly activate: (kind: number, x: number, count: number) => void;
  readonly roundValues: (
    x: number,
    count: number,
    scale: number,
    zeroPoint: number,
    largest: number,
  ) => void;
}

/** Compiled once, when it is first needed. */
let compiled: Promise<WebAssembly.Module> | null = null;

/** @throws WebAssembly.CompileError where there is no SIMD */
export async function startMachine(memory: WebAssembly.Memory): Promise<Machine> {
  compiled ??= WebAssembly.compile(Uint8Array.from(text, byteOf));
  const instance = await WebAssembly.instantiate(await compiled, { env: { memory } });
  return instance.exports as Machine;
}

/** Modulo 256. */
function byteOf(character: string): number {
  return character.charCodeAt(0) - shift;
}
