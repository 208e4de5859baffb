import { lazy, Suspense, useEffect } from 'react';
import { whittleStore } from '../../state/store';

const ShortcutsDialog = lazy(() => import('./ShortcutsDialog'));

interface ShortcutsProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** The keyboard's shortcuts, and the list of them. */
export function Shortcuts({ isOpen, onOpenChange }: ShortcutsProps) {
  useShortcuts(() => {
    onOpenChange(true);
  });
  if (!isOpen) return null;
  return (
    <Suspense fallback={null}>
      <ShortcutsDialog onOpenChange={onOpenChange} />
    </Suspense>
  );
}

/** Whether a key press belongs to the control that has the focus. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    // A slider has no use for letters and spaces.
    target.closest('input:not([type="range"]), textarea, select, [contenteditable]') !== null
  );
}

function isControl(target: EventTarget | null): boolean {
  return (
    isTyping(target) ||
    (target instanceof Element &&
      target.closest(
        'button, a[href], summary, [role="dialog"], [role="menu"], [role="listbox"]',
      ) !== null)
  );
}

function useShortcuts(onHelp: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return;
      const page = whittleStore.getState();
      const command = event.ctrlKey || event.metaKey;
      const act = (action: () => void) => {
        event.preventDefault();
        action();
      };
      if (command) {
        // In a text the same keys take back what was typed.
        const text = event.target instanceof HTMLInputElement && event.target.type !== 'range';
        const key = event.key.toLowerCase();
        if ((key !== 'z' && key !== 'y') || text) return;
        act(event.shiftKey || key === 'y' ? page.redo : page.undo);
      } else if (event.key === ' ' && !isControl(event.target)) {
        const busy = page.status === 'running' || page.status === 'measuring';
        act(busy ? page.pause : page.play);
      } else if (event.key === '?' && !isTyping(event.target)) {
        act(onHelp);
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [onHelp]);
}
