import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';

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
  const actions = [
    {
      id: 'copy',
      run: () => {
        copyStep(index);
      },
    },
    {
      id: 'moveUp',
      run: () => {
        onMove(index - 1);
      },
    },
    {
      id: 'moveDown',
      run: () => {
        onMove(index + 1);
      },
    },
    {
      id: 'remove',
      run: onRemove,
    },
  ] as const;
  const disabled = [
    ...(index === 0 ? ['moveUp'] : []),
    ...(index === steps - 1 ? ['moveDown'] : []),
  ];
  return (
    <MenuTrigger>
      <Button
        className="button button-icon button-quiet step-menu"
        aria-label={t('recipe.actions', { step: index + 1, name })}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          {[3, 8, 13].map((y) => (
            <circle key={y} cx="8" cy={y} r="1.4" fill="currentColor" />
          ))}
        </svg>
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="list" disabledKeys={disabled}>
          {actions.map(({ id, run }) => (
            <MenuItem key={id} id={id} className="list-item" onAction={run}>
              {t(`recipe.${id}`)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
