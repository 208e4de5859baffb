import { resolveDataset } from '../../experiment/dataset';
import { useFormat, useTranslation } from '../../i18n';
import type { Metrics } from '../../experiment/report';
import { variantId } from '../../experiment/variant-id';
import { useWhittle } from '../../state/store';
import { datasetAt } from '../../techniques/dataset-at';

/** What one number says how good a network is: accuracy, or R² for regression. */
function scoreOf({ accuracy, r2 }: Metrics): number | undefined {
  return accuracy ?? r2;
}

/** What the step does as it is set, measured, before anything is retrained; and where retraining brought it. */
export function PreviewLine({ index }: { readonly index: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const preview = useWhittle(({ previews }) => previews[index]);
  const stale = useWhittle((page) => page.stale.includes(index));
  const tested = useWhittle(
    ({ link }) => resolveDataset(datasetAt(link.experiment, index))?.info.test,
  );
  const after = useWhittle(({ variants, link }) =>
    link.experiment.recipe[index + 1]?.technique === 'train'
      ? variants.find(({ id }) => id === variantId(index + 1))
      : undefined,
  );
  if (preview === undefined) return <p className="preview preview-later">{t('recipe.nowLater')}</p>;
  const { metrics, size } = preview;
  const isPart = metrics.examples < (tested ?? 0);
  const score = scoreOf(metrics);
  if (score === undefined) return null;
  const textOf = (value: number) =>
    metrics.accuracy === undefined ? `R² ${format.number(value)}` : format.percent(value, 2);
  const later = after && scoreOf(after.metrics);
  return (
    <p
      className={stale ? 'preview preview-stale' : 'preview'}
      title={t('recipe.nowHint', {
        count: metrics.examples,
        formatted: format.number(metrics.examples),
      })}
      aria-busy={stale}
    >
      {t(isPart ? 'recipe.nowOnPart' : 'recipe.now', {
        score: textOf(score),
        size: format.bytes(size.packedBytes),
        examples: format.number(metrics.examples, 0),
      })}
      {later !== undefined && !stale && !isPart && (
        <span className="quiet"> · {t('recipe.retrained', { score: textOf(later) })}</span>
      )}
    </p>
  );
}
