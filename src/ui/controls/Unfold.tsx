import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { Chevron } from './Chevron';

interface FoldButtonProps {
  readonly open: boolean;
  /** The id of what it unfolds, there while it is open. */
  readonly panel: string;
  readonly onToggle: () => void;
  /** What the button is called where its content alone says too little. */
  readonly label?: string | undefined;
  readonly children: ReactNode;
}

/** The button that unfolds something, and folds it away again. */
export function FoldButton({ open, panel, onToggle, label, children }: FoldButtonProps) {
  return (
    <button
      type="button"
      className="unfold-button"
      aria-expanded={open}
      {...(open ? { 'aria-controls': panel } : {})}
      aria-label={label}
      onClick={onToggle}
    >
      <Chevron />
      {children}
    </button>
  );
}

/** Whether something is unfolded, and what its button needs. */
export function useFold(first = false): Omit<FoldButtonProps, 'children'> {
  const [open, setOpen] = useState(first);
  const panel = useId();
  return {
    open,
    panel,
    onToggle: () => {
      setOpen(!open);
    },
  };
}

interface UnfoldProps {
  readonly title: string;
  readonly label?: string;
  /** Unfolds it as often as there comes to be something within that has to be seen. */
  readonly urgent?: boolean;
  /** Rendered while it is open. */
  readonly children: () => ReactNode;
}

/** Something that unfolds below its title. */
export function Unfold({ title, label, urgent = false, children }: UnfoldProps) {
  const fold = useFold(urgent);
  const [wasUrgent, setWasUrgent] = useState(urgent);
  if (urgent !== wasUrgent) {
    setWasUrgent(urgent);
    if (urgent && !fold.open) fold.onToggle();
  }
  return (
    <div className="unfold">
      <FoldButton {...fold} label={label}>
        {title}
      </FoldButton>
      {fold.open && (
        <div className="unfold-panel" id={fold.panel}>
          {children()}
        </div>
      )}
    </div>
  );
}
