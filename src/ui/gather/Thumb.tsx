import { memo, useCallback } from 'react';
import type { Shape3 } from './collection';
import { Pixels } from '../charts/Pixels';

interface ThumbProps {
  readonly picture: Uint8Array;
  readonly shape: Shape3;
  readonly inverted?: boolean;
}

/** A small picture as it is kept: grey values or colours as they are, in every theme. */
export const Thumb = memo(function Thumb({ picture, shape, inverted = false }: ThumbProps) {
  const [height, width, channels] = shape;
  const colourAt = useCallback(
    (x: number, y: number) => {
      const at = (y * width + x) * channels;
      const value = (channel: number) => {
        const byte = picture[at + Math.min(channel, channels - 1)] ?? 0;
        return inverted ? 255 - byte : byte;
      };
      return [value(0), value(1), value(2)] as const;
    },
    [picture, width, channels, inverted],
  );
  return <Pixels width={width} height={height} colourAt={colourAt} className="thumb" />;
});
