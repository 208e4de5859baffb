import { resolveDataset } from '../../../experiment/dataset';
import { withSetting } from '../../../experiment/layer-settings';
import type { NumberMeta } from '../../../experiment/options';
import { useFormat, useTranslation } from '../../../i18n';
import { useWhittle } from '../../../state/store';
import { lastDataset } from '../../../techniques/dataset-at';
import type { CurvePoint } from '../../../worker/protocol';
import { NumberInput } from '../../controls/NumberInput';
import { fractionOf, scaleOf } from '../../controls/scale';
import { Slider } from '../../controls/Slider';
import { Curve, type ScoreAxis } from '../Curve';
import { useOptionText } from '../useOptionText';
import { toThousandths } from './useShared';

interface LayerChartProps {
  readonly index: number;
  readonly layer: string;
  /** The option that the value is of. */
  readonly option: string;
  readonly meta: NumberMeta;
  /** The settings of all layers. */
  readonly text: string;
  /** What the layer is set to by itself; undefined where it is not. */
  readonly own: number | undefined;
  /** What it has in common with the others. */
  readonly shared: number;
  readonly points: readonly CurvePoint[];
  readonly axis: ScoreAxis;
}

/** The score against one layer's value, the others untouched: a press on it sets the layer apart. */
export function LayerChart(props: LayerChartProps) {
  const { index, layer, option, meta, text, own, shared, points, axis } = props;
  const { t } = useTranslation();
  const { bare, withUnit } = useOptionText();
  const setOption = useWhittle((page) => page.setOption);
  const commit = useWhittle((page) => page.commit);
  const scoreText = useScoreText();
  const value = own ?? shared;
  const label = t('sensitivity.of', { option: t(`option.${option}`), layer });
  const set = (next: number | null, transient: boolean) => {
    setOption(index, 'layers', withSetting(text, layer, next), transient);
  };
  const written = withUnit({ name: option, meta, value });
  const near = nearest(points, value);
  const measured =
    near &&
    t('sensitivity.measured', {
      score: scoreText(near.score),
      value: withUnit({ name: option, meta, value: toThousandths(near.value) }),
    });
  const scale = scaleOf(meta);
  return (
    <div className={own === undefined ? 'layer-chart' : 'layer-chart layer-apart'}>
      <div className="layer-head">
        <span className="layer-name">{layer}</span>
        <NumberInput
          {...{ label, value, meta, scale }}
          format={(shown) => bare(meta, shown)}
          onChange={(next) => {
            set(next, false);
          }}
        />
        {own !== undefined && (
          <button
            type="button"
            className="layer-back"
            aria-label={t('recipe.takeBack', { layer })}
            title={t('recipe.takeBack', { layer })}
            onClick={() => {
              set(null, false);
            }}
          >
            <span aria-hidden="true">×</span>
          </button>
        )}
      </div>
      <div className="main-option-curve">
        <Slider
          {...{ label, value, scale }}
          text={measured === undefined ? written : `${written}; ${measured}`}
          behind={
            <>
              <Curve
                {...{ points, scale, axis }}
                caption={points.length > 1 ? scoreText(axis.top) : ''}
              />
              {points.length > 1 && <span className="layer-bottom">{scoreText(axis.bottom)}</span>}
              <span
                className="layer-now"
                style={{ left: `${String(100 * fractionOf(scale, value))}%` }}
              />
            </>
          }
          onChange={(next) => {
            set(next, true);
          }}
          onCommit={commit}
        />
      </div>
      <p className="quiet layer-measured">{measured}</p>
    </div>
  );
}

function useScoreText(): (score: number) => string {
  const format = useFormat();
  const task = useWhittle(({ link }) => resolveDataset(lastDataset(link.experiment))?.info.task);
  return (score) => (task === 'regression' ? format.number(score, 2) : format.percent(score));
}

/** The measured point that lies nearest. */
function nearest(points: readonly CurvePoint[], value: number): CurvePoint | undefined {
  return points.reduce<CurvePoint | undefined>(
    (best, point) =>
      best === undefined || Math.abs(point.value - value) < Math.abs(best.value - value)
        ? point
        : best,
    undefined,
  );
}
