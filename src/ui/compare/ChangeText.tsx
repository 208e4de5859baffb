import { useTranslation } from '../../i18n';
import type { Change } from './measures';

const SIGNS = { better: 'M1 5.2 3.8 8 9 2', worse: 'm2 2 6 6M8 2 2 8' } as const;

/** The sign of a verdict: a tick or a cross, so that colour is not alone. */
export function Verdict({ verdict }: { readonly verdict: keyof typeof SIGNS }) {
  return (
    <svg
      className={`verdict change-${verdict}`}
      viewBox="0 0 10 10"
      width="9"
      height="9"
      aria-hidden="true"
    >
      <path d={SIGNS[verdict]} fill="none" stroke="currentColor" strokeWidth="1.8" />
    </svg>
  );
}

/** A difference with its verdict as a sign, a colour, and a word for who sees neither. */
export function ChangeText({ change, text }: { readonly change: Change; readonly text: string }) {
  const { t } = useTranslation();
  const { verdict } = change;
  return (
    <span
      className={`change change-${verdict}`}
      {...(verdict === 'chance' ? { title: t('compare.chance') } : {})}
    >
      {verdict === 'chance' && <span className="visually-hidden">{t('compare.chance')} </span>}
      {(verdict === 'better' || verdict === 'worse') && (
        <>
          <Verdict verdict={verdict} />
          <span className="visually-hidden">{t(`compare.${verdict}`)} </span>
        </>
      )}
      {text}
    </span>
  );
}
