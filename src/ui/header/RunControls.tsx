import { useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';

/** Play, step, reset, undo and redo. */
export function RunControls() {
  const { t } = useTranslation();
  const status = useWhittle((page) => page.status);
  const canUndo = useWhittle(({ past, held }) => past.length > 0 || held !== null);
  const canRedo = useWhittle(({ future }) => future.length > 0);
  const { play, pause, singleStep, reset, undo, redo } = useActions();
  const busy = status === 'running' || status === 'measuring';
  // Still in reach of the keyboard, which would lose its place on a button that is really disabled.
  const done = status === 'done';
  const spent = done ? { 'aria-disabled': true, title: t('header.doneHint') } : {};
  return (
    <div className="run-controls" role="group" aria-label={t('header.controls')}>
      <button type="button" className="button button-main" onClick={busy ? pause : play} {...spent}>
        <PlayIcon playing={busy} />
        {t(busy ? 'header.pause' : 'header.play')}
      </button>
      <button
        type="button"
        className="button"
        title={t('header.stepHint')}
        {...(busy ? { 'aria-disabled': true } : spent)}
        onClick={() => {
          if (!busy) singleStep();
        }}
      >
        {t('header.step')}
      </button>
      <button type="button" className="button" title={t('header.resetHint')} onClick={reset}>
        {t('header.reset')}
      </button>
      <button
        type="button"
        className="button button-icon"
        aria-label={t('header.undo')}
        title={t('header.undo')}
        disabled={!canUndo}
        onClick={undo}
      >
        <TurnIcon back />
      </button>
      <button
        type="button"
        className="button button-icon"
        aria-label={t('header.redo')}
        title={t('header.redo')}
        disabled={!canRedo}
        onClick={redo}
      >
        <TurnIcon />
      </button>
    </div>
  );
}

function useActions() {
  return {
    play: useWhittle((page) => page.play),
    pause: useWhittle((page) => page.pause),
    singleStep: useWhittle((page) => page.singleStep),
    reset: useWhittle((page) => page.reset),
    undo: useWhittle((page) => page.undo),
    redo: useWhittle((page) => page.redo),
  };
}

function PlayIcon({ playing }: { readonly playing: boolean }) {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path d={playing ? 'M2 1.5h3v9H2zM7 1.5h3v9H7z' : 'M2 1v10l9-5z'} fill="currentColor" />
    </svg>
  );
}

function TurnIcon({ back = false }: { readonly back?: boolean }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
      transform={back ? undefined : 'scale(-1 1)'}
    >
      <path
        d="M6 3 2.5 6.5 6 10M3 6.5h6a4 4 0 0 1 0 7H6"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
      />
    </svg>
  );
}
