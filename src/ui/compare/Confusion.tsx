import { memo } from 'react';
import { useFormat, useTranslation } from '../../i18n';
import { largestMistake, mistakesIn, shade } from './mistakes';
import type { ConfusionMatrix } from './mistakes';
import { SideBySide } from './SideBySide';
import { useClassName } from './useClassName';
import { useVariantName } from './useVariantName';
import type { Pair } from './variants';

interface ConfusionProps {
  readonly pair: Pair;
  readonly classes: readonly string[];
}

/** Names longer than this are written upright above their columns. */
const SHORT_NAME = 2;
/** More classes than this, and a matrix needs a column's whole width. */
const FEW_CLASSES = 3;

/** The confusion matrices of both variants, mistakes shaded on one scale. */
export function Confusion({ pair, classes }: ConfusionProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useVariantName();
  const matrices = pair.map(({ metrics }) => metrics.confusion ?? []);
  const largest = largestMistake(matrices);
  return (
    <>
      <p className="quiet">{t('compare.confusionHint')}</p>
      <SideBySide
        pair={pair}
        least={classes.length > FEW_CLASSES ? 'large' : 'small'}
        note={(_, side) => {
          const count = mistakesIn(matrices[side] ?? []);
          return t('compare.mistakes', { count, formatted: format.number(count, 0) });
        }}
      >
        {(variant, side) => (
          <Matrix
            confusion={matrices[side] ?? []}
            largest={largest}
            classes={classes}
            label={t('compare.confusionOf', { name: nameOf.full(variant) })}
          />
        )}
      </SideBySide>
    </>
  );
}

interface MatrixProps {
  readonly confusion: ConfusionMatrix;
  readonly largest: number;
  readonly classes: readonly string[];
  readonly label: string;
}

const Matrix = memo(function Matrix({ confusion, largest, classes, label }: MatrixProps) {
  const { t } = useTranslation();
  const classOf = useClassName(classes);
  const upright = classes.some((name) => name.length > SHORT_NAME);
  return (
    <table className={upright ? 'confusion confusion-upright' : 'confusion'}>
      <caption className="visually-hidden">{label}</caption>
      <thead>
        <tr>
          <td>
            <span className="visually-hidden">{t('compare.confusionCorner')}</span>
          </td>
          {classes.map((name, said) => (
            <th key={name} scope="col">
              <span>{classOf(said)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {confusion.map((row, is) => (
          <tr key={is}>
            <th scope="row">{classOf(is)}</th>
            {row.map((count, said) => (
              <Count key={said} {...{ count, largest }} right={said === is} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
});

interface CountProps {
  readonly count: number;
  readonly largest: number;
  readonly right: boolean;
}

/** The deepest shade of a mistake, in percent: text stays readable on it. */
const DEEPEST = 45;

function Count({ count, largest, right }: CountProps) {
  if (right) return <td className="confusion-right">{count}</td>;
  if (count === 0)
    return (
      <td>
        <span className="visually-hidden">0</span>
      </td>
    );
  const percent = Math.max(6, DEEPEST * shade(count, largest));
  return (
    <td
      className="confusion-wrong"
      style={{
        background: `color-mix(in srgb, var(--bad) ${percent.toFixed(0)}%, var(--card))`,
      }}
    >
      {count}
    </td>
  );
}
