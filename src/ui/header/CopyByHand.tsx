import type { RefObject } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { MAX_LINK_LENGTH } from '../../experiment/link';
import { useTranslation } from '../../i18n';

interface CopyByHandProps {
  readonly link: string;
  /** Below which it opens. */
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly onClose: () => void;
}

/** The link, selected, for who has to copy it by hand. */
export default function CopyByHand({ link, button, onClose }: CopyByHandProps) {
  const { t } = useTranslation();
  const length = link.length - link.indexOf('#') - 1;
  return (
    <Popover
      className="popover popover-padded"
      triggerRef={button}
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Dialog className="copy-by-hand" aria-label={t('header.copyLink')}>
        <p>{t('header.copyByHand')}</p>
        <textarea
          className="text-input"
          readOnly
          rows={4}
          aria-label={t('header.copyLink')}
          value={link}
          autoFocus
          onFocus={(event) => {
            event.target.select();
          }}
        />
        <p className="quiet">{t('header.linkLength', { count: length, max: MAX_LINK_LENGTH })}</p>
      </Dialog>
    </Popover>
  );
}
