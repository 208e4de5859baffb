import { REFERENCE_MODELS } from '../../experiment/model';
import { resolveDataset } from '../../experiment/dataset';
import { useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';

/** «LeNet-300-100 on MNIST», in the page's language. */
export function useSubtitle(): string {
  const { t } = useTranslation();
  const model = useWhittle(({ link }) => link.experiment.model);
  const dataset = useWhittle(({ link }) => link.experiment.dataset);
  const known = REFERENCE_MODELS.some((id) => id === model);
  return t('app.subtitle', {
    model: known ? t(`model.${model}`) : model,
    data: t(`dataset.${resolveDataset(dataset)?.info.id ?? dataset}`, { defaultValue: dataset }),
  });
}
