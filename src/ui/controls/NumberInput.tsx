import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { admit, readNumber } from './scale';
import type { NumberMeta, Scale } from './scale';

interface NumberInputProps {
  readonly label: string;
  readonly value: number;
  readonly meta: NumberMeta;
  readonly scale: Scale;
  readonly format: (value: number) => string;
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean;
  readonly onChange: (value: number) => void;
}

/** The value beside a slider, to be typed: `90`, `90 %`, `3e-4`. Arrow keys move as on the slider. */
export function NumberInput(props: NumberInputProps) {
  const { label, value, meta, scale, format, describedBy, invalid = false, onChange } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const text = draft ?? format(value);

  const leave = () => {
    if (draft === null) return;
    const read = readNumber(draft, meta.unit === 'percent');
    setDraft(null);
    if (read !== null && admit(read, meta) !== value) onChange(admit(read, meta));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') leave();
    if (event.key === 'Escape') setDraft(null);
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    setDraft(null);
    onChange(scale.valueAt(Math.round(scale.positionOf(value)) + by));
  };
  return (
    <input
      className="number-input"
      type="text"
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      value={text}
      size={Math.max(4, text.length)}
      onChange={(event) => {
        setDraft(event.target.value);
      }}
      onFocus={(event) => {
        event.target.select();
      }}
      onBlur={leave}
      onKeyDown={onKeyDown}
    />
  );
}
