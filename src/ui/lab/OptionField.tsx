import { memo } from 'react';
import { useTranslation } from '../../i18n';
import { optionMeta } from '../../experiment/options';
import { labOptionsSchema, type LabOptions } from '../../lab/options';
import { setLab } from '../../state/lab';
import { NumberInput } from '../controls/NumberInput';
import { fractionOf, scaleOf } from '../controls/scale';
import { Slider } from '../controls/Slider';
import { useOptionText } from '../recipe/useOptionText';

type NumberName = {
  [Name in keyof LabOptions]: LabOptions[Name] extends number ? Name : never;
}[keyof LabOptions];

interface OptionFieldProps {
  readonly name: NumberName;
  readonly value: number;
  /** With a slider below the number. */
  readonly slides?: boolean;
  /** A value that is marked on the slider; the hint says what it means. */
  readonly mark?: number | null;
}

/** A number of the race, drawn from its schema's metadata: anew only where it changes, in the midst of a drag. */
export const OptionField = memo(function OptionField(props: OptionFieldProps) {
  const { name, value, slides = true, mark = null } = props;
  const { t, exists } = useTranslation();
  const { bare } = useOptionText();
  const meta = optionMeta.get(labOptionsSchema.shape[name]);
  if (meta?.kind !== 'number') return null;
  const label = t(`lab.option.${name}`);
  const scale = scaleOf(meta);
  const change = (next: number) => {
    setLab({ [name]: next });
  };
  return (
    <div className="option">
      <div className="option-head">
        <span className="option-name">{label}</span>
        <NumberInput
          {...{ label, value, meta, scale }}
          format={(shown) => bare(meta, shown)}
          onChange={change}
        />
      </div>
      {slides && (
        <Slider
          {...{ label, value, scale }}
          text={bare(meta, value)}
          onChange={change}
          onCommit={() => {}}
          behind={
            mark !== null && (
              <div
                className="lab-mark"
                style={{ left: `${String(100 * fractionOf(scale, mark))}%` }}
              />
            )
          }
        />
      )}
      {mark !== null && (
        <p className="quiet option-hint">{t('lab.rateMark', { limit: bare(meta, mark) })}</p>
      )}
      {exists(`lab.optionHint.${name}`) && (
        <p className="quiet option-hint">{t(`lab.optionHint.${name}`)}</p>
      )}
    </div>
  );
});
