import { lazy, Suspense, useRef, useState } from 'react';
import { printLink } from '../../experiment/link';
import { useTranslation } from '../../i18n';
import { whittleStore } from '../../state/store';
import { techniqueSpecs } from '../../techniques/registry';

/** Needed where the browser refuses, which few do. */
const CopyByHand = lazy(() => import('./CopyByHand'));

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
  return (
    <>
      <button type="button" ref={button} className="button" onClick={() => void copy()}>
        {t(state === 'copied' ? 'header.copied' : 'header.copyLink')}
      </button>
      <span role="status" className="visually-hidden">
        {state === 'copied' && t('header.copied')}
      </span>
      {state === 'byHand' && (
        <Suspense fallback={null}>
          <CopyByHand
            link={link}
            button={button}
            onClose={() => {
              setState('idle');
            }}
          />
        </Suspense>
      )}
    </>
  );
}
