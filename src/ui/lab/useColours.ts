import { useMemo } from 'react';
import { OPTIMIZERS } from '../../techniques/train/spec';
import type { RacerId } from '../../lab/options';
import { mix, parseHex, usePalette, type Rgb } from '../charts/palette';
import { colourName } from './looks';

/** The colours of the theme that is shown, as a canvas takes them. */
export interface Colours {
  readonly card: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly racers: Readonly<Record<RacerId, string>>;
  /** From the lowest, 0, to the highest, 1. */
  readonly height: (share: number) => string;
}

export function useColours(): Colours {
  // It changes with the theme, and so do all others.
  const palette = usePalette();
  return useMemo(() => {
    const style = getComputedStyle(document.documentElement);
    const read = (name: string) => style.getPropertyValue(name).trim();
    const [low, high] = [parseHex(read('--lab-low')), parseHex(read('--lab-high'))];
    return {
      card: css(palette.card),
      ink: css(palette.ink),
      quiet: read('--ink-quiet'),
      line: read('--line-strong'),
      racers: Object.fromEntries(OPTIMIZERS.map((id) => [id, read(colourName(id))])) as Record<
        RacerId,
        string
      >,
      height: (share) => css(mix(low, high, share)),
    };
  }, [palette]);
}

function css(colour: Rgb): string {
  return `rgb(${colour.join(' ')})`;
}
