import { memo, useMemo } from 'react';
import { seen } from '../../experiment/dataset';
import { PictureView } from '../charts/PictureView';
import { asGrey } from '../charts/pixel-colours';
import type { Shape3 } from './collection';

interface ThumbProps {
  readonly picture: Uint8Array;
  readonly shape: Shape3;
  readonly inverts?: boolean;
}

/** A small picture as it is kept: grey values or colours as they are, in every theme. */
export const Thumb = memo(function Thumb({ picture, shape, inverts = false }: ThumbProps) {
  const [height, width, channels] = shape;
  const shown = useMemo(() => {
    const bright = seen(picture);
    const values = inverts ? bright.map((value) => 1 - value) : bright;
    return { width, height, channels, values };
  }, [picture, width, height, channels, inverts]);
  return <PictureView picture={shown} tone={asGrey} className="thumb" />;
});
