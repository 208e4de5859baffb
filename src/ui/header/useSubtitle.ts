import { REFERENCE_MODELS } from '../../experiment/model';
import { useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { useDatasetName } from '../useDatasetName';

/** Stands for the network while the sentence is taken apart; in no name and no link. */
const GAP = '\u0000';

export interface Subtitle {
  readonly before: string;
  readonly model: string;
  readonly after: string;
}

/** «LeNet-300-100 on MNIST», in the page's language: the network, and what stands before and after it. */
export function useSubtitle(): Subtitle {
  const { t } = useTranslation();
  const model = useWhittle(({ link }) => link.experiment.model);
  const dataset = useWhittle(({ link }) => link.experiment.dataset);
  const nameOf = useDatasetName();
  const known = REFERENCE_MODELS.some((id) => id === model);
  const [before = '', after = ''] = t('app.subtitle', {
    model: GAP,
    data: nameOf(dataset),
  }).split(GAP);
  return { before, model: known ? t(`model.${model}`) : model, after };
}
