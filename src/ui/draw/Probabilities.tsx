import type { Variant } from '../../experiment/report';
import { useFormat, useTranslation } from '../../i18n';
import { roleColour, RoleMark } from '../charts/roles';
import { Bar } from '../compare/Bar';
import { useClassName } from '../compare/useClassName';
import { useVariantName } from '../compare/useVariantName';
import { sayingOf } from './agreement';
import type { Answers } from './useAnswers';

interface ProbabilitiesProps {
  readonly variants: readonly Variant[];
  readonly classes: readonly string[];
  readonly answers: Answers;
  readonly isLate: boolean;
}

/** As many columns as fit beside the names of the classes; more are scrolled to. */
const FITTING = 4;

/** A line for each class, a column for each variant: its probability as a number and a bar. */
export function Probabilities({ variants, classes, answers, isLate }: ProbabilitiesProps) {
  const { t } = useTranslation();
  const nameOf = useVariantName();
  const classOf = useClassName(classes);
  const best = variants.map(({ id }) => {
    const shares = answers[id];
    return shares === undefined ? null : (sayingOf(shares)?.best ?? null);
  });
  const scrolls = variants.length > FITTING;
  return (
    <div
      className="probabilities-scroll"
      {...(scrolls ? { tabIndex: 0, role: 'region', 'aria-label': t('draw.probabilities') } : {})}
    >
      <table
        className={scrolls ? 'probabilities' : 'probabilities probabilities-even'}
        aria-busy={isLate}
      >
        <caption className="visually-hidden">{t('draw.probabilities')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('compare.class')}</th>
            {variants.map((variant) => (
              <th key={variant.id} scope="col" title={nameOf.full(variant)}>
                <span className="variant-name">
                  <RoleMark role={variant.role} />
                  {nameOf.role(variant)}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map((name, row) => (
            <tr key={name}>
              <th scope="row">{classOf(row)}</th>
              {variants.map(({ id, role }, column) => (
                <Share
                  key={id}
                  share={answers[id]?.[row] ?? null}
                  isBest={best[column] === row}
                  colour={roleColour(role)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ShareProps {
  /** Null while nothing is asked. */
  readonly share: number | null;
  readonly isBest: boolean;
  readonly colour: string;
}

function Share({ share, isBest, colour }: ShareProps) {
  const format = useFormat();
  return (
    <td className={isBest ? 'probability-best' : undefined}>
      {share === null ? <span className="quiet">–</span> : format.percent(share, 1)}
      <Bar length={share ?? 0} colour={colour} />
    </td>
  );
}
