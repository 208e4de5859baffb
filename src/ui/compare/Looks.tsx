import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from '../../i18n';
import type { Look } from '../../worker/protocol';
import { Diagram } from '../charts/Diagram';
import { Filters, unitsHint } from '../charts/Filters';
import { histogramAxes } from '../charts/histogram-shape';
import { HistogramChart } from '../charts/HistogramChart';
import { LayerChoice } from '../charts/LayerChoice';
import { roleColour } from '../charts/roles';
import { Surface } from '../charts/Surface';
import { useWhittle } from '../../state/store';
import { lastDataset } from '../../techniques/dataset-at';
import { SideBySide } from './SideBySide';
import { useLooks } from './useLooks';
import { useVariantName } from './useVariantName';
import type { Pair } from './variants';

interface PairProps {
  readonly pair: Pair;
}

/** First-layer pictures shown of each variant. */
const FILTERS = 32;

export function Waiting() {
  const { t } = useTranslation();
  return <p className="quiet details-waiting">{t('compare.waiting')}</p>;
}

/** Both variants' weights of a layer on the same axes: what is pruned, where the levels lie. */
export function Weights({ pair }: PairProps) {
  const looks = useLooks(pair);
  const [layer, setLayer] = useState<string | null>(null);
  if (looks === null) return <Waiting />;
  const [{ histograms }] = looks;
  const parameter = histograms.find((one) => one.parameter === layer)?.parameter;
  const shown = parameter ?? histograms[0]?.parameter;
  if (shown === undefined) return null;
  const both = looks.map((look) => look.histograms.find((one) => one.parameter === shown));
  const axes = histogramAxes(both.flatMap((histogram) => histogram ?? []));
  return (
    <>
      <LayerChoice histograms={histograms} value={shown} onChange={setLayer} />
      <SideBySide pair={pair} least="medium">
        {({ role }, side) => {
          const histogram = both[side];
          return (
            histogram && (
              <HistogramChart histogram={histogram} colour={roleColour(role)} axes={axes} />
            )
          );
        }}
      </SideBySide>
    </>
  );
}

/** Both variants' first-layer weights as pictures, unit by unit in the same places. */
export function Units({ pair }: PairProps) {
  const { t } = useTranslation();
  const nameOf = useVariantName();
  const looks = useLooks(pair);
  return (
    <LookPair pair={pair} least="medium" hint={t(unitsHint(looks?.[0].filters ?? []))}>
      {({ filters, filterCount }, side) => {
        const shown = Math.min(FILTERS, filters.length);
        const share = t('chart.unitsShown', { shown, count: filterCount });
        return (
          <>
            <Filters
              pictures={filters}
              limit={FILTERS}
              label={`${nameOf.full(pair[side])}: ${share}`}
            />
            <p className="quiet">{share}</p>
          </>
        );
      }}
    </LookPair>
  );
}

/** What both variants answer everywhere in the plane, in the same colours for the same values. */
export function Surfaces({ pair }: PairProps) {
  const { t } = useTranslation();
  const nameOf = useVariantName();
  const dataset = useWhittle(({ link }) => lastDataset(link.experiment));
  const regression = pair[0].metrics.accuracy === undefined;
  return (
    <LookPair
      pair={pair}
      least="small"
      hint={t(regression ? 'chart.surfaceHintValue' : 'chart.surfaceHint')}
    >
      {({ surface }, side) =>
        surface && <Surface surface={surface} dataset={dataset} label={nameOf.full(pair[side])} />
      }
    </LookPair>
  );
}

/** Both networks as diagrams; pruned edges are gone. */
export function Networks({ pair }: PairProps) {
  const { t } = useTranslation();
  return (
    <LookPair pair={pair} least="medium" hint={t('chart.networkHint')}>
      {({ diagram }) => diagram.length > 0 && <Diagram kernels={diagram} />}
    </LookPair>
  );
}

interface LookPairProps extends PairProps {
  readonly least: 'small' | 'medium';
  readonly hint: string;
  readonly children: (look: Look, side: 0 | 1, looks: readonly [Look, Look]) => ReactNode;
}

function LookPair({ pair, least, hint, children }: LookPairProps) {
  const looks = useLooks(pair);
  if (looks === null) return <Waiting />;
  return (
    <>
      <SideBySide pair={pair} least={least}>
        {(_, side) => children(looks[side], side, looks)}
      </SideBySide>
      <p className="quiet">{hint}</p>
    </>
  );
}
