import { useCallback, useMemo } from 'react';
import type { Race } from '../../lab/results';
import { Canvas } from './Canvas';
import { drawTracks } from './draw-tracks';
import type { Player } from './player';
import { useColours } from './useColours';
import { useShownStep } from './usePlayer';
import { wayOf, type Picture } from './ways';

interface WaysCanvasProps {
  readonly width: number;
  readonly height: number;
  readonly race: Race;
  readonly picture: Picture;
  readonly player: Player;
}

/** The ways up to the step that is shown, over a picture. */
export function WaysCanvas({ width, height, race, picture, player }: WaysCanvasProps) {
  const colours = useColours();
  const at = useShownStep(player);
  const ways = useMemo(() => race.tracks.map((track) => wayOf(track, picture)), [race, picture]);
  const draw = useCallback(
    (context: CanvasRenderingContext2D) => {
      drawTracks(context, ways, at, colours, picture);
    },
    [ways, at, colours, picture],
  );
  return <Canvas width={width} height={height} draw={draw} />;
}
