import { useFormat, useTranslation } from '../../i18n';
import type { StepView } from '../../state/recipe';
import type { Format } from '../../i18n/format';
import type { Translate } from '../../i18n/translate';
import { liveChanges } from './liveChanges';
import { optionText } from './useOptionText';

/** Choices worth knowing even where they are the default. */
const TELLING: readonly string[] = [
  'optimizer',
  'epochs',
  'batch',
  'criterion',
  'scope',
  'scheme',
  'granularity',
];

/** A step's other options in one line: the telling ones, and whatever is not at its default. */
export function useStepSummary(view: StepView): string {
  const { t } = useTranslation();
  return stepSummary(view, t, useFormat());
}

export function stepSummary(view: StepView, t: Translate, format: Format): string {
  const { withUnit } = optionText(t, format);
  const parts = view.active.flatMap((name) => {
    const option = view.options[name];
    if (option === undefined || name === view.main || option.meta.kind === 'text') return [];
    if (option.meta.kind === 'dataset') return [];
    const isDefault = option.value === option.meta.default;
    if (isDefault && !TELLING.includes(name)) return [];
    const text = withUnit(option);
    const { meta } = option;
    const speaksForItself =
      meta.kind === 'choice' ||
      (meta.kind === 'number' && meta.unit !== undefined && TELLING.includes(name));
    return [speaksForItself ? text : `${t(`option.${name}`)} ${text}`];
  });
  // The others, and from when, are in the unfolded part.
  const last = liveChanges(view.options['at']?.value).at(-1);
  const live = last && t('recipe.isLive', { lr: format.significant(last.learningRate) });
  return [...parts, ...(live === undefined ? [] : [live])].join(' · ');
}
