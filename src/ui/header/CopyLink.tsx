import { useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { MAX_LINK_LENGTH, printLink } from '../../experiment/link';
import { useTranslation } from '../../i18n';
import { whittleStore } from '../../state/store';
import { techniqueSpecs } from '../../techniques/registry';

/** How long the confirmation stays. */
const CONFIRM_MS = 2_000;

type Copying = 'idle' | 'copied' | 'byHand';

/** Copies the experiment's link, or shows it to be copied where the browser does not let the page. */
export function CopyLink() {
  const { t } = useTranslation();
  const [state, setState] = useState<Copying>('idle');
  const [link, setLink] = useState('');
  const button = useRef<HTMLButtonElement>(null);

  const copy = async () => {
    const { origin, pathname, search } = window.location;
    const fragment = printLink(whittleStore.getState().link, techniqueSpecs);
    const address = `${origin}${pathname}${search}#${fragment}`;
    setLink(address);
    try {
      await navigator.clipboard.writeText(address);
      setState('copied');
      setTimeout(() => {
        setState('idle');
      }, CONFIRM_MS);
    } catch {
      setState('byHand');
    }
  };
  const length = link.length - link.indexOf('#') - 1;
  return (
    <>
      <Button ref={button} className="button" onPress={() => void copy()}>
        {t(state === 'copied' ? 'header.copied' : 'header.copyLink')}
      </Button>
      <span role="status" className="visually-hidden">
        {state === 'copied' && t('header.copied')}
      </span>
      <Popover
        className="popover popover-padded"
        triggerRef={button}
        isOpen={state === 'byHand'}
        onOpenChange={(open) => {
          if (!open) setState('idle');
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
    </>
  );
}
