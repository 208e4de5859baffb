import { useFormat, useTranslation } from '../../i18n';
import { canonicalLink } from '../../state/session';
import { useWhittle } from '../../state/store';

/** Offers to go on with a run that a closed tab interrupted. */
export function SavedRun() {
  const { t } = useTranslation();
  const format = useFormat();
  const saved = useWhittle((page) => page.savedRun);
  const link = useWhittle((page) => page.link);
  const resumeSaved = useWhittle((page) => page.resumeSaved);
  const discardSaved = useWhittle((page) => page.discardSaved);
  if (saved === null) return null;
  const isOther = canonicalLink(link.experiment, link.view.backend) !== saved.link;
  return (
    <section className="saved-run" aria-label={t('saved.title')}>
      <p>
        <strong>{t('saved.title')}</strong>{' '}
        {t('saved.detail', {
          step: saved.step + 1,
          iteration: format.number(saved.done),
          when: format.ago(saved.savedAt),
        })}
        {isOther && <span className="quiet"> {t('saved.other')}</span>}
      </p>
      <button type="button" className="button button-main" onClick={resumeSaved}>
        {t('saved.goOn')}
      </button>
      <button type="button" className="button" onClick={discardSaved}>
        {t('saved.discard')}
      </button>
    </section>
  );
}
