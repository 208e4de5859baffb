import type { ReactNode, Ref } from 'react';
import { later, type StillProps } from './later';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly disabled?: boolean;
  readonly run: () => void;
}

/** Entries under a title; where one of them is `chosen`, they are a choice. */
export interface MenuGroup {
  readonly title: string;
  readonly chosen?: string;
  readonly entries: readonly MenuEntry[];
}

export interface MenuButtonProps {
  readonly className: string;
  /** What the button is called where its content says nothing. */
  readonly label?: string;
  readonly children: ReactNode;
  readonly placement: 'bottom end' | 'bottom start' | 'top start';
  readonly entries: readonly (MenuEntry | MenuGroup)[];
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button that opens a menu. */
export const MenuButton = later(() => import('./AriaMenuButton'), StillMenuButton);

function StillMenuButton(props: MenuButtonProps & StillProps) {
  const { className, label, children, ref, onEarlyPress } = props;
  return (
    <button
      type="button"
      className={className}
      aria-label={label}
      ref={ref}
      data-still
      onClick={onEarlyPress}
    >
      {children}
    </button>
  );
}
