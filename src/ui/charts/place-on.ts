import type { Axis } from './ticks';

/** A value's place between two pixels, by its axis. */
export function placeOn(
  { domain: [low, high] }: Axis,
  scale: 'log' | 'linear',
  from: number,
  to: number,
): (value: number) => number {
  const of = scale === 'log' ? Math.log : (value: number) => value;
  const [first, last] = [of(low), of(high)];
  const share = (value: number) => (last === first ? 0.5 : (of(value) - first) / (last - first));
  return (value) => from + share(value) * (to - from);
}
