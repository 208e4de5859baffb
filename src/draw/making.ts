import type { Shape } from '../experiment/architecture';
import type { DatasetInfo, DatasetView } from '../experiment/dataset';
import type { GivenAs } from '../experiment/own-dataset';
import { smallOf } from './bitmap';
import { fitted, SIDE, type FitId } from './fit';
import type { PadLook } from './pad';
import { shrink, type Rgba } from './shrink';

/** How what is on a pad, or in a picture's file, becomes an example of a data set. */
export type Making = InkMaking | CanvasMaking;

/** The ink alone counts: it is scaled and moved as the set's was, whose pictures are grey, 28 × 28. */
export interface InkMaking {
  readonly kind: 'ink';
  readonly fit: FitId;
  /** Dark ink on bright ground; else bright on dark, as MNIST has it. */
  readonly inverted: boolean;
  /** Turned clockwise by a right angle. */
  readonly rotated: boolean;
}

/** The whole pad is the picture, made small. */
export interface CanvasMaking extends GivenAs {
  readonly kind: 'canvas';
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
}

/** As most photographs are. */
const PLAIN: GivenAs = { keep: 'middle', inverts: false, ground: 'bright' };

/**
 * How examples of a data set are made; null where they are no pictures.
 * @param given of the user's own pictures, unless they were drawn
 */
export function makingOf(
  { id, shape }: Pick<DatasetInfo, 'id' | 'shape'>,
  view: DatasetView | null,
  given: GivenAs | undefined,
): Making | null {
  const [height, width, channels] = shape;
  if (height === undefined || width === undefined || channels === undefined) return null;
  if (given === undefined && isInk(shape)) {
    const fit = id === 'fashion-mnist' ? 'clothing' : 'digit';
    return { kind: 'ink', fit, inverted: view === 'inverted', rotated: view === 'rotated' };
  }
  return {
    ...{ kind: 'canvas', height, width, channels: channels === 3 ? 3 : 1 },
    ...(given ?? PLAIN),
  };
}

function isInk(shape: Shape): boolean {
  return String(shape) === String([SIDE, SIDE, 1]);
}

/** Pixels of the pad, along its longer side, about. */
const PAD = 280;

/** The pad on which examples are drawn. Of a canvas its pixels are whole blocks, so that what is laid down comes back. */
export function padLook(making: Making): PadLook {
  if (making.kind === 'ink') return { width: PAD, height: PAD, ground: null };
  const { width, height, ground } = making;
  const block = Math.floor(PAD / Math.max(width, height));
  return { width: block * width, height: block * height, ground };
}

/** What is on the pad as an example, `[height, width, channels]` from 0 to 1. */
export function exampleOf(making: Making, pad: Rgba): Float32Array {
  if (making.kind === 'canvas') return shares(shrink(pad, { ...making, keep: 'whole' }));
  const ink = Float32Array.from(
    { length: pad.width * pad.height },
    (_, i) => (pad.data[4 * i + 3] ?? 0) / 255,
  );
  const picture = fitted(ink, pad.width, making.fit);
  const shown = making.inverted ? picture.map((value) => 1 - value) : picture;
  return making.rotated ? Float32Array.from(shown, (_, i) => shown[fromTurned(i)] ?? 0) : shown;
}

/** An example as it is laid on the pad, to be drawn on: of its own size. */
export function layable(making: Making, example: Float32Array): Rgba {
  const { width, height, channels } = sizeOf(making);
  const data = new Uint8ClampedArray(4 * width * height);
  for (let i = 0; i < width * height; i++) {
    if (making.kind === 'ink') {
      const value = example[making.rotated ? toTurned(i) : i] ?? 0;
      data[4 * i + 3] = 255 * (making.inverted ? 1 - value : value);
      continue;
    }
    const value = (channel: number) =>
      255 * (example[i * channels + Math.min(channel, channels - 1)] ?? 0);
    data.set([value(0), value(1), value(2), 255], 4 * i);
  }
  return { width, height, data };
}

/** The example that a pad is on which nothing is drawn. */
export function blank(making: Making): Float32Array {
  if (making.kind === 'ink') return new Float32Array(SIDE * SIDE).fill(Number(making.inverted));
  const { height, width, channels, ground } = making;
  return new Float32Array(height * width * channels).fill(Number(ground === 'bright'));
}

/** `[height, width, channels]` of the examples. */
export function sizeOf(making: Making): Readonly<Record<'height' | 'width' | 'channels', number>> {
  if (making.kind === 'ink') return { height: SIDE, width: SIDE, channels: 1 };
  const { height, width, channels } = making;
  return { height, width, channels };
}

/** A picture's file as an example, made as the set's were. Rejects where the browser cannot decode it. */
export async function exampleFrom(making: CanvasMaking, file: Blob): Promise<Float32Array> {
  const bitmap = await createImageBitmap(file);
  try {
    const small = smallOf(bitmap, making);
    return shares(making.inverts ? small.map((value) => 255 - value) : small);
  } finally {
    bitmap.close();
  }
}

/** Bytes as a network sees them. */
function shares(bytes: Uint8Array): Float32Array {
  return Float32Array.from(bytes, (value) => value / 255);
}

/** Where a pixel of a picture that was turned clockwise comes from. */
function fromTurned(at: number): number {
  const [row, column] = [Math.floor(at / SIDE), at % SIDE];
  return (SIDE - 1 - column) * SIDE + row;
}

/** Where a pixel goes when a picture is turned clockwise. */
function toTurned(at: number): number {
  const [row, column] = [Math.floor(at / SIDE), at % SIDE];
  return column * SIDE + (SIDE - 1 - row);
}
