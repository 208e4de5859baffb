import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from '../../i18n';
import type { HistoryPoint } from '../../experiment/report';
import { iterationAt, xOf } from './plot';
import { useReadingEntries } from './Readout';
import type { Reading } from './rows';
import { nearest } from './rows';

interface ReadingCursorProps {
  readonly history: readonly HistoryPoint[];
  readonly end: number;
  readonly width: number;
  readonly chosen: number | null;
  readonly reading: Reading | null;
  readonly onChoose: (iteration: number | null) => void;
}

/** Points that Page Up and Page Down pass over, as a share of all. */
const PAGE = 0.1;

/**
 * The line at which the curves are read: follows the pointer or the arrow keys over all plots at once.
 * To assistive technology it is a slider over the iterations whose value is the reading.
 */
export function ReadingCursor(props: ReadingCursorProps) {
  const { history, end, width, chosen, reading, onChoose } = props;
  const { t } = useTranslation();
  const entries = useReadingEntries(reading);
  const last = history.length - 1;
  if (reading === null) return null;

  const point = (event: PointerEvent<HTMLElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    onChoose(iterationAt(event.clientX - left, end, width));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = nearest(history, reading.point.iteration);
    const page = Math.max(1, Math.round(history.length * PAGE));
    const to = {
      ArrowLeft: at - 1,
      ArrowDown: at - 1,
      ArrowRight: at + 1,
      ArrowUp: at + 1,
      PageDown: at - page,
      PageUp: at + page,
      Home: 0,
      End: last,
    }[event.key];
    if (event.key === 'Escape') onChoose(null);
    if (to === undefined) return;
    event.preventDefault();
    onChoose(history[Math.min(last, Math.max(0, to))]?.iteration ?? null);
  };
  return (
    <div
      className="reading"
      role="slider"
      tabIndex={0}
      aria-label={t('watch.readAt')}
      aria-valuemin={history[0]?.iteration ?? 0}
      aria-valuemax={history[last]?.iteration ?? 0}
      aria-valuenow={reading.point.iteration}
      aria-valuetext={entries.map(({ name, value }) => `${name} ${value}`).join(', ')}
      onKeyDown={onKeyDown}
      onPointerMove={point}
      onPointerDown={point}
      onPointerLeave={(event) => {
        // A finger that lifts leaves the reading where it was; a mouse that goes away takes it along.
        if (event.pointerType === 'mouse') onChoose(null);
      }}
      onBlur={() => {
        onChoose(null);
      }}
    >
      {chosen !== null && (
        <div className="reading-line" style={{ left: xOf(reading.point.iteration, end, width) }} />
      )}
    </div>
  );
}
