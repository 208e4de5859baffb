import { lazy, Suspense } from 'react';
import { useTranslation } from '../../i18n';
import type { StepView } from '../../state/recipe';
import { Unfold } from '../controls/Unfold';

/** What is measured about a step when it is unfolded, and only then loaded. */
const MEASURED = {
  /** How much each layer alone can bear. */
  sensitivity: lazy(() => import('./sensitivity/LayerCharts')),
  /** Which learning rate suits the step. */
  findRate: lazy(() => import('./finder/RateFinder')),
};

interface MeasuredProps {
  readonly what: keyof typeof MEASURED;
  readonly view: StepView;
  readonly index: number;
}

export function Measured({ what, view, index }: MeasuredProps) {
  const { t } = useTranslation();
  const title = t(`recipe.${what}`);
  const name = t(`technique.${view.technique}`);
  const Panel = MEASURED[what];
  return (
    <Unfold title={title} label={`${t('recipe.stepName', { step: index + 1, name })}: ${title}`}>
      {() => (
        <Suspense>
          <Panel view={view} index={index} />
        </Suspense>
      )}
    </Unfold>
  );
}
