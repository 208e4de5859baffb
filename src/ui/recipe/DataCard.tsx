import { lazy, Suspense, useState } from 'react';
import { DATASETS, resolveDataset } from '../../experiment/dataset';
import type { DatasetInfo } from '../../experiment/dataset';
import { useFormat, useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { Choice } from '../controls/Choice';
import type { ChoiceGroup } from '../controls/Choice';
import { ProblemsAt, useProblemsAt } from '../controls/Problems';

const DataMore = lazy(() => import('./DataMore'));

/** Not a set: opens the user's own. */
const ADD = 'add';

type Group = 'pictures' | 'tables' | 'planar' | 'regression';
const GROUPS: readonly Group[] = ['pictures', 'planar', 'tables', 'regression'];

function groupOf({ shape, planar, task }: DatasetInfo): Group {
  if (shape.length === 3) return 'pictures';
  if (task === 'regression') return 'regression';
  return planar ? 'planar' : 'tables';
}

/** The data: which set, how much of it, how noisy, and how far it has arrived. */
export function DataCard() {
  const { t } = useTranslation();
  const format = useFormat();
  const ref = useWhittle(({ link }) => link.experiment.dataset);
  const setDataset = useWhittle((page) => page.setDataset);
  const own = useWhittle((page) => page.own);
  const [adding, setAdding] = useState(false);
  const problems = useProblemsAt('data');
  const resolved = resolveDataset(ref);
  const info = resolved?.info;
  const noise = resolved?.noise ?? null;
  const missing =
    info?.id === 'own' && !own?.some((set) => set.ref === ref)
      ? [{ ref, name: t('dataset.own') }]
      : [];
  const groups: readonly ChoiceGroup[] = GROUPS.map((group): ChoiceGroup => ({
    title: t(`data.${group}`),
    items: DATASETS.filter((set) => groupOf(set) === group).map(({ id }) => ({
      id,
      label: t(`dataset.${id}`),
      hint: t(`datasetHint.${id}`),
    })),
  })).concat({
    title: t('data.own'),
    items: [
      ...[...missing, ...(own ?? [])].map(({ ref: id, name }) => ({ id, label: name })),
      { id: ADD, label: t('data.addOwn') },
    ],
  });
  return (
    <section className="card" aria-label={t('data.title')}>
      <div className="card-row">
        <Choice
          label={t('data.choose')}
          value={info === undefined || info.id === 'own' ? ref : info.id}
          items={groups}
          describedBy={problems.length > 0 ? 'data-problems' : undefined}
          invalid={problems.length > 0}
          onChange={(id) => {
            if (id === ADD) setAdding(true);
            else setDataset(id);
          }}
        />
        {info && <span className="quiet">{t(`datasetHint.${info.id}`, {}, '')}</span>}
      </div>
      <ProblemsAt problems={problems} id="data-problems" />
      {info && (
        <p className="quiet">
          {t('data.counts', {
            train: format.number(info.train),
            validation: format.number(info.validation),
            test: format.number(info.test),
          })}
        </p>
      )}
      {info?.officialSplit === false && info.id !== 'own' && resolved?.view == null && (
        <p className="quiet">{t(noise === null ? 'data.unofficial' : 'data.made')}</p>
      )}
      <Suspense fallback={null}>
        <DataMore dataset={ref} adding={adding} onAdding={setAdding} />
      </Suspense>
    </section>
  );
}
