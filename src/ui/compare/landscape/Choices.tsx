import type { Variant } from '../../../experiment/report';
import { useFormat, useTranslation } from '../../../i18n';
import type { LandscapeOf } from '../../../state/landscape';
import { Choice } from '../../controls/Choice';
import { useVariantName } from '../useVariantName';

const RADII = [0.1, 0.25, 0.5, 1, 2, 4];

interface ChoicesProps {
  readonly variants: readonly Variant[];
  readonly of: LandscapeOf;
  readonly onChange: (of: LandscapeOf) => void;
}

/** Around which network, on which plane, how far, and on which examples. */
export function Choices({ variants, of, onChange }: ChoicesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useVariantName();
  return (
    <div className="landscape-choices">
      <Choice
        label={t('landscape.variant')}
        value={of.variant}
        items={variants.map((variant) => ({ id: variant.id, label: nameOf.full(variant) }))}
        onChange={(variant) => {
          onChange({ ...of, variant });
        }}
      />
      <Choice
        label={t('landscape.plane')}
        value={of.plane}
        items={(['random', 'three'] as const).map((id) => ({
          id,
          label: t(`landscape.planes.${id}`),
        }))}
        onChange={(id) => {
          onChange({ ...of, plane: id === 'three' ? 'three' : 'random' });
        }}
      />
      <Choice
        label={t('landscape.split')}
        value={of.split}
        items={(['train', 'test'] as const).map((id) => ({
          id,
          label: t(`landscape.splits.${id}`),
        }))}
        onChange={(id) => {
          onChange({ ...of, split: id === 'test' ? 'test' : 'train' });
        }}
      />
      {of.plane === 'random' && (
        <button
          type="button"
          className="text-button"
          onClick={() => {
            onChange({ ...of, draw: of.draw + 1 });
          }}
        >
          {t('landscape.otherDirections')}
        </button>
      )}
      <Choice
        label={t('landscape.radius')}
        value={String(of.radius)}
        items={RADII.map((radius) => ({
          id: String(radius),
          label: t('landscape.radiusOf', { radius: format.plain(radius) }),
        }))}
        onChange={(id) => {
          onChange({ ...of, radius: Number(id) });
        }}
      />
    </div>
  );
}
