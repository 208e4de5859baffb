import { useEffect } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from '../../i18n';
import { whittleStore } from '../../state/store';

interface ShortcutsProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** The keyboard's shortcuts, and the list of them. */
export function Shortcuts({ isOpen, onOpenChange }: ShortcutsProps) {
  const { t } = useTranslation();
  useShortcuts(() => {
    onOpenChange(true);
  });
  const command = /Mac|iP(hone|ad)/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
  const rows = [
    [t('shortcut.space'), t('shortcut.playPause')],
    [`${command} Z`, t('shortcut.undo')],
    [`${command} ⇧ Z`, t('shortcut.redo')],
    ['↑ ↓', t('shortcut.move')],
    ['?', t('shortcut.help')],
  ] as const;
  return (
    <ModalOverlay className="overlay" isOpen={isOpen} onOpenChange={onOpenChange} isDismissable>
      <Modal className="modal">
        <Dialog className="shortcuts">
          <Heading slot="title">{t('header.shortcuts')}</Heading>
          <dl>
            {rows.map(([keys, meaning]) => (
              <div key={keys}>
                <dt>
                  <kbd>{keys}</kbd>
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
          <p className="quiet">{t('shortcut.note')}</p>
          <Button slot="close" className="button">
            {t('header.close')}
          </Button>
        </Dialog>
      </Modal>
    </ModalOverlay>
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
