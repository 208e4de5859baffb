import { lazy, Suspense } from 'react';
import { useTranslation } from '../../i18n';
import type { StepView } from '../../state/recipe';
import { Unfold } from '../controls/Unfold';

const LayerCharts = lazy(() => import('./sensitivity/LayerCharts'));

/** How much each layer alone can bear, measured when it is unfolded. */
export function Sensitivity({ view, index }: { readonly view: StepView; readonly index: number }) {
  const { t } = useTranslation();
  const title = t('recipe.sensitivity');
  const name = t(`technique.${view.technique}`);
  return (
    <Unfold title={title} label={`${t('recipe.stepName', { step: index + 1, name })}: ${title}`}>
      {() => (
        <Suspense>
          <LayerCharts view={view} index={index} />
        </Suspense>
      )}
    </Unfold>
  );
}
