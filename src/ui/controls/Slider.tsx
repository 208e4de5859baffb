import type { ReactNode } from 'react';
import { later } from './later';
import { fractionOf } from './scale';
import type { Scale } from './scale';

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly scale: Scale;
  /** The value in words, for screen readers. */
  readonly text: string;
  readonly describedBy?: string | undefined;
  readonly onChange: (value: number) => void;
  readonly onCommit: () => void;
  /** Drawn behind the track, as wide as it. */
  readonly behind?: ReactNode;
}

/** A slider on any scale. */
export const Slider = later(() => import('./AriaSlider'), StillSlider);

function StillSlider({ value, scale, behind }: SliderProps) {
  const share = `${String(100 * fractionOf(scale, value))}%`;
  return (
    <div className="slider" aria-hidden="true" data-still>
      <div className="slider-track" style={{ position: 'relative' }}>
        {behind}
        <div className="slider-rail" />
        <div className="slider-filled" style={{ width: share }} />
        <div
          className="slider-thumb"
          style={{ position: 'absolute', left: share, transform: 'translate(-50%, -50%)' }}
        />
      </div>
    </div>
  );
}
