import { useEffect, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from '../../i18n';
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

/** How long it says why what was typed is not what stands there. */
const TOLD_MS = 6000;

/** The value beside a slider, to be typed: `90`, `90 %`, `3e-4`. Arrow keys move as on the slider. */
export function NumberInput(props: NumberInputProps) {
  const { label, value, meta, scale, format, describedBy, invalid = false, onChange } = props;
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const [told, tell] = useTold();
  const text = draft ?? format(value);

  const leave = () => {
    if (draft === null) return;
    const read = readNumber(draft, meta.unit === 'percent');
    setDraft(null);
    if (read === null) {
      tell(t('number.unread', { typed: draft.trim() }));
      return;
    }
    const admitted = admit(read, meta);
    if (read < meta.min || read > meta.max) {
      tell(t('number.held', { least: format(meta.min), most: format(meta.max) }));
    }
    if (admitted !== value) onChange(admitted);
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
    <span className="number-field">
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
          tell(null);
        }}
        onFocus={(event) => {
          event.target.select();
        }}
        onBlur={leave}
        onKeyDown={onKeyDown}
      />
      <span role="status" className="number-told">
        {told}
      </span>
    </span>
  );
}

/** A message that goes by itself. */
function useTold() {
  const [told, tell] = useState<string | null>(null);
  useEffect(() => {
    if (told === null) return;
    const timer = setTimeout(() => {
      tell(null);
    }, TOLD_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [told]);
  return [told, tell] as const;
}
