import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from '../../i18n';
import { useWhittle, whittleSession } from '../../state/store';
import { CODE_FILES, type CodeLanguage } from '../../worker/export-formats';
import { saveFile } from '../header/saveFile';
import { addressNow, titleNow } from './take';

const LANGUAGES = Object.keys(CODE_FILES) as CodeLanguage[];

/** How long the confirmation stays. */
const CONFIRM_MS = 2_000;

/** The recipe as a script, to be read, copied and saved. */
export default function CodeDialog({ onClose }: { readonly onClose: () => void }) {
  const translator = useTranslation();
  const { t } = translator;
  const [language, setLanguage] = useState<CodeLanguage>('pytorch');
  const [copied, setCopied] = useState(false);
  const experiment = useWhittle(({ link }) => link.experiment);
  const [code, setCode] = useState('');
  useEffect(() => {
    const ended = new AbortController();
    const { client, report } = whittleSession();
    const about = { link: addressNow(), title: titleNow(translator) };
    client
      .request('recipeCode', { experiment, language, ...about }, { signal: ended.signal })
      .then(setCode, report);
    return () => {
      ended.abort();
    };
  }, [experiment, language, translator]);
  const copy = async () => {
    await navigator.clipboard.writeText(code);
    setCopied(true);
    setTimeout(() => {
      setCopied(false);
    }, CONFIRM_MS);
  };
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      isDismissable
    >
      <Modal className="modal code-modal">
        <Dialog className="code-dialog">
          <Heading slot="title">{t('takeaway.code')}</Heading>
          <div className="code-languages" role="group" aria-label={t('takeaway.language')}>
            {LANGUAGES.map((id) => (
              <button
                key={id}
                type="button"
                className="button"
                aria-pressed={id === language}
                onClick={() => {
                  setLanguage(id);
                }}
              >
                {t(`takeaway.languages.${id}`)}
              </button>
            ))}
          </div>
          <pre tabIndex={0} role="region" aria-label={CODE_FILES[language]}>
            <code>{code}</code>
          </pre>
          <div className="takeaway-run">
            <button type="button" className="button" onClick={() => void copy().catch(() => null)}>
              {t(copied ? 'takeaway.copied' : 'takeaway.copy')}
            </button>
            <button
              type="button"
              className="button"
              onClick={() => {
                saveFile(CODE_FILES[language], 'text/plain;charset=utf-8', code);
              }}
            >
              {t('takeaway.save', { file: CODE_FILES[language] })}
            </button>
            <Button slot="close" className="button">
              {t('header.close')}
            </Button>
          </div>
          <span role="status" className="visually-hidden">
            {copied && t('takeaway.copied')}
          </span>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
