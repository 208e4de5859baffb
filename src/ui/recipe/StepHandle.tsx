import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from '../../i18n';

interface StepHandleProps {
  readonly step: number;
  readonly name: string;
  readonly onMove: (to: number) => void;
  readonly onDrag: (y: number) => void;
  readonly onDrop: (kept: boolean) => void;
}

/** Where a card is taken hold of: with a pointer to drag it, with the arrow keys to move it. */
export function StepHandle({ step, name, onMove, onDrag, onDrop }: StepHandleProps) {
  const { t } = useTranslation();
  const dragging = useRef(false);
  const end = (kept: boolean) => {
    if (!dragging.current) return;
    dragging.current = false;
    onDrop(kept);
  };
  const onPointerDown = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return;
    dragging.current = true;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') end(false);
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onMove(step + by);
  };
  return (
    <button
      type="button"
      className="step-handle"
      aria-label={t('recipe.move', { step: step + 1, name })}
      title={t('recipe.moveHint')}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (dragging.current) onDrag(event.clientY);
      }}
      onPointerUp={() => {
        end(true);
      }}
      onPointerCancel={() => {
        end(false);
      }}
      onKeyDown={onKeyDown}
    >
      <svg viewBox="0 0 8 14" width="8" height="14" aria-hidden="true">
        {[2, 7, 12].map((y) => (
          <g key={y} fill="currentColor">
            <circle cx="1.6" cy={y} r="1.2" />
            <circle cx="6.4" cy={y} r="1.2" />
          </g>
        ))}
      </svg>
    </button>
  );
}
