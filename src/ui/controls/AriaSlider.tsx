import { Slider, SliderThumb, SliderTrack } from 'react-aria-components/Slider';
import { useLayoutEffect, useRef } from 'react';
import { fractionOf } from './scale';
import type { SliderProps } from './Slider';

/** Its positions are steps of the scale, so React Aria's keyboard just works. */
export default function AriaSlider(props: SliderProps) {
  const { label, value, scale, text, describedBy, onChange, onCommit, behind } = props;
  const input = useRef<HTMLInputElement>(null);
  // React Aria announces the position, which means nothing to a listener, and takes no other words.
  useLayoutEffect(() => {
    input.current?.setAttribute('aria-valuetext', text);
  });
  return (
    <Slider
      className="slider"
      aria-label={label}
      value={scale.positionOf(value)}
      minValue={0}
      maxValue={scale.length}
      step={1}
      onChange={(position) => {
        const next = scale.valueAt(position);
        if (next !== value) onChange(next);
      }}
      onChangeEnd={onCommit}
    >
      <SliderTrack className="slider-track">
        {behind}
        <div className="slider-rail" />
        <div
          className="slider-filled"
          style={{ width: `${String(100 * fractionOf(scale, value))}%` }}
        />
        <SliderThumb
          className="slider-thumb"
          inputRef={input}
          aria-label={label}
          {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
        />
      </SliderTrack>
    </Slider>
  );
}
