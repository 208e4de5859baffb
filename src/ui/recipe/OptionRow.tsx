import { withoutSpaces } from '../../experiment/model';
import { modelOfOption, optionOfModel } from '../../experiment/options';
import { useTranslation } from '../../i18n';
import type { StepView } from '../../state/recipe';
import { useWhittle } from '../../state/store';
import { datasetAt } from '../../techniques/dataset-at';
import { Choice } from '../controls/Choice';
import { NumberInput } from '../controls/NumberInput';
import { ProblemsAt, useProblemsAt } from '../controls/Problems';
import { scaleOf } from '../controls/scale';
import { Slider } from '../controls/Slider';
import { LayerField } from './LayerField';
import { useOptionText } from './useOptionText';

interface OptionRowProps {
  readonly view: StepView;
  readonly option: string;
  readonly index: number;
}

/** One option, drawn from its schema's metadata. */
export function OptionRow({ view, option: name, index }: OptionRowProps) {
  const { t, exists } = useTranslation();
  const { bare, withUnit } = useOptionText();
  const setOption = useWhittle((page) => page.setOption);
  const commit = useWhittle((page) => page.commit);
  const dataset = useWhittle(({ link }) => datasetAt(link.experiment, index));
  const at = `step.${String(index)}.${name}`;
  const problems = useProblemsAt(at);
  const option = view.options[name];
  if (option === undefined) return null;
  const label = t(`option.${name}`, {}, name);
  const hint = exists(`optionHint.${name}`) ? t(`optionHint.${name}`) : undefined;
  const describedBy = problems.length > 0 ? at : undefined;
  const invalid = problems.length > 0;
  const { meta, value } = option;
  return (
    <div className="option">
      <div className="option-head">
        <span className="option-name">{label}</span>
        {meta.kind === 'choice' && (
          <Choice
            label={label}
            value={String(value)}
            items={meta.choices.map((id) => ({ id, label: t(`choice.${name}.${id}`) }))}
            {...{ describedBy, invalid }}
            onChange={(id) => {
              setOption(index, name, id);
            }}
          />
        )}
        {meta.kind === 'number' && typeof value === 'number' && (
          <NumberInput
            label={label}
            value={value}
            meta={meta}
            scale={scaleOf(meta)}
            format={(shown) => bare(meta, shown)}
            {...{ describedBy, invalid }}
            onChange={(next) => {
              setOption(index, name, next);
            }}
          />
        )}
      </div>
      {meta.kind === 'number' && typeof value === 'number' && (
        <Slider
          label={label}
          value={value}
          scale={scaleOf(meta)}
          text={withUnit(option)}
          describedBy={describedBy}
          onChange={(next) => {
            setOption(index, name, next, true);
          }}
          onCommit={commit}
        />
      )}
      {meta.kind === 'network' && (
        <LayerField
          id={at}
          {...{ label, dataset }}
          hint={hint ?? ''}
          model={modelOfOption(String(value))}
          mayBeEmpty
          onChange={(model) => {
            setOption(index, name, optionOfModel(withoutSpaces(model)));
          }}
        />
      )}
      {hint !== undefined && meta.kind !== 'network' && <p className="quiet option-hint">{hint}</p>}
      {meta.kind !== 'network' && <ProblemsAt problems={problems} id={at} />}
    </div>
  );
}
