import { useEffect, useImperativeHandle, useRef } from 'react';
import type { Ref } from 'react';
import { createPad, type Pad } from '../../draw/pad';

export type PadHandle = Pick<Pad, 'put' | 'clear'>;

interface DrawingPadProps {
  readonly label: string;
  readonly ref: Ref<PadHandle>;
  /** Hears the ink, `[280, 280]` from 0 to 1, at most once a frame. */
  readonly onInk: (ink: Float32Array) => void;
}

/** A square to draw in. */
export function DrawingPad({ label, ref, onInk }: DrawingPadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<Pad | null>(null);
  const tell = useRef(onInk);
  useEffect(() => {
    tell.current = onInk;
  }, [onInk]);
  useEffect(() => {
    if (canvas.current === null) return;
    const made = createPad(canvas.current, (ink) => {
      tell.current(ink);
    });
    pad.current = made;
    return made.dispose;
  }, []);
  useImperativeHandle(
    ref,
    () => ({
      put: (picture) => pad.current?.put(picture),
      clear: () => pad.current?.clear(),
    }),
    [],
  );
  return <canvas ref={canvas} className="drawing-pad" role="img" aria-label={label} />;
}
