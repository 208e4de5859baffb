import { SHAPES } from '../charts/roles';
import type { RacerId } from '../../lab/options';

/** How an optimizer is drawn: a colour of its own (`lab.css`), and two more signs for who sees none. */
interface Look {
  /** Lengths of dash and gap in pixels; empty: an unbroken line. */
  readonly dash: readonly number[];
  /** A mark around the origin, about 10 pixels across. */
  readonly shape: string;
}

export const LOOKS: Readonly<Record<RacerId, Look>> = {
  sgd: { dash: [], shape: SHAPES.baseline },
  momentum: { dash: [9, 4], shape: SHAPES.quantized },
  nesterov: { dash: [9, 3, 2, 3], shape: SHAPES.combined },
  rmsprop: { dash: [14, 4], shape: SHAPES.reshaped },
  adagrad: { dash: [5, 5], shape: SHAPES.other },
  adam: { dash: [3, 3], shape: SHAPES.pruned },
  adamw: { dash: [1.5, 4], shape: 'M-5 -3H5V3H-5Z' },
  lion: { dash: [6, 2, 2, 2, 2, 2], shape: 'M-3 -5.5H3V5.5H-3Z' },
};

export function colourName(optimizer: RacerId): string {
  return `--lab-${optimizer}`;
}

/** The mark of an optimizer in a text, on a piece of its line. */
export function RacerMark({ optimizer }: { readonly optimizer: RacerId }) {
  const { dash, shape } = LOOKS[optimizer];
  const colour = `var(${colourName(optimizer)})`;
  return (
    <svg className="racer-mark" viewBox="-14 -7 28 14" width="24" height="12" aria-hidden="true">
      <path d="M-14 0H14" stroke={colour} strokeWidth="2" strokeDasharray={dash.join(' ')} />
      <path d={shape} fill={colour} stroke="var(--card)" />
    </svg>
  );
}
