import { memo } from 'react';
import { useTranslation } from '../../i18n';
import { setLab } from '../../state/lab';
import { OPTIMIZERS } from '../../techniques/train/spec';
import { RacerMark } from './looks';

/** Who races: any of the engine's optimizers, one at least. */
export const Racers = memo(function Racers({ optimizers }: { readonly optimizers: string }) {
  const { t } = useTranslation();
  const racing = OPTIMIZERS.filter((id) => optimizers.split('~').includes(id));
  return (
    <div className="lab-racers" role="group" aria-label={t('lab.option.optimizers')}>
      {OPTIMIZERS.map((id) => {
        const races = racing.includes(id);
        const isLast = races && racing.length === 1;
        return (
          <button
            key={id}
            type="button"
            className="lab-racer"
            aria-pressed={races}
            aria-disabled={isLast}
            onClick={() => {
              if (isLast) return;
              const next = OPTIMIZERS.filter((each) => (each === id) !== racing.includes(each));
              setLab({ optimizers: next.join('~') });
            }}
          >
            <RacerMark optimizer={id} />
            {t(`choice.optimizer.${id}`)}
          </button>
        );
      })}
    </div>
  );
});
