import { useFormat, useTranslation } from '../../i18n';
import type { Option, OptionValue } from '../../state/recipe';
import type { Format } from '../../i18n/format';
import type { Translate } from '../../i18n/translate';
import { modelOfOption, type OptionMeta } from '../../experiment/options';

/** How an option's values are written: with their unit beside the slider, bare in the field. */
export interface OptionText {
  withUnit(option: Option): string;
  bare(meta: OptionMeta, value: OptionValue): string;
}

export function useOptionText(): OptionText {
  const { t } = useTranslation();
  return optionText(t, useFormat());
}

export function optionText(t: Translate, format: Format): OptionText {
  const bare = (meta: OptionMeta, value: OptionValue) => {
    if (meta.kind === 'network') return modelOfOption(String(value));
    if (meta.kind !== 'number' || typeof value !== 'number') return String(value);
    if (meta.unit === 'percent') return `${format.plain(value * 100, 3)} %`;
    if (meta.integer) return format.plain(value);
    return meta.scale === 'log' ? format.significant(value) : format.plain(value);
  };
  return {
    bare,
    withUnit: ({ name, meta, value }) => {
      if (meta.kind === 'choice') return t(`choice.${name}.${String(value)}`);
      const text = bare(meta, value);
      if (meta.kind !== 'number' || typeof value !== 'number') return text;
      if (name === 'batch') return t('unit.batch', { count: value });
      if (meta.unit === undefined || meta.unit === 'percent') return text;
      return t(`unit.${meta.unit}`, { count: value });
    },
  };
}
