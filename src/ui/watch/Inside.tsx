import { useState } from 'react';
import { useTranslation } from '../../i18n';
import '../../i18n/later';
import { useWhittle } from '../../state/store';
import { datasetAt } from '../../techniques/dataset-at';
import type { Look } from '../../worker/protocol';
import { Diagram } from '../charts/Diagram';
import { Filters, unitsHint } from '../charts/Filters';
import { HistogramChart } from '../charts/HistogramChart';
import { LayerChoice } from '../charts/LayerChoice';
import { roleColour } from '../charts/roles';
import { Surface } from '../charts/Surface';
import { useThrottled } from '../charts/useThrottled';

/** Pictures are painted anew at most twice a second. */
const PAINT_EVERY_MS = 500;
const FILTERS = 32;

/** A look inside the network at the step it has reached. */
export function Inside() {
  const newest = useWhittle(({ look }) => look);
  const look = useThrottled(newest, PAINT_EVERY_MS);
  if (look === null) return null;
  const { surface, diagram, filters, filterCount } = look;
  return (
    <div className="inside">
      {surface !== null && <Plane surface={surface} />}
      {diagram.length > 0 && <Network kernels={diagram} />}
      <Weights look={look} />
      {filters.length > 0 && <Units pictures={filters} count={filterCount} />}
    </div>
  );
}

function Weights({ look }: { readonly look: Look }) {
  const { t } = useTranslation();
  const [layer, setLayer] = useState<string | null>(null);
  const { histograms } = look;
  const histogram = histograms.find(({ parameter }) => parameter === layer) ?? histograms[0];
  if (histogram === undefined) return null;
  return (
    <section className="card" aria-labelledby="inside-weights">
      <div className="card-head">
        <h3 id="inside-weights">{t('chart.weightsOf')}</h3>
        <LayerChoice histograms={histograms} value={histogram.parameter} onChange={setLayer} />
      </div>
      <HistogramChart histogram={histogram} colour={roleColour(look.role)} />
    </section>
  );
}

function Units({ pictures, count }: { pictures: Look['filters']; count: number }) {
  const { t } = useTranslation();
  const shown = Math.min(FILTERS, pictures.length);
  const share = t('chart.unitsShown', { shown, count });
  const hint = t(unitsHint(pictures));
  return (
    <section className="card" aria-labelledby="inside-units">
      <div className="card-head">
        <h3 id="inside-units">{t('chart.units')}</h3>
        <span className="quiet">{share}</span>
      </div>
      <Filters pictures={pictures} limit={FILTERS} label={`${hint} ${share}`} />
      <p className="quiet">{hint}</p>
    </section>
  );
}

function Plane({ surface }: { readonly surface: NonNullable<Look['surface']> }) {
  const { t } = useTranslation();
  const dataset = useWhittle(({ link, cursor }) => datasetAt(link.experiment, cursor.step));
  const hint = surface.outputs === 1 ? t('chart.surfaceHintValue') : t('chart.surfaceHint');
  return (
    <section className="card" aria-labelledby="inside-plane">
      <div className="card-head">
        <h3 id="inside-plane">{t('chart.surface')}</h3>
      </div>
      <Surface surface={surface} dataset={dataset} label={hint} />
      <p className="quiet">{hint}</p>
    </section>
  );
}

function Network({ kernels }: { readonly kernels: Look['diagram'] }) {
  const { t } = useTranslation();
  return (
    <section className="card" aria-labelledby="inside-network">
      <div className="card-head">
        <h3 id="inside-network">{t('chart.network')}</h3>
        <span className="quiet">{t('chart.networkHint')}</span>
      </div>
      <Diagram kernels={kernels} />
    </section>
  );
}
