import type { Step } from '../../experiment/step';
import { useFormat, useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { liveChanges } from './liveChanges';

/** Changes that are shown of a longer list. */
const SHOWN = 3;

/** The learning rates that were set while the step ran: they are part of the recipe, and can be taken out of it. */
export function LiveChanges({ step, index }: { readonly step: Step; readonly index: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const setOption = useWhittle((page) => page.setOption);
  const isRunning = useWhittle(
    ({ status, cursor }) => cursor.step === index && (status === 'running' || status === 'paused'),
  );
  const changes = liveChanges('at' in step ? step.at : undefined);
  if (changes.length === 0) return null;
  const hidesSome = changes.length > SHOWN + 1;
  const last = changes.slice(hidesSome ? -SHOWN : 0).map(({ iteration, learningRate }) =>
    t('recipe.liveChange', {
      lr: format.significant(learningRate),
      iteration: format.number(iteration),
    }),
  );
  const text = `${hidesSome ? '… ' : ''}${last.join(', ')}`;
  return (
    <p className="quiet live-changes">
      {t('recipe.live', { changes: text })}{' '}
      {!isRunning && (
        <button
          type="button"
          className="text-button"
          onClick={() => {
            setOption(index, 'at', '');
          }}
        >
          {t('recipe.clearLive')}
        </button>
      )}
    </p>
  );
}
