import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from '../../i18n';
import { addressOf } from '../../state/address';
import { whittleStore } from '../../state/store';
import { useCopy } from '../controls/useCopy';

/** Needed where the browser refuses, which few do. */
const CopyByHand = lazy(() => import('./CopyByHand'));

/** Copies the experiment's link, or shows it to be copied where the browser does not let the page. */
export function CopyLink() {
  const { t } = useTranslation();
  const { state, copy, forget } = useCopy();
  const [link, setLink] = useState('');
  const button = useRef<HTMLButtonElement>(null);

  return (
    <>
      <button
        type="button"
        ref={button}
        className="button"
        onClick={() => {
          const address = addressOf(whittleStore);
          setLink(address);
          void copy(address);
        }}
      >
        {t(state === 'copied' ? 'header.copied' : 'header.copyLink')}
      </button>
      <span role="status" className="visually-hidden">
        {state === 'copied' && t('header.copied')}
      </span>
      {state === 'refused' && (
        <Suspense fallback={null}>
          <CopyByHand link={link} button={button} onClose={forget} />
        </Suspense>
      )}
    </>
  );
}
