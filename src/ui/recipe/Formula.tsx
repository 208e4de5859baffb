import { lazy, Suspense } from 'react';
import { useTranslation } from '../../i18n';
import type { StepView } from '../../state/recipe';
import { Unfold } from '../controls/Unfold';

const FormulaText = lazy(() => import('./formula/FormulaText'));

/** The formula of a step for who wants it, and the paper for who doubts it. */
export function Formula({ view }: { readonly view: StepView }) {
  const { t } = useTranslation();
  return (
    <Unfold title={t('recipe.formula')}>
      {() => (
        <Suspense>
          <FormulaText view={view} />
        </Suspense>
      )}
    </Unfold>
  );
}
