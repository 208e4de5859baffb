import { Button } from 'react-aria-components/Button';
import { Dialog, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from '../../i18n';

/** The list of the keyboard's shortcuts. */
export default function ShortcutsDialog({
  onOpenChange,
}: {
  readonly onOpenChange: (open: boolean) => void;
}) {
  const { t } = useTranslation();
  const command = /Mac|iP(hone|ad)/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
  const rows = [
    [t('shortcut.space'), t('shortcut.playPause')],
    [`${command} Z`, t('shortcut.undo')],
    [`${command} ⇧ Z`, t('shortcut.redo')],
    ['↑ ↓', t('shortcut.move')],
    ['?', t('shortcut.help')],
  ] as const;
  return (
    <ModalOverlay className="overlay" isOpen onOpenChange={onOpenChange} isDismissable>
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
