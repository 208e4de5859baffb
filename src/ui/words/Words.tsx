import { useMemo } from 'react';
import { useFormat, useTranslation } from '../../i18n';
import '../../i18n/later';
import { useWhittle } from '../../state/store';
import { RoleMark } from '../charts/roles';
import { useThrottled } from '../charts/useThrottled';
import { measuredOf } from './measured';
import { sentenceText } from './sentence-text';
import { sentences, titleOf } from './sentences';
import { useDiffering } from './useDiffering';
import './words.css';

/** The variants of a run come one after the other; what they say together is said once. */
const SETTLE_MS = 300;

/** What the measured numbers say, in plain sentences. */
export default function Words() {
  const { t, language } = useTranslation();
  // Chinese sentences end in a full stop that brings its own space.
  const space = language === 'zh' ? '' : ' ';
  const format = useFormat();
  const measured = useThrottled(useWhittle(measuredOf), SETTLE_MS);
  const status = useWhittle((page) => page.status);
  const own = useWhittle((page) => page.own);
  const { differing, busy } = useDiffering(measured);
  const { variants, experiment } = measured;
  const title = titleOf(variants);
  const [dataset = ''] = experiment.dataset.split(':');

  const lines = useMemo(
    () =>
      sentences(variants, { experiment, status, differing, own }).map((sentence) => ({
        key: sentence.key,
        text: sentenceText(sentence, { t, format, dataset }),
      })),
    [variants, experiment, status, differing, own, t, format, dataset],
  );

  return (
    <section className="card words" aria-labelledby="words-title">
      <div className="card-head">
        <h3 id="words-title">{t('app.words')}</h3>
        {title !== null && title.role !== 'other' && (
          <span className="quiet words-about">
            <RoleMark role={title.role} />{' '}
            {t(title.compared ? 'inWords.versus' : 'inWords.about', {
              what: t(
                title.compressions.length > 1
                  ? `inWords.combined.${title.compressions.join('-')}`
                  : `inWords.role.${title.role}`,
              ),
            })}
          </span>
        )}
      </div>
      {/* While nothing is measured the text follows the buttons, which announce themselves. */}
      <p
        className="words-text"
        aria-live={title === null ? 'off' : 'polite'}
        aria-atomic="true"
        aria-busy={busy}
      >
        {lines.map(({ key, text }) => (
          <span key={key} className={key === 'advice' ? 'words-advice' : undefined}>
            {text}
            {space}
          </span>
        ))}
      </p>
    </section>
  );
}
