import { useEffect, useRef } from 'react';
import type { Rgb } from './palette';

interface PixelsProps {
  readonly width: number;
  readonly height: number;
  /** Colour of the pixel in column `x` of row `y`, from the top left. Memoize it: a new function paints anew. */
  readonly colourAt: (x: number, y: number) => Rgb | null;
  /** What the picture shows, for who does not see it; without, it is decoration beside a text. */
  readonly label?: string;
  readonly className?: string;
  readonly smooth?: boolean;
}

/** A small raster, enlarged by CSS. */
export function Pixels({ width, height, colourAt, label, className, smooth = false }: PixelsProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = ref.current?.getContext('2d');
    if (!context || width === 0 || height === 0) return;
    const image = context.createImageData(width, height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const colour = colourAt(x, y);
        if (colour === null) continue;
        const at = 4 * (y * width + x);
        image.data[at] = colour[0];
        image.data[at + 1] = colour[1];
        image.data[at + 2] = colour[2];
        image.data[at + 3] = 255;
      }
    }
    context.putImageData(image, 0, 0);
  }, [width, height, colourAt]);
  return (
    <canvas
      ref={ref}
      width={width}
      height={height}
      className={`pixels ${smooth ? 'pixels-smooth' : ''} ${className ?? ''}`}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
}
