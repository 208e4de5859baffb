import type { Variant } from '../../experiment/report';
import type { Translate } from '../../i18n/translate';
import { useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { isAlone } from '../../experiment/variant-id';

export interface VariantName {
  /** By its part in the comparison; where it plays none, by the technique that made it. */
  role(variant: Variant): string;
  /** By the step that made it. */
  step(variant: Variant): string;
  full(variant: Variant): string;
}

/** How variants are called in the page's language. */
export function useVariantName(): VariantName {
  const { t } = useTranslation();
  // A text, so that moving a slider, which makes a new recipe of the same techniques, changes nothing.
  const techniques = useWhittle(({ link }) =>
    link.experiment.recipe.map(({ technique }) => technique).join(' '),
  );
  return variantNames(t, techniques);
}

/** `techniques`: of the recipe's steps, with spaces between. */
export function variantNames(t: Translate, techniques: string): VariantName {
  const role = (variant: Variant) => {
    const technique = variant.role === 'other' ? techniques.split(' ')[variant.step] : undefined;
    return technique ? t(`technique.${technique}`) : t(`compare.role.${variant.role}`);
  };
  const step = (variant: Variant) =>
    t(isAlone(variant) ? 'compare.stepAlone' : 'compare.afterStep', { step: variant.step + 1 });
  return { role, step, full: (variant) => `${role(variant)} · ${step(variant)}` };
}
