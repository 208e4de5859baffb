import type { Ref } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import type { TechniqueId } from '../../experiment/step';
import { useTranslation } from '../../i18n';
import { MAX_STEPS } from '../../state/recipe';
import { useWhittle } from '../../state/store';
import { techniqueSpecs } from '../../techniques/registry';

const TECHNIQUES: readonly TechniqueId[] = Object.values(techniqueSpecs).map(({ id }) => id);

interface AddStepProps {
  readonly ref: Ref<HTMLButtonElement>;
  readonly onAdded: (spoken: string) => void;
}

/** Adds a step at the end of the recipe. */
export function AddStep({ ref, onAdded }: AddStepProps) {
  const { t } = useTranslation();
  const steps = useWhittle(({ link }) => link.experiment.recipe.length);
  const addStep = useWhittle((page) => page.addStep);
  if (steps >= MAX_STEPS) return <p className="quiet">{t('recipe.full', { max: MAX_STEPS })}</p>;
  return (
    <MenuTrigger>
      <Button className="add-step" ref={ref}>
        + {t('recipe.add')}
      </Button>
      <Popover className="popover" placement="top start">
        <Menu className="list" aria-label={t('recipe.add')}>
          {TECHNIQUES.map((technique) => (
            <MenuItem
              key={technique}
              className="list-item"
              textValue={t(`technique.${technique}`)}
              onAction={() => {
                addStep(technique);
                onAdded(t('recipe.added', { name: t(`technique.${technique}`), step: steps + 1 }));
              }}
            >
              <span>{t(`technique.${technique}`)}</span>
              <span className="list-hint">{t(`techniqueHint.${technique}`)}</span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
