import { datasetRef, DEFAULT_NOISE, MAX_NOISE, type DatasetView } from '../../experiment/dataset';
import { useFormat, useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { NumberInput } from '../controls/NumberInput';
import { scaleOf } from '../controls/scale';
import type { NumberMeta } from '../controls/scale';
import { Slider } from '../controls/Slider';

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

/** How noisy a set that is made from the seed is. */
export function Noise({
  id,
  noise,
  view,
}: {
  readonly id: string;
  readonly noise: number;
  readonly view: DatasetView | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const setDataset = useWhittle((page) => page.setDataset);
  const commit = useWhittle((page) => page.commit);
  const set = (value: number, transient: boolean) => {
    setDataset(datasetRef(id, value, view), transient);
  };
  const text = (value: number) => format.number(value);
  return (
    <div className="option">
      <div className="option-head">
        <span className="option-name" title={t('arriving.noiseHint')}>
          {t('arriving.noise')}
        </span>
        <NumberInput
          label={t('arriving.noise')}
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
        label={t('arriving.noise')}
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
