import { SIDE as PICTURE } from './fit';

/** Pixels of the drawing, a side. */
export const PAD = 280;
/** As thick, in relation to the digit, as MNIST's strokes. */
const PEN = 22;

export interface Pad {
  /** Lays a picture, `[28, 28]` from 0 to 1, in the place of what is drawn. Tells nothing. */
  put(picture: Float32Array): void;
  clear(): void;
  /** Takes its listeners off the canvas. */
  dispose(): void;
}

/**
 * Makes a canvas a square to draw in, by pen, finger or mouse, in black. Tells the ink, `[280, 280]` from 0 to 1,
 * after every stroke's piece: once a frame, however many pieces come in it.
 */
export function createPad(canvas: HTMLCanvasElement, tell: (ink: Float32Array) => void): Pad {
  canvas.width = PAD;
  canvas.height = PAD;
  const context = contextOf(canvas);
  context.lineWidth = PEN;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  const leaving = new AbortController();
  const { signal } = leaving;
  let last: readonly [number, number] | null = null;

  function lineTo({ clientX, clientY }: PointerEvent): void {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const to = [((clientX - left) * PAD) / width, ((clientY - top) * PAD) / height] as const;
    context.beginPath();
    context.moveTo(...(last ?? to));
    context.lineTo(...to);
    context.stroke();
    last = to;
  }

  let isDue = false;
  function look(): void {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      if (!signal.aborted) tell(inkOf(context));
    });
  }

  const start = (event: PointerEvent) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    lineTo(event);
    look();
  };
  const go = (event: PointerEvent) => {
    if (last === null) return;
    lineTo(event);
    look();
  };
  const end = () => {
    last = null;
  };
  canvas.addEventListener('pointerdown', start, { signal });
  canvas.addEventListener('pointermove', go, { signal });
  canvas.addEventListener('pointerup', end, { signal });
  canvas.addEventListener('pointercancel', end, { signal });

  return {
    put: (picture) => {
      context.clearRect(0, 0, PAD, PAD);
      layDown(context, picture);
    },
    clear: () => {
      context.clearRect(0, 0, PAD, PAD);
      look();
    },
    dispose: () => {
      leaving.abort();
    },
  };
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser cannot draw.');
  return context;
}

/** How much ink each pixel has, from 0 to 1. */
function inkOf(context: CanvasRenderingContext2D): Float32Array {
  const { data } = context.getImageData(0, 0, PAD, PAD);
  const ink = new Float32Array(PAD * PAD);
  for (let i = 0; i < ink.length; i++) ink[i] = (data[4 * i + 3] ?? 0) / 255;
  return ink;
}

/** A small picture as large as the pad, its brightness as ink. */
function layDown(context: CanvasRenderingContext2D, picture: Float32Array): void {
  const image = new ImageData(PICTURE, PICTURE);
  picture.forEach((value, i) => {
    image.data[4 * i + 3] = Math.round(255 * value);
  });
  const small = new OffscreenCanvas(PICTURE, PICTURE);
  small.getContext('2d')?.putImageData(image, 0, 0);
  context.drawImage(small, 0, 0, PAD, PAD);
}
