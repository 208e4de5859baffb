import { useTranslation } from '../../i18n';
import type { Histogram } from '../../worker/protocol';
import { Choice } from '../controls/Choice';
import { layerOf } from './look';

interface LayerChoiceProps {
  readonly histograms: readonly Histogram[];
  readonly value: string;
  readonly onChange: (parameter: string) => void;
}

/** Chooses the layer whose weights are shown. */
export function LayerChoice({ histograms, value, onChange }: LayerChoiceProps) {
  const { t } = useTranslation();
  const items = histograms.map((histogram, index) => ({
    id: histogram.parameter,
    label: t('chart.layer', { number: index + 1, name: layerOf(histogram) }),
  }));
  return <Choice label={t('chart.chooseLayer')} value={value} onChange={onChange} items={items} />;
}
