import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { toProblem, type Problem } from '../../experiment/problem';
import { useTranslation } from '../../i18n';
import { addressOf } from '../../state/address';
import { useWhittle, whittleSession, whittleStore } from '../../state/store';
import { isAbort } from '../../state/timing';
import { CODE_FILES, type CodeLanguage } from '../../worker/export-formats';
import { ProblemAlert } from '../controls/ProblemAlert';
import { useCopy } from '../controls/useCopy';
import { saveFile } from '../header/saveFile';
import { titleNow } from './take';

const LANGUAGES = Object.keys(CODE_FILES) as CodeLanguage[];

/** The recipe as a script, to be read, copied and saved. */
export default function CodeDialog({ onClose }: { readonly onClose: () => void }) {
  const translator = useTranslation();
  const { t } = translator;
  const [language, setLanguage] = useState<CodeLanguage>('pytorch');
  const { state, copy } = useCopy();
  const experiment = useWhittle(({ link }) => link.experiment);
  /** In the language that was asked for last, or before; empty until the first is there. */
  const [script, setScript] = useState<{ readonly in: CodeLanguage; readonly code: string }>();
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    const ended = new AbortController();
    const { client } = whittleSession();
    const about = { link: addressOf(whittleStore), title: titleNow(translator) };
    client.request('recipeCode', { experiment, language, ...about }, { signal: ended.signal }).then(
      (code) => {
        setScript({ in: language, code });
      },
      (error: unknown) => {
        if (!isAbort(error)) setProblem(toProblem(error));
      },
    );
    return () => {
      ended.abort();
    };
  }, [experiment, language, translator]);
  const code = script?.in === language ? script.code : null;
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
          {problem === null ? (
            <pre tabIndex={0} role="region" aria-label={CODE_FILES[language]}>
              <code>{code ?? ''}</code>
            </pre>
          ) : (
            <ProblemAlert problem={problem} />
          )}
          <div className="takeaway-run">
            <button
              type="button"
              className="button"
              disabled={code === null}
              onClick={() => void copy(code ?? '')}
            >
              {t(`takeaway.copying.${state}`)}
            </button>
            <button
              type="button"
              className="button"
              disabled={code === null}
              onClick={() => {
                saveFile(CODE_FILES[language], 'text/plain;charset=utf-8', code ?? '');
              }}
            >
              {t('takeaway.save', { file: CODE_FILES[language] })}
            </button>
            <Button slot="close" className="button">
              {t('header.close')}
            </Button>
          </div>
          <span role="status" className="visually-hidden">
            {state !== 'idle' && t(`takeaway.copying.${state}`)}
          </span>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
