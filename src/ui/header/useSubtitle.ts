import { REFERENCE_MODELS } from '../../experiment/model';
import { useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { taskNames } from '../useDatasetName';

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
  const experiment = useWhittle(({ link }) => link.experiment);
  const own = useWhittle((page) => page.own);
  const { model } = experiment;
  const known = REFERENCE_MODELS.some((id) => id === model);
  const [before = '', after = ''] = t('app.subtitle', {
    model: GAP,
    data: taskNames(t, experiment, own),
  }).split(GAP);
  return { before, model: known ? t(`model.${model}`) : model, after };
}
