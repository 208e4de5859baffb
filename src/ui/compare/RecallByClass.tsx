import { useFormat, useTranslation } from '../../i18n';
import type { Format } from '../../i18n/format';
import { RoleMark, roleColour } from '../charts/roles';
import { Bar } from './Bar';
import { ChangeText } from './ChangeText';
import { judged } from './measures';
import { useClassName } from './useClassName';
import { useVariantName } from './useVariantName';
import type { Pair } from './variants';

/** Digits after the point of a recall in percent. */
const DIGITS = 1;

interface RecallByClassProps {
  readonly pair: Pair;
  readonly classes: readonly string[];
}

/** Recall of each class by both variants, as bars on one scale, the second's compared with the first's. */
export function RecallByClass({ pair, classes }: RecallByClassProps) {
  const { t } = useTranslation();
  const nameOf = useVariantName();
  const classOf = useClassName(classes);
  const [a, b] = [pair[0].metrics.perClass ?? [], pair[1].metrics.perClass ?? []];
  return (
    <>
      <p className="quiet">{t('compare.recallHint')}</p>
      <table className="compare-table recall-table">
        <caption className="visually-hidden">{t('compare.recallByClass')}</caption>
        <thead>
          <tr>
            <th scope="col" className="quiet">
              {t('compare.class')}
            </th>
            {pair.map((variant, side) => (
              <th key={side} scope="col">
                <span className="variant-name">
                  <RoleMark role={variant.role} />
                  {nameOf.role(variant)}, %
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map((name, index) => (
            <tr key={name}>
              <th scope="row">{classOf(index)}</th>
              <td>
                <Recall share={a[index]?.recall ?? 0} colour={roleColour(pair[0].role)} />
              </td>
              <td>
                <Recall
                  share={b[index]?.recall ?? 0}
                  colour={roleColour(pair[1].role)}
                  against={a[index]?.recall ?? 0}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

interface RecallProps {
  readonly share: number;
  readonly colour: string;
  /** The first variant's, beside the second's. */
  readonly against?: number;
}

function Recall({ share, colour, against }: RecallProps) {
  const format = useFormat();
  return (
    <>
      <span className="recall-numbers">
        <span className="compare-value">{format.number(100 * share, DIGITS)}</span>
        {against !== undefined && (
          <Difference points={written(share) - written(against)} format={format} />
        )}
      </span>
      <Bar length={share} colour={colour} />
    </>
  );
}

/** As it is written, so that a reader can check the difference. */
function written(share: number): number {
  return Number((100 * share).toFixed(DIGITS));
}

function Difference({ points, format }: { readonly points: number; readonly format: Format }) {
  const { t } = useTranslation();
  const change = judged(points, DIGITS, 'more');
  const same = change.verdict === 'same';
  return (
    <ChangeText
      change={change}
      text={same ? t('compare.same') : format.signed(change.value, DIGITS)}
    />
  );
}
