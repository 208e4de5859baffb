import type { Variant } from '../../experiment/report';
import { useFormat, useTranslation } from '../../i18n';
import { RoleMark } from '../charts/roles';
import { Verdict } from '../compare/ChangeText';
import { useClassName } from '../compare/useClassName';
import { useVariantName } from '../compare/useVariantName';
import { agree, sayingOf } from './agreement';
import type { Answers } from './useAnswers';

interface AgreementLineProps {
  readonly variants: readonly Variant[];
  readonly classes: readonly string[];
  readonly answers: Answers;
}

/** Whether all variants name the same class; where they do not, what each says and how sure it is. */
export function AgreementLine({ variants, classes, answers }: AgreementLineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useVariantName();
  const classOf = useClassName(classes);
  const said = variants.flatMap((variant) => {
    const shares = answers[variant.id];
    const saying = shares === undefined ? null : sayingOf(shares);
    return saying === null ? [] : [{ variant, saying }];
  });
  const [first] = said;
  if (first === undefined) return null;
  const sayings = said.map(({ saying }) => saying);
  if (said.length > 1 && agree(sayings)) {
    return (
      <p className="agreement">
        <Verdict verdict="better" />{' '}
        {t(said.length === 2 ? 'draw.bothSay' : 'draw.allSay', {
          answer: classOf(first.saying.best),
          least: format.percent(leastOf(sayings.map(({ share }) => share)), 0),
        })}
      </p>
    );
  }
  return (
    <>
      {said.length > 1 && (
        <p className="agreement">
          <Verdict verdict="worse" /> {t('draw.differ')}
        </p>
      )}
      <ul>
        {said.map(({ variant, saying: { best, share } }) => (
          <li key={variant.id}>
            <RoleMark role={variant.role} />{' '}
            {t('draw.says', {
              name: nameOf.role(variant),
              answer: classOf(best),
              share: format.percent(share, 0),
            })}
          </li>
        ))}
      </ul>
    </>
  );
}

/** A whole percentage that none is below: none is above 100 %, so that would say nothing. */
function leastOf(shares: readonly number[]): number {
  return Math.min(0.99, Math.floor(100 * Math.min(...shares)) / 100);
}
