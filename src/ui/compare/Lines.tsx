import type { Variant } from '../../experiment/report';
import { useTranslation } from '../../i18n';
import { RoleMark, roleColour } from '../charts/roles';
import { Bar } from './Bar';
import { ChangeText } from './ChangeText';
import { barLength, changeOf } from './measures';
import type { Measure } from './measures';
import { useMeasureText } from './useMeasureText';
import type { MeasureText } from './useMeasureText';
import { useVariantName } from './useVariantName';

export interface VariantsProps {
  readonly variants: readonly Variant[];
  /** Which of them, or of those not shown, the others are compared with. */
  readonly baseline: Variant;
}

/** A column's head for each variant: its mark, its name, and the step that made it. */
export function Head({ variants }: { readonly variants: readonly Variant[] }) {
  const nameOf = useVariantName();
  const { t } = useTranslation();
  return (
    <thead>
      <tr>
        <td />
        {variants.map((variant) => (
          <th key={variant.id} scope="col">
            <span className="variant-name">
              <RoleMark role={variant.role} />
              {nameOf.role(variant)}
            </span>
            <span className="quiet">{nameOf.step(variant)}</span>
            {variant.brought && (
              <span className="quiet">{t(`compare.brought.${variant.brought.join('-')}`)}</span>
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface LinesProps extends VariantsProps {
  readonly id?: string;
  readonly measures: readonly Measure[];
}

/** A line for each measure, with its bar and its difference from the baseline. */
export function Lines({ id, measures, variants, baseline }: LinesProps) {
  const textOf = useMeasureText();
  return (
    <tbody id={id}>
      {measures.map((measure) => {
        const text = textOf(measure, variants);
        return (
          <tr key={measure.id}>
            <th scope="row">
              {text.name}
              <span className="quiet">{text.unit}</span>
            </th>
            {variants.map((variant) => (
              <Cell key={variant.id} {...{ measure, text, variant, variants, baseline }} />
            ))}
          </tr>
        );
      })}
    </tbody>
  );
}

interface CellProps extends VariantsProps {
  readonly measure: Measure;
  readonly text: MeasureText;
  readonly variant: Variant;
}

function Cell({ measure, text, variant, variants, baseline }: CellProps) {
  const value = measure.read(variant);
  if (value === undefined) return <td className="quiet">–</td>;
  const all = variants.flatMap((one) => measure.read(one) ?? []);
  const change = changeOf(measure, variant, baseline);
  return (
    <td>
      <span className="compare-value">{text.value(value)}</span>
      {measure.spread !== undefined && <Spread {...{ measure, text, variant }} />}
      <Bar length={barLength(measure, value, all)} colour={roleColour(variant.role)} />
      {change !== null && (
        <ChangeText change={change} text={text.change(change, measure.read(baseline) ?? 0)} />
      )}
    </td>
  );
}

/** What 95 of 100 runs do not exceed. */
function Spread({ measure, text, variant }: Pick<CellProps, 'measure' | 'text' | 'variant'>) {
  const { t } = useTranslation();
  const value = measure.spread?.(variant);
  if (value === undefined) return null;
  return <span className="quiet">{t('compare.within', { time: text.value(value) })}</span>;
}
