import { useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { MenuButton } from '../controls/MenuButton';

interface StepMenuProps {
  readonly index: number;
  readonly steps: number;
  readonly name: string;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}

/** What can be done with a whole step. */
export function StepMenu({ index, steps, name, onMove, onRemove }: StepMenuProps) {
  const { t } = useTranslation();
  const copyStep = useWhittle((page) => page.copyStep);
  const entry = (
    id: 'copy' | 'moveUp' | 'moveDown' | 'remove',
    run: () => void,
    disabled = false,
  ) => ({
    ...{ id, run, disabled },
    label: t(`recipe.${id}`),
  });
  const entries = [
    entry('copy', () => {
      copyStep(index);
    }),
    entry(
      'moveUp',
      () => {
        onMove(index - 1);
      },
      index === 0,
    ),
    entry(
      'moveDown',
      () => {
        onMove(index + 1);
      },
      index === steps - 1,
    ),
    entry('remove', onRemove),
  ];
  return (
    <MenuButton
      className="button button-icon button-quiet step-menu"
      label={t('recipe.actions', { step: index + 1, name })}
      placement="bottom end"
      entries={entries}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        {[3, 8, 13].map((y) => (
          <circle key={y} cx="8" cy={y} r="1.4" fill="currentColor" />
        ))}
      </svg>
    </MenuButton>
  );
}
