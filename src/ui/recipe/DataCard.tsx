import { DATASETS, DEFAULT_NOISE, MAX_NOISE, resolveDataset } from '../../experiment/dataset';
import type { DatasetInfo } from '../../experiment/dataset';
import { useFormat, useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { Choice } from '../controls/Choice';
import type { ChoiceGroup } from '../controls/Choice';
import { NumberInput } from '../controls/NumberInput';
import { ProblemsAt, useProblemsAt } from '../controls/Problems';
import { scaleOf } from '../controls/scale';
import type { NumberMeta } from '../controls/scale';
import { Slider } from '../controls/Slider';
import { DataProgress } from './DataProgress';

const NOISE: NumberMeta = {
  kind: 'number',
  min: 0,
  max: MAX_NOISE,
  step: 0.01,
  scale: 'linear',
  integer: false,
  default: DEFAULT_NOISE,
};
const NOISE_SCALE = scaleOf(NOISE);

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
  const problems = useProblemsAt('data');
  const resolved = resolveDataset(ref);
  const info = resolved?.info;
  const noise = resolved?.noise ?? null;
  const groups: readonly ChoiceGroup[] = GROUPS.map((group) => ({
    title: t(`data.${group}`),
    items: DATASETS.filter((set) => groupOf(set) === group).map(({ id }) => ({
      id,
      label: t(`dataset.${id}`),
      hint: t(`datasetHint.${id}`),
    })),
  }));
  return (
    <section className="card" aria-label={t('data.title')}>
      <div className="card-row">
        <Choice
          label={t('data.choose')}
          value={info?.id ?? ref}
          items={groups}
          describedBy={problems.length > 0 ? 'data-problems' : undefined}
          invalid={problems.length > 0}
          onChange={setDataset}
        />
        {info && <span className="quiet">{t(`datasetHint.${info.id}`)}</span>}
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
      {info?.officialSplit === false && (
        <p className="quiet">{t(noise === null ? 'data.unofficial' : 'data.made')}</p>
      )}
      {info && noise !== null && <Noise id={info.id} noise={noise} />}
      <DataProgress />
    </section>
  );
}

function Noise({ id, noise }: { readonly id: string; readonly noise: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const setDataset = useWhittle((page) => page.setDataset);
  const commit = useWhittle((page) => page.commit);
  const set = (value: number, transient: boolean) => {
    setDataset(value === DEFAULT_NOISE ? id : `${id}:${String(value)}`, transient);
  };
  const text = (value: number) => format.number(value);
  return (
    <div className="option">
      <div className="option-head">
        <span className="option-name" title={t('data.noiseHint')}>
          {t('data.noise')}
        </span>
        <NumberInput
          label={t('data.noise')}
          value={noise}
          meta={NOISE}
          scale={NOISE_SCALE}
          format={text}
          onChange={(value) => {
            set(value, false);
          }}
        />
      </div>
      <Slider
        label={t('data.noise')}
        value={noise}
        scale={NOISE_SCALE}
        text={text(noise)}
        onChange={(value) => {
          set(value, true);
        }}
        onCommit={commit}
      />
    </div>
  );
}
