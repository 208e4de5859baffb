import type { Rgba } from './shrink';

/** What a pad is. */
export interface PadLook {
  /** Pixels of the drawing. */
  readonly width: number;
  readonly height: number;
  /** What is drawn on; null: nothing, it is the ink that counts. */
  readonly ground: 'dark' | 'bright' | null;
}

/** Of the longer side: as thick, in relation to the digit, as MNIST's strokes. */
const PEN = 22 / 280;

const [BLACK, WHITE] = ['#000000', '#ffffff'];

/** The colour of the pen at first: it can be seen on the ground. */
export function inkOn({ ground }: PadLook): string {
  return ground === 'dark' ? WHITE : BLACK;
}

export interface Pad {
  /** Lays a picture, enlarged, in the place of what is drawn. Tells nothing. */
  put(picture: Rgba): void;
  clear(): void;
  /** `#rrggbb` of what is drawn from now on. */
  setInk(colour: string): void;
  /** Takes its listeners off the canvas. */
  dispose(): void;
}

/**
 * Makes a canvas a pad to draw on, by pen, finger or mouse. Tells what is on it after every stroke's piece, null once
 * it is cleared: once a frame, however many pieces come in it.
 */
export function createPad(
  canvas: HTMLCanvasElement,
  look: PadLook,
  tell: (pad: Rgba | null) => void,
): Pad {
  const { width, height, ground } = look;
  canvas.width = width;
  canvas.height = height;
  canvas.style.aspectRatio = `${String(width)} / ${String(height)}`;
  const context = contextOf(canvas);
  context.lineWidth = PEN * Math.max(width, height);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  // Blocks stay blocks where they are the picture.
  context.imageSmoothingEnabled = ground === null;
  context.strokeStyle = inkOn(look);
  const wipe = () => {
    context.clearRect(0, 0, width, height);
    if (ground === null) return;
    context.fillStyle = ground === 'dark' ? BLACK : WHITE;
    context.fillRect(0, 0, width, height);
  };
  wipe();
  const leaving = new AbortController();
  const { signal } = leaving;
  let last: readonly [number, number] | null = null;
  let isBlank = true;

  function lineTo({ clientX, clientY }: PointerEvent): void {
    const box = canvas.getBoundingClientRect();
    const to = [
      ((clientX - box.left) * width) / box.width,
      ((clientY - box.top) * height) / box.height,
    ] as const;
    context.beginPath();
    context.moveTo(...(last ?? to));
    context.lineTo(...to);
    context.stroke();
    last = to;
    isBlank = false;
  }

  let isDue = false;
  function tellSoon(): void {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      if (!signal.aborted) tell(isBlank ? null : context.getImageData(0, 0, width, height));
    });
  }

  const start = (event: PointerEvent) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    lineTo(event);
    tellSoon();
  };
  const go = (event: PointerEvent) => {
    if (last === null) return;
    lineTo(event);
    tellSoon();
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
      wipe();
      layDown(context, picture, look);
      isBlank = false;
    },
    clear: () => {
      wipe();
      isBlank = true;
      tellSoon();
    },
    setInk: (colour) => {
      context.strokeStyle = colour;
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

/** A small picture as large as the pad. */
function layDown(
  context: CanvasRenderingContext2D,
  { width, height, data }: Rgba,
  pad: PadLook,
): void {
  const small = new OffscreenCanvas(width, height);
  small.getContext('2d')?.putImageData(new ImageData(data.slice(), width, height), 0, 0);
  context.drawImage(small, 0, 0, pad.width, pad.height);
}
