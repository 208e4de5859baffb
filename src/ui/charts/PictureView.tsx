import { memo, useMemo } from 'react';
import type { Picture } from '../../worker/protocol';
import { coloursOf, type Tone } from './pixel-colours';
import { Pixels } from './Pixels';

interface PictureViewProps {
  readonly picture: Picture;
  /** Of pictures with one channel. */
  readonly tone: Tone;
  readonly label?: string;
  readonly className?: string;
}

/** An example of a data set as a picture, all its channels. */
export const PictureView = memo(function PictureView({ picture, tone, ...rest }: PictureViewProps) {
  const colourAt = useMemo(() => coloursOf(picture, tone), [picture, tone]);
  const { width, height } = picture;
  return <Pixels {...{ width, height, colourAt }} {...rest} />;
});
