import { layerSettings, withSetting } from '../../experiment/layer-settings';
import { useTranslation } from '../../i18n';
import type { StepView } from '../../state/recipe';
import { useWhittle } from '../../state/store';
import { ProblemsAt, useProblemsAt } from '../controls/Problems';
import { useOptionText } from './useOptionText';
import './layer-settings.css';

/** The layers that are set apart from the others: part of the recipe, and each can be taken back. */
export function LayerSettings({
  view,
  index,
}: {
  readonly view: StepView;
  readonly index: number;
}) {
  const { t } = useTranslation();
  const { withUnit } = useOptionText();
  const setOption = useWhittle((page) => page.setOption);
  const at = `step.${String(index)}.layers`;
  const problems = useProblemsAt(at);
  const text = view.options['layers']?.value;
  if (typeof text !== 'string') return null;
  const option = view.options[view.byLayer?.option ?? ''];
  const textOf = (value: number) => (option ? withUnit({ ...option, value }) : String(value));
  return (
    <div
      className="layer-settings"
      role="group"
      aria-label={t('recipe.apart')}
      {...(problems.length > 0 ? { 'aria-describedby': at } : {})}
    >
      {layerSettings(text).map(({ layer, value }, i) => (
        <button
          key={`${layer} ${String(i)}`}
          type="button"
          className="chip"
          title={t('recipe.takeBack', { layer })}
          aria-label={`${layer} ${textOf(value)}: ${t('recipe.takeBack', { layer })}`}
          onClick={() => {
            setOption(index, 'layers', withSetting(text, layer, null));
          }}
        >
          {layer} {textOf(value)} <span aria-hidden="true">×</span>
        </button>
      ))}
      <ProblemsAt problems={problems} id={at} />
    </div>
  );
}
