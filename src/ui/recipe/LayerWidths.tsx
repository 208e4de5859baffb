import { useFormat, useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';

/** The bits that came out for each layer of a quantize step, as it was measured last. */
export function LayerWidths({ index }: { readonly index: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const layers = useWhittle(({ previews }) => previews[index]?.layers);
  const stale = useWhittle((page) => page.stale.includes(index));
  if (layers === undefined) return null;
  const weights = layers.reduce((sum, layer) => sum + layer.weights, 0);
  const bits = layers.reduce((sum, layer) => sum + layer.weights * (layer.bits ?? 0), 0);
  return (
    <p className={stale ? 'quiet preview-stale' : 'quiet'}>
      {t('recipe.widths', {
        widths: layers.map(({ layer, bits: width }) => `${layer} ${String(width)}`).join(' · '),
        mean: format.number(bits / weights, 2),
      })}
    </p>
  );
}
