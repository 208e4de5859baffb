import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import type { Problem } from '../../experiment/problem';
import { useTranslation } from '../../i18n';
import { useProblemText } from '../../i18n/useProblemText';
import { useWhittle } from '../../state/store';
import { Unfold } from '../controls/Unfold';

/** What the worker, the link or a failed run has to say; newest first, until dismissed. */
export function Notices() {
  const { t } = useTranslation();
  const textOf = useProblemText();
  const problems = useWhittle((page) => page.problems);
  const dismiss = useWhittle((page) => page.dismiss);
  const ofLink = problems.filter(({ at }) => at === 'link');
  const grouped = ofLink.length > 1 ? ofLink : [];
  const section = useRef<HTMLElement>(null);
  const dismissed = useRef(false);
  useEffect(() => {
    if (!dismissed.current) return;
    dismissed.current = false;
    // The keyboard would start from the top again.
    const next = section.current?.querySelector<HTMLElement>('.button-icon');
    (next ?? document.getElementById('recipe'))?.focus({ preventScroll: true });
  }, [problems]);
  const onDismiss = (...some: readonly Problem[]) => {
    dismissed.current = true;
    some.forEach(dismiss);
  };
  return (
    <section ref={section} className="notices" aria-label={t('notice.title')} aria-live="polite">
      {problems
        .filter((problem) => !grouped.includes(problem))
        .toReversed()
        .map((problem) => (
          <Notice
            key={problem.message}
            label={t('notice.dismiss')}
            onDismiss={() => {
              onDismiss(problem);
            }}
          >
            <p>{textOf(problem)}</p>
          </Notice>
        ))}
      {grouped.length > 0 && (
        <Notice
          label={t('notice.dismissAll')}
          onDismiss={() => {
            onDismiss(...grouped);
          }}
        >
          <LinkProblems problems={grouped} />
        </Notice>
      )}
    </section>
  );
}

interface NoticeProps {
  readonly label: string;
  readonly onDismiss: () => void;
  readonly children: ReactNode;
}

function Notice({ label, onDismiss, children }: NoticeProps) {
  return (
    <div className="notice">
      {children}
      <button
        type="button"
        className="button button-icon button-quiet"
        aria-label={label}
        onClick={onDismiss}
      >
        <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
          <path d="m2 2 8 8M10 2l-8 8" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </button>
    </div>
  );
}

/** Problems shown at once; the rest would push the page down. */
const SHOWN = 3;

/** How many things a problem stands for: the last of a long list counts those that are not in it. */
function countOf({ code, params }: Problem): number {
  return code === 'linkMore' ? Number(params['count']) : 1;
}

/** What was wrong with the link, in one notice. */
function LinkProblems({ problems }: { readonly problems: readonly Problem[] }) {
  const { t } = useTranslation();
  const total = (some: readonly Problem[]) => some.reduce((sum, one) => sum + countOf(one), 0);
  const rest = problems.slice(SHOWN);
  return (
    <div>
      <p>{t('notice.link', { count: total(problems) })}</p>
      <List problems={problems.slice(0, SHOWN)} />
      {rest.length > 0 && (
        <Unfold title={t('notice.more', { count: total(rest) })}>
          {() => <List problems={rest} />}
        </Unfold>
      )}
    </div>
  );
}

function List({ problems }: { readonly problems: readonly Problem[] }) {
  const textOf = useProblemText();
  return (
    <ul className="notice-list">
      {problems.map((problem) => (
        <li key={problem.message}>{textOf(problem)}</li>
      ))}
    </ul>
  );
}
