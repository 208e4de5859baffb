import type { Picture } from '../../worker/protocol';
import type { Rgb } from './palette';

/** The colour of a value. */
export type Tone = (value: number) => Rgb;

/**
 * Colours of a picture's pixels, by column and row: one channel has its tone, three are red, green and blue as they
 * are, from 0 to 1.
 */
export function coloursOf(
  { width, channels, values }: Picture,
  tone: Tone,
): (x: number, y: number) => Rgb {
  return (x, y) => {
    const at = (y * width + x) * channels;
    const value = (channel: number) => values[at + channel] ?? 0;
    return channels === 3 ? [byteOf(value(0)), byteOf(value(1)), byteOf(value(2))] : tone(value(0));
  };
}

/** Grey values as they are, in every theme. */
export const asGrey: Tone = (value) => {
  const byte = byteOf(value);
  return [byte, byte, byte];
};

/** Weights for colours as colours: zero is grey, what a unit wants less of is darker, more of brighter. */
export function weightColours(picture: Picture): Picture {
  return { ...picture, values: picture.values.map((weight) => (1 + weight) / 2) };
}

function byteOf(value: number): number {
  return Math.round(255 * Math.min(1, Math.max(0, value)));
}
