import { useSyncExternalStore } from 'react';

export type Rgb = readonly [number, number, number];

/** The page's colours as canvases need them: numbers from 0 to 255. */
export interface Palette {
  readonly negative: Rgb;
  readonly positive: Rgb;
  readonly card: Rgb;
  readonly ink: Rgb;
}

/** Reads `#rgb` or `#rrggbb`; black for anything else. */
export function parseHex(text: string): Rgb {
  const hex = text.trim().replace('#', '');
  const long = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
  if (!/^[0-9a-f]{6}$/i.test(long)) return [0, 0, 0];
  const at = (start: number) => parseInt(long.slice(start, start + 2), 16);
  return [at(0), at(2), at(4)];
}

/** `share` of the way from one colour to another. */
export function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const at = (i: 0 | 1 | 2) => Math.round(from[i] + (to[i] - from[i]) * share);
  return [at(0), at(1), at(2)];
}

/**
 * A value in [−1, 1] between orange (negative), the card (zero) and blue (positive). Most weights are
 * far smaller than the largest; the exponent keeps them visible and the order of colours true.
 */
export function diverging(value: number, { negative, positive, card }: Palette): Rgb {
  const share = Math.min(1, Math.abs(value)) ** 0.7;
  return mix(card, value < 0 ? negative : positive, share);
}

/** A brightness in [0, 1] between the card and the ink. */
export function inked(value: number, { card, ink }: Palette): Rgb {
  return mix(card, ink, Math.min(1, Math.max(0, value)));
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => parseHex(style.getPropertyValue(name));
  return {
    negative: colour('--negative'),
    positive: colour('--positive'),
    card: colour('--card'),
    ink: colour('--ink'),
  };
}

/** By theme: reading computed styles makes the browser lay out. */
const palettes = new Map<string, Palette>();

function shownPalette(): Palette {
  const theme = document.documentElement.dataset['theme'] ?? '';
  const known = palettes.get(theme);
  if (known !== undefined) return known;
  const palette = readPalette();
  palettes.set(theme, palette);
  return palette;
}

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    observer.disconnect();
  };
}

/** The palette of the theme that is shown; changes with it, so that canvases are painted anew. */
export function usePalette(): Palette {
  return useSyncExternalStore(subscribe, shownPalette);
}
