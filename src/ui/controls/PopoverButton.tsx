import type { ReactNode } from 'react';
import { later, type StillProps } from './later';

export interface PopoverButtonProps {
  readonly className: string;
  /** On the button. */
  readonly content: ReactNode;
  /** What the dialog is called. */
  readonly label: string;
  readonly dialogClassName: string;
  readonly children: ReactNode;
}

/** A button that opens a dialog beside it. */
export const PopoverButton = later(() => import('./AriaPopoverButton'), StillPopoverButton);

function StillPopoverButton({ className, content, onEarlyPress }: PopoverButtonProps & StillProps) {
  return (
    <button type="button" className={className} data-still onClick={onEarlyPress}>
      {content}
    </button>
  );
}
