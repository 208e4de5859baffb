import { useLayoutEffect, useRef } from 'react';

interface CanvasProps {
  readonly width: number;
  readonly height: number;
  /** Draws in pixels of the page; called anew when it is another function. */
  readonly draw: (context: CanvasRenderingContext2D) => void;
}

/** A picture as sharp as the screen. */
export function Canvas({ width, height, draw }: CanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    const scale = window.devicePixelRatio;
    canvas.current.width = Math.round(width * scale);
    canvas.current.height = Math.round(height * scale);
    context.scale(scale, scale);
    draw(context);
  }, [width, height, draw]);
  return <canvas ref={canvas} className="lab-canvas" style={{ width, height }} />;
}
