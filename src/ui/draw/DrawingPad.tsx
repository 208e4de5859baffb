import { useEffect, useImperativeHandle, useRef } from 'react';
import type { Ref } from 'react';
import { createPad, type Pad, type PadLook } from '../../draw/pad';
import type { Rgba } from '../../draw/shrink';

export type PadHandle = Pick<Pad, 'put' | 'clear' | 'setInk'>;

interface DrawingPadProps {
  readonly label: string;
  readonly ref: Ref<PadHandle>;
  /** Memoize it: another one begins anew. */
  readonly look: PadLook;
  /** Hears what is on the pad, at most once a frame; null once it is cleared. */
  readonly onPad: (pad: Rgba | null) => void;
}

/** What is drawn in. */
export function DrawingPad({ label, ref, look, onPad }: DrawingPadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<Pad | null>(null);
  const tell = useRef(onPad);
  useEffect(() => {
    tell.current = onPad;
  }, [onPad]);
  useEffect(() => {
    if (canvas.current === null) return;
    const made = createPad(canvas.current, look, (image) => {
      tell.current(image);
    });
    pad.current = made;
    return made.dispose;
  }, [look]);
  useImperativeHandle(
    ref,
    () => ({
      put: (picture) => pad.current?.put(picture),
      clear: () => pad.current?.clear(),
      setInk: (colour) => pad.current?.setInk(colour),
    }),
    [],
  );
  const className = look.ground === null ? 'drawing-pad drawing-pad-ink' : 'drawing-pad';
  return <canvas ref={canvas} className={className} role="img" aria-label={label} />;
}
