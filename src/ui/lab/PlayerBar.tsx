import { memo } from 'react';
import { useStore } from 'zustand';
import { useFormat, useTranslation } from '../../i18n';
import { scaleOf } from '../controls/scale';
import { Slider } from '../controls/Slider';
import type { Player } from './player';
import { useShownStep } from './usePlayer';

/** Rewind, step, play, and a slider over the whole race. */
export const PlayerBar = memo(function PlayerBar({ player }: { readonly player: Player }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { playing, total } = useStore(player.store);
  const at = useShownStep(player);
  const { toggle, seek, commit } = player;
  const go = (step: number) => () => {
    seek(step);
    commit();
  };
  const text = t('lab.stepOf', { step: format.number(at), steps: format.number(total) });
  const button = (label: string, drawing: string, press: () => void, disabled: boolean) => (
    <button
      type="button"
      className="button button-icon"
      aria-label={label}
      title={label}
      aria-disabled={disabled}
      onClick={() => {
        if (!disabled) press();
      }}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d={drawing} fill="currentColor" />
      </svg>
    </button>
  );
  return (
    <div className="lab-player" role="group" aria-label={t('lab.player')}>
      {button(t('lab.rewind'), 'M2 3h2v10H2zM14 3v10L5 8z', go(0), at === 0)}
      {button(t('lab.back'), 'M11 3v10L3 8zM12 3h1.5v10H12z', go(at - 1), at === 0)}
      <button type="button" className="button button-main lab-play" onClick={toggle}>
        {t(playing ? 'lab.pause' : 'lab.play')}
      </button>
      {button(t('lab.forward'), 'M5 3v10l8-5zM2.5 3H4v10H2.5z', go(at + 1), at === total)}
      <div className="lab-scrub">
        <Slider
          label={t('lab.step')}
          value={at}
          scale={scaleOf({ min: 0, max: total, step: 1, scale: 'linear', integer: true })}
          text={text}
          onChange={seek}
          onCommit={commit}
        />
      </div>
      <span className="lab-step quiet">{text}</span>
    </div>
  );
});
