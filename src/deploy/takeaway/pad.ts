import { centredDigit } from './centred-digit';

/** Pixels of the drawing, a side. */
const SIDE = 280;
/** As thick, in relation to the digit, as MNIST's strokes. */
const PEN = 22;

/** How much ink each pixel has, from 0 to 1. */
function inkOf(context: CanvasRenderingContext2D): Float32Array {
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  const ink = new Float32Array(SIDE * SIDE);
  for (let i = 0; i < ink.length; i++) ink[i] = (data[4 * i + 3] ?? 0) / 255;
  return ink;
}

export interface Pad {
  readonly canvas: HTMLCanvasElement;
  clear(): void;
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser cannot draw.');
  return context;
}

/** A square to draw a digit in, by pen, finger or mouse. Tells the picture after every stroke's piece. */
export function createPad(label: string, tell: (picture: Float32Array) => void): Pad {
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', label);
  const context = contextOf(canvas);
  context.lineWidth = PEN;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  let last: readonly [number, number] | null = null;

  function lineTo({ clientX, clientY }: PointerEvent): void {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const to = [((clientX - left) * SIDE) / width, ((clientY - top) * SIDE) / height] as const;
    context.beginPath();
    context.moveTo(...(last ?? to));
    context.lineTo(...to);
    context.stroke();
    last = to;
  }

  /** Once a frame, however many pieces of strokes come in it. */
  let isDue = false;
  function look(): void {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => {
      isDue = false;
      tell(centredDigit(inkOf(context), SIDE));
    });
  }

  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = null;
    lineTo(event);
    look();
  });
  canvas.addEventListener('pointermove', (event) => {
    if (last === null) return;
    lineTo(event);
    look();
  });
  const end = () => {
    last = null;
  };
  canvas.addEventListener('pointerup', end);
  canvas.addEventListener('pointercancel', end);

  return {
    canvas,
    clear: () => {
      context.clearRect(0, 0, SIDE, SIDE);
      look();
    },
  };
}
