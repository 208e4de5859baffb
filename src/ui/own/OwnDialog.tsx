import { Suspense, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog, Heading } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import type { OwnAbout } from '../../experiment/own-dataset';
import { useTranslation } from '../../i18n';
import { useWhittle, whittleSession } from '../../state/store';
import type { ChosenFile } from '../../worker/protocol';
import { OwnList } from './OwnList';
import { takeSet } from './take-set';
import { useWhileOpen } from './useWhileOpen';
import { WAYS } from './ways';

interface OwnDialogProps {
  readonly given: readonly ChosenFile[] | null;
  readonly onClose: () => void;
}

const LIST = 'list';

/** Data of the user's own: what is kept, and each way to add more. */
export default function OwnDialog({ given, onClose }: OwnDialogProps) {
  const { t } = useTranslation();
  const own = useWhittle((page) => page.own) ?? [];
  const [tab, setTab] = useState(own.length > 0 ? LIST : (WAYS[0]?.id ?? LIST));
  const [left, setLeft] = useState<readonly ChosenFile[] | null>(null);
  const [seen, setSeen] = useState<readonly ChosenFile[] | null>(null);
  const whileOpen = useWhileOpen();
  const taking = given && WAYS.find(({ takes }) => takes(given))?.id;
  // Files that were dropped while another tab was open open theirs.
  if (given !== seen) {
    setSeen(given);
    if (taking != null) setTab(taking);
  }
  const way = WAYS.find(({ id }) => id === tab);
  const choose = (ref: string) => {
    takeSet(ref);
    onClose();
  };
  const kept = async ({ ref }: OwnAbout) => {
    await whittleSession().listOwn();
    choose(ref);
  };
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <Modal className="modal own-modal">
        <Dialog className="own-dialog">
          <div className="own-head">
            <Heading slot="title">{t('own.title')}</Heading>
            <Button slot="close" className="button">
              {t('header.close')}
            </Button>
          </div>
          <p className="quiet">{t('own.stays')}</p>
          <div className="own-tabs" role="group" aria-label={t('own.title')}>
            {[LIST, ...WAYS.map(({ id }) => id)].map((id) => (
              <button
                key={id}
                type="button"
                className="button"
                aria-pressed={id === tab}
                onClick={() => {
                  setTab(id);
                  // Whoever comes back does not want them read again.
                  setLeft(given);
                }}
              >
                {id === LIST ? t('own.list', { count: own.length }) : t(`own.way.${id}`)}
              </button>
            ))}
          </div>
          {way === undefined ? (
            <OwnList sets={own} whileOpen={whileOpen} onUse={choose} onChanged={kept} />
          ) : (
            <Suspense fallback={<p className="quiet">…</p>}>
              <way.Panel
                key={way.id}
                given={taking === way.id && given !== left ? given : null}
                onKept={(about) => void kept(about)}
              />
            </Suspense>
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
