import { useFormat, useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { NumberInput } from '../controls/NumberInput';
import { scaleOf } from '../controls/scale';
import type { NumberMeta } from '../controls/scale';

const SEED: NumberMeta = {
  kind: 'number',
  min: 0,
  max: 0xffff_ffff,
  step: 1,
  scale: 'linear',
  integer: true,
  default: 0,
};
const SCALE = scaleOf(SEED);

/** The seed of every random choice. */
export function Seed() {
  const { t } = useTranslation();
  const format = useFormat();
  const seed = useWhittle(({ link }) => link.experiment.seed);
  const setSeed = useWhittle((page) => page.setSeed);
  return (
    <div className="seed">
      <span className="option-name" title={t('network.seedHint')}>
        {t('network.seed')}
      </span>
      <span className="option-end">
        <button
          type="button"
          className="button button-icon button-quiet"
          aria-label={t('network.newSeed')}
          title={t('network.newSeed')}
          onClick={() => {
            setSeed(seed + 1);
          }}
        >
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path
              d="M13 8a5 5 0 1 1-1.5-3.6M13 2v3h-3"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.5"
            />
          </svg>
        </button>
        <NumberInput
          label={t('network.seed')}
          value={seed}
          meta={SEED}
          scale={SCALE}
          format={(value) => format.plain(value)}
          onChange={setSeed}
        />
      </span>
    </div>
  );
}
