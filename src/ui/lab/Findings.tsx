import { useFormat, useTranslation } from '../../i18n';
import type { LabOptions } from '../../lab/options';
import type { Race } from '../../lab/results';
import { findingsOf } from './findings';
import { RacerMark } from './looks';
import { useNumberText } from './useNumberText';

const COUNTS: readonly string[] = ['step', 'onset', 'curvedAt', 'next', 'steps'];

/** The race in words, from its own numbers. */
export function Findings({ race, options }: { readonly race: Race; readonly options: LabOptions }) {
  const { t } = useTranslation();
  const format = useFormat();
  const number = useNumberText();
  return (
    <section className="card lab-card" aria-label={t('app.words')}>
      <h2>{t('app.words')}</h2>
      <ul className="lab-findings" aria-live="polite">
        {findingsOf(race, options).map(({ key, optimizer, numbers, tone }) => {
          const texts = Object.entries(numbers).map(
            ([name, value]) =>
              [name, COUNTS.includes(name) ? format.number(value) : number(value)] as const,
          );
          return (
            <li key={`${key} ${optimizer}`} className={tone === 'bad' ? 'lab-trouble' : undefined}>
              <RacerMark optimizer={optimizer} />
              <span>
                {t(`lab.finding.${key}`, {
                  ...Object.fromEntries(texts),
                  name: t(`choice.optimizer.${optimizer}`),
                })}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
