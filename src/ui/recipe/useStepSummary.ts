import { useTranslation } from '../../i18n';
import type { StepView } from '../../state/recipe';
import { liveChanges } from './liveChanges';
import { useOptionText } from './useOptionText';

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
  const { withUnit } = useOptionText();
  const parts = view.active.flatMap((name) => {
    const option = view.options[name];
    if (option === undefined || name === view.main || option.meta.kind === 'text') return [];
    const isDefault = option.value === option.meta.default;
    if (isDefault && !TELLING.includes(name)) return [];
    const text = withUnit(option);
    const speaksForItself =
      option.meta.kind === 'choice' || (option.meta.unit !== undefined && TELLING.includes(name));
    return [speaksForItself ? text : `${t(`option.${name}`)} ${text}`];
  });
  // Which, and from when, is in the unfolded part: here it would move the steps below while one drags.
  const isChanged = liveChanges(view.options['at']?.value).length > 0;
  return [...parts, ...(isChanged ? [t('recipe.isLive')] : [])].join(' · ');
}
