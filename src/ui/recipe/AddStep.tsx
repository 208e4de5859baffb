import type { Ref } from 'react';
import type { TechniqueId } from '../../experiment/step';
import { useTranslation } from '../../i18n';
import { MAX_STEPS } from '../../state/recipe';
import { useWhittle } from '../../state/store';
import { techniqueSpecs } from '../../techniques/registry';
import { MenuButton } from '../controls/MenuButton';

const TECHNIQUES: readonly TechniqueId[] = Object.values(techniqueSpecs).map(({ id }) => id);

interface AddStepProps {
  readonly ref: Ref<HTMLButtonElement>;
  readonly onAdded: (spoken: string) => void;
}

/** Adds a step at the end of the recipe; one that loads a file, at its beginning. */
export function AddStep({ ref, onAdded }: AddStepProps) {
  const { t } = useTranslation();
  const steps = useWhittle(({ link }) => link.experiment.recipe.length);
  const addStep = useWhittle((page) => page.addStep);
  if (steps >= MAX_STEPS) return <p className="quiet">{t('recipe.full', { max: MAX_STEPS })}</p>;
  return (
    <MenuButton
      className="add-step"
      ref={ref}
      placement="top start"
      entries={TECHNIQUES.map((technique) => ({
        id: technique,
        label: t(`technique.${technique}`),
        hint: t(`techniqueHint.${technique}`),
        run: () => {
          addStep(technique);
          onAdded(
            t('recipe.added', {
              name: t(`technique.${technique}`),
              step: technique === 'load' ? 1 : steps + 1,
            }),
          );
        },
      }))}
    >
      + {t('recipe.add')}
    </MenuButton>
  );
}
