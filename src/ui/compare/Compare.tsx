import { lazy, Suspense, useDeferredValue, useMemo, useState } from 'react';
import { makingOf } from '../../draw/making';
import { resolveDataset } from '../../experiment/dataset';
import { ownNamed } from '../../experiment/own-dataset';
import { useTranslation } from '../../i18n';
import '../../i18n/later';
import { infoOf } from '../../state/own';
import { useWhittle } from '../../state/store';
import { datasetAt, lastDataset, lastTransfer } from '../../techniques/dataset-at';
import { RoleMark } from '../charts/roles';
import { AccuracySize } from './AccuracySize';
import { CompareTable } from './CompareTable';
import { LandscapeCard } from './LandscapeCard';
import { TakeAway } from '../takeaway/TakeAway';
import { Details } from './Details';
import { baselineOf, mainVariants } from './variants';
import '../charts/charts.css';
import './compare.css';

const TryCard = lazy(() => import('../draw/TryCard'));
const TransferCard = lazy(() => import('./ways/TransferCard'));

/** What each step did to accuracy, size and speed, side by side. */
export default function Compare() {
  // A table and charts are drawn in slices: while training runs, each variant arrives by itself.
  const all = useDeferredValue(useWhittle((page) => page.variants));
  const experiment = useWhittle(({ link }) => link.experiment);
  const dataset = lastDataset(experiment);
  // Networks of an earlier task were measured on other examples.
  const variants = useMemo(
    () => all.filter(({ step }) => datasetAt(experiment, step) === dataset),
    [all, experiment, dataset],
  );
  const seed = useWhittle(({ link }) => link.experiment.seed);
  const own = useWhittle((page) => page.own);
  const info = useMemo(() => infoOf(dataset, own), [dataset, own]);
  const making = useMemo(() => {
    const view = resolveDataset(dataset)?.view ?? null;
    return info === undefined ? null : makingOf(info, view, ownNamed(own, dataset)?.given);
  }, [info, dataset, own]);
  const [everyStep, setEveryStep] = useState(false);
  const baseline = baselineOf(variants);
  if (baseline === undefined) return <Empty />;
  const main = mainVariants(variants);
  const transfer = lastTransfer(experiment.recipe);
  const shown = everyStep ? variants : main;
  return (
    <div className="compare">
      <div className="compare-parts">
        <CompareTable
          variants={shown}
          baseline={baseline}
          everyStep={everyStep}
          onEveryStep={main.length < variants.length ? setEveryStep : null}
        />
        {transfer !== -1 && variants.some(({ step }) => step >= transfer) && (
          <Suspense fallback={null}>
            <TransferCard step={transfer} variants={all} />
          </Suspense>
        )}
        <AccuracySize variants={shown} />
        {info !== undefined && making !== null && (
          <Suspense fallback={null}>
            <TryCard
              key={`${dataset} ${String(seed)}`}
              {...{ dataset, making }}
              variants={shown}
              classes={info.classes}
            />
          </Suspense>
        )}
        <Details variants={variants} />
        <LandscapeCard variants={variants} />
        <TakeAway variants={shown} />
      </div>
    </div>
  );
}

const PARTS = ['baseline', 'pruned', 'quantized', 'reshaped', 'combined'] as const;

/** What will appear, and the marks by which it will be told apart. */
function Empty() {
  const { t } = useTranslation();
  const busy = useWhittle(({ status }) => status === 'running' || status === 'paused');
  const loads = useWhittle(({ link }) => link.experiment.recipe[0]?.technique === 'load');
  return (
    <section className="card compare-empty" aria-labelledby="compare-empty">
      <h3 id="compare-empty">{t('compare.emptyTitle')}</h3>
      <p className="quiet">{t(busy ? 'compare.emptyRunning' : 'compare.empty')}</p>
      <ul>
        {PARTS.map((role) => (
          <li key={role}>
            <RoleMark role={role} /> {t(`compare.role.${role}`)}{' '}
            <span className="quiet">
              {t(`compare.emptyRole.${loads && role === 'baseline' ? 'loaded' : role}`)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
