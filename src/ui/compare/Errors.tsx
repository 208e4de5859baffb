import { useTranslation } from '../../i18n';
import { RoleMark } from '../charts/roles';
import { ChangeText } from './ChangeText';
import { changeOf, measuresOf } from './measures';
import type { MeasureId } from './measures';
import { useMeasureText } from './useMeasureText';
import { useVariantName } from './useVariantName';
import type { Pair } from './variants';

const SHOWN: readonly MeasureId[] = ['mse', 'mae', 'r2'];

/** The errors of a regression, the second variant's compared with the first's. */
export function Errors({ pair }: { readonly pair: Pair }) {
  const { t } = useTranslation();
  const nameOf = useVariantName();
  const textOf = useMeasureText();
  const measures = measuresOf(pair).filter(({ id }) => SHOWN.includes(id));
  return (
    <table className="compare-table">
      <caption className="visually-hidden">{t('compare.errors')}</caption>
      <thead>
        <tr>
          <td />
          {pair.map((variant, side) => (
            <th key={side} scope="col">
              <span className="variant-name">
                <RoleMark role={variant.role} />
                {nameOf.role(variant)}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {measures.map((measure) => {
          const text = textOf(measure, pair);
          return (
            <tr key={measure.id}>
              <th scope="row">
                {text.name}
                <span className="quiet">{text.unit}</span>
              </th>
              {pair.map((variant, side) => {
                const value = measure.read(variant);
                const change = side === 1 ? changeOf(measure, variant, pair[0]) : null;
                return (
                  <td key={side}>
                    <span className="compare-value">
                      {value === undefined ? '–' : text.value(value)}
                    </span>
                    {change !== null && (
                      <ChangeText
                        change={change}
                        text={text.change(change, measure.read(pair[0]) ?? 0)}
                      />
                    )}
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
