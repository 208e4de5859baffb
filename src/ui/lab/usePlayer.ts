import { useEffect, useLayoutEffect, useState } from 'react';
import { useStore } from 'zustand';
import { setLab } from '../../state/lab';
import { createPlayer, shownStep, type Player } from './player';

/** The player of a race so long, at the step of the link; it stays the same. */
export function usePlayer(total: number, step: number): Player {
  const [player] = useState(() =>
    createPlayer(window, { step, total }, (chosen) => {
      setLab({ step: chosen });
    }),
  );
  useLayoutEffect(() => {
    player.setTotal(total);
  }, [player, total]);
  useLayoutEffect(() => {
    player.open(step);
  }, [player, step]);
  useEffect(() => player.stop, [player]);
  return player;
}

/** The step that is shown. Whatever asks is drawn at every frame while the race plays. */
export function useShownStep({ store }: Player): number {
  return useStore(store, shownStep);
}
