import { useMemo, useState } from 'react';
import { useFormat, useTranslation } from '../../i18n';
import type { Format } from '../../i18n/format';
import { useWhittle } from '../../state/store';
import { useThrottled } from '../charts/useThrottled';
import { useChartWidth } from '../charts/useChartWidth';
import { linearAxis, logAxis, percentDigits, steadyExtent, wholeTicks } from '../charts/ticks';
import { useSame } from '../charts/useSame';
import { ChartMenu } from '../takeaway/ChartMenu';
import { BandLabels } from './BandLabels';
import type { Band } from './bands';
import { CurveChart } from './CurveChart';
import { Readout, useHasAccuracy } from './Readout';
import { ReadingCursor } from './ReadingCursor';
import {
  accuracyRows,
  accuracyValues,
  lossRows,
  rateRows,
  readingAt,
  testPoints,
  withoutTail,
} from './rows';
import type { TestPoint } from './rows';
import { useBands } from './useBands';
import type { HistoryPoint } from '../../experiment/report';

/** Charts are drawn anew at most this often while training runs: four times a second. */
const DRAW_EVERY_MS = 250;
const LOSS_HEIGHT = 160;
const SMALL_HEIGHT = 74;
const RATE_HEIGHT = 84;

const LOSS_CURVES = [
  { key: 'trainLoss', colour: 'var(--line-strong)', width: 1 },
  { key: 'testLoss', colour: 'var(--accent)', width: 2 },
] as const;
const ACCURACY_CURVES = [
  { key: 'oldAccuracy', colour: 'var(--ink-quiet)', width: 1.5 },
  { key: 'testAccuracy', colour: 'var(--accent)', width: 2 },
] as const;
const RATE_CURVES = [
  { key: 'learningRate', colour: 'var(--ink-quiet)', width: 1.5, stepped: true },
] as const;

/** The live curves: losses, accuracy and learning rate one below the other over the same iterations. */
export function Curves() {
  const { t } = useTranslation();
  const format = useFormat();
  const newest = useWhittle(({ history }) => history);
  const history = useThrottled(newest, DRAW_EVERY_MS);
  const tests = useTestPoints(history);
  const bands = useBands(history);
  const [width, ref] = useChartWidth();
  const [chosen, setChosen] = useState<number | null>(null);
  const end = Math.max(1, history.at(-1)?.iteration ?? 0, bands.at(-1)?.to ?? 0);
  const reading = readingAt(history, tests, chosen ?? undefined);

  return (
    <figure className="card curves">
      <figcaption className="card-head">
        <h3>{t('watch.curves')}</h3>
        <span className="quiet curve-key">
          <span className="key-test">{t('watch.keyTest')}</span>
          <span className="key-train">{t('watch.keyTrain')}</span>
          {tests.some(({ oldAccuracy }) => oldAccuracy !== undefined) && (
            <span className="key-old">{t('watch.keyOld')}</span>
          )}
        </span>
        <ChartMenu chart="curves" disabled={history.length === 0} />
      </figcaption>
      <Readout reading={reading} />
      <div className="plots" ref={ref}>
        {width > 0 && (
          <>
            <BandLabels bands={bands} end={end} width={width} />
            <Plots
              history={history}
              tests={tests}
              bands={bands}
              end={end}
              width={width}
              format={format}
            />
            <ReadingCursor
              history={history}
              end={end}
              width={width}
              chosen={chosen}
              reading={reading}
              onChoose={setChosen}
            />
          </>
        )}
        {history.length === 0 && <p className="quiet curves-empty">{t('watch.empty')}</p>}
      </div>
    </figure>
  );
}

/** What the test set gave. */
function useTestPoints(history: readonly HistoryPoint[]): readonly TestPoint[] {
  const variants = useWhittle((page) => page.variants);
  const recipe = useWhittle(({ link }) => link.experiment.recipe);
  return useMemo(() => testPoints(history, variants, recipe), [history, variants, recipe]);
}

interface PlotsProps {
  readonly history: readonly HistoryPoint[];
  readonly tests: readonly TestPoint[];
  readonly bands: readonly Band[];
  readonly end: number;
  readonly width: number;
  readonly format: Format;
}

function Plots({ history, tests, bands, end, width, format }: PlotsProps) {
  const { t } = useTranslation();
  const hasAccuracy = useHasAccuracy();
  const losses = useMemo(() => lossRows(history, tests), [history, tests]);
  const accuracies = useMemo(() => accuracyRows(tests), [tests]);
  const rates = useMemo(() => rateRows(history), [history]);
  const lossAxis = useSame(
    logAxis(
      steadyExtent(
        losses.flatMap(({ trainLoss, testLoss }) => [trainLoss ?? NaN, testLoss ?? NaN]),
      ),
      7,
    ),
  );
  const accuracyAxis = useSame(
    linearAxis(accuracies.length > 0 ? [...accuracies.flatMap(accuracyValues), 1] : [0, 1], 3),
  );
  const rateAxis = useSame(
    logAxis(steadyExtent(withoutTail(rates.map(({ learningRate }) => learningRate))), 3),
  );
  const text = useMemo(
    () => ({
      number: format.tick,
      percent: (value: number) => format.percent(value, percentDigits(accuracyAxis)),
      whole: (value: number) => format.number(value, 0),
    }),
    [format, accuracyAxis],
  );
  const iterations = useMemo(() => wholeTicks(0, end, width < 420 ? 3 : 6), [end, width]);
  const shared = { width, bands, end };
  return (
    <div aria-hidden="true">
      <p className="plot-name">{t('watch.loss')}</p>
      <CurveChart
        {...shared}
        height={LOSS_HEIGHT}
        rows={losses}
        curves={LOSS_CURVES}
        scale="log"
        axis={lossAxis}
        tickText={text.number}
      />
      {hasAccuracy && (
        <>
          <p className="plot-name">{t('watch.testAccuracy')}</p>
          <CurveChart
            {...shared}
            height={SMALL_HEIGHT}
            rows={accuracies}
            curves={ACCURACY_CURVES}
            scale="linear"
            axis={accuracyAxis}
            tickText={text.percent}
          />
        </>
      )}
      <p className="plot-name">{t('watch.learningRate')}</p>
      <CurveChart
        {...shared}
        height={RATE_HEIGHT}
        rows={rates}
        curves={RATE_CURVES}
        scale="log"
        axis={rateAxis}
        tickText={text.number}
        iterationTicks={iterations}
        iterationText={text.whole}
      />
      <p className="plot-axis">{t('watch.iteration')}</p>
    </div>
  );
}
