import { memo } from 'react';
import type { Variant } from '../../experiment/report';
import { useFormat, useTranslation } from '../../i18n';
import { FoldButton, useFold } from '../controls/Unfold';
import { Verdict } from './ChangeText';
import { ClockRow } from './ClockRow';
import { Head, Lines } from './Lines';
import type { VariantsProps } from './Lines';
import { isClocked, splitMeasures, timingOf } from './measures';

interface CompareTableProps extends VariantsProps {
  readonly everyStep: boolean;
  /** Shows every step, or the main variants alone; null where they are the same. */
  readonly onEveryStep: ((everyStep: boolean) => void) | null;
}

/** As many columns as stand side by side on the narrowest page; more are scrolled to. */
const FITTING = 4;

/** The variants side by side: each number with its bar and its difference from the baseline. */
export const CompareTable = memo(function CompareTable(props: CompareTableProps) {
  const { variants, baseline, everyStep, onEveryStep } = props;
  const { t } = useTranslation();
  const fold = useFold();
  const { first, rest } = splitMeasures(variants);
  const scrolls = variants.length > FITTING;
  return (
    <section className="card" aria-labelledby="compare-title">
      <div className="card-head">
        <h3 id="compare-title">{t('compare.title')}</h3>
        {onEveryStep && (
          <button
            type="button"
            className="text-button"
            onClick={() => {
              onEveryStep(!everyStep);
            }}
          >
            {t(everyStep ? 'compare.mainOnly' : 'compare.everyStep')}
          </button>
        )}
      </div>
      <div
        className="compare-scroll"
        {...(scrolls ? { tabIndex: 0, role: 'region', 'aria-label': t('compare.table') } : {})}
      >
        <table className={scrolls ? 'compare-table' : 'compare-table compare-even'}>
          <caption className="visually-hidden">{t('compare.tableCaption')}</caption>
          <Head variants={variants} />
          <Lines measures={first} variants={variants} baseline={baseline} />
          {!variants.some(isClocked) && <ClockRow columns={variants.length} />}
          {fold.open && (
            <Lines id={fold.panel} measures={rest} variants={variants} baseline={baseline} />
          )}
        </table>
        {scrolls && <div className="compare-fade" aria-hidden="true" />}
      </div>
      <div className="compare-foot">
        <FoldButton {...fold}>
          {fold.open
            ? t('compare.fewerMeasures')
            : t('compare.moreMeasures', { count: rest.length })}
        </FoldButton>
        {variants.length > 1 && <Key />}
      </div>
      {fold.open && <TimedOn variants={variants} />}
    </section>
  );
});

/** What tick and cross mean. */
function Key() {
  const { t } = useTranslation();
  return (
    <p className="quiet compare-key">
      {t('compare.key')}
      <span>
        <Verdict verdict="better" /> {t('compare.better')}
      </span>
      <span>
        <Verdict verdict="worse" /> {t('compare.worse')}
      </span>
    </p>
  );
}

/** How the latencies were measured. */
function TimedOn({ variants }: { readonly variants: readonly Variant[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const timings = variants.flatMap(({ latency = [] }) => latency);
  const training = variants.map((variant) => timingOf(variant, 'training1')?.runtime);
  if (timings.length === 0) return null;
  const runs = [...new Set(timings.map((timing) => timing.runs))].sort((a, b) => a - b);
  const range = [runs[0], runs.at(-1)].filter((count, i, all) => i === 0 || count !== all[0]);
  return (
    <p className="quiet">
      {t('compare.timedOn', {
        runs: range.map((count) => format.number(count ?? 0, 0)).join('–'),
        runtime: training.find(Boolean) ?? '–',
      })}
    </p>
  );
}
