import { useTranslation } from '../../i18n';
import { useProblemText } from '../../i18n/useProblemText';
import { useWhittle } from '../../state/store';

/** What the worker, the link or a failed run has to say; newest first, until dismissed. */
export function Notices() {
  const { t } = useTranslation();
  const textOf = useProblemText();
  const problems = useWhittle((page) => page.problems);
  const dismiss = useWhittle((page) => page.dismiss);
  return (
    <section className="notices" aria-label={t('notice.title')} aria-live="polite">
      {problems.toReversed().map((problem) => (
        <div key={problem.message} className="notice">
          <p>{textOf(problem)}</p>
          <button
            type="button"
            className="button button-icon button-quiet"
            aria-label={t('notice.dismiss')}
            onClick={() => {
              dismiss(problem);
            }}
          >
            <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
              <path d="m2 2 8 8M10 2l-8 8" stroke="currentColor" strokeWidth="1.5" />
            </svg>
          </button>
        </div>
      ))}
    </section>
  );
}
