import { lazy, Suspense, useEffect, useState } from 'react';
import { ownInfo, ownNamed } from '../../experiment/own-dataset';
import { useFormat, useTranslation } from '../../i18n';
import '../../i18n/later';
import { useWhittle, whittleSession } from '../../state/store';
import type { ChosenFile } from '../../worker/protocol';
import { useProblemsAt } from '../controls/Problems';
import { droppedFiles } from '../gather/folder';
import './own.css';

const OwnDialog = lazy(() => import('./OwnDialog'));

interface OwnDataProps {
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

/** Data of the user's own in the data's card: what the chosen set holds, or that it is not here; and the dialog. */
export function OwnData({ open, onOpen }: OwnDataProps) {
  const dataset = useWhittle(({ link }) => link.experiment.dataset);
  const [dropped, setDropped] = useState<readonly ChosenFile[] | null>(null);
  useDrop((files) => {
    if (files.length === 0) return;
    setDropped(files);
    onOpen(true);
  });
  return (
    <>
      {ownInfo(dataset) !== null && <Chosen dataset={dataset} onOther={onOpen} />}
      {open && (
        <Suspense fallback={null}>
          <OwnDialog
            given={dropped}
            onClose={() => {
              setDropped(null);
              onOpen(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

/** Names that are listed; more are counted. */
const MOST_NAMES = 8;

function Chosen({
  dataset,
  onOther,
}: {
  readonly dataset: string;
  readonly onOther: (open: boolean) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const own = useWhittle((page) => page.own);
  const told = useProblemsAt('data');
  const about = ownNamed(own, dataset);
  const info = ownInfo(dataset);
  if (own === null || info === null) return null;
  const listed = (names: readonly string[]) => {
    const more = names.length - MOST_NAMES;
    const shown = names.slice(0, MOST_NAMES).join(t('watch.listSeparator'));
    return more > 0 ? t('own.andMore', { names: shown, count: more }) : shown;
  };
  if (about === undefined) {
    return (
      <div className="own-missing">
        {!told.some(({ code }) => code === 'dataNotHere') && (
          <p className="problem" role="alert">
            {t('own.notHere', { data: dataset })}
          </p>
        )}
        <button
          type="button"
          className="button"
          onClick={() => {
            onOther(true);
          }}
        >
          {t('own.chooseOther')}
        </button>
      </div>
    );
  }
  const { classes, features, withoutTarget, filled } = about;
  const classification = info.task === 'classification';
  return (
    <div className="quiet own-about">
      <p>
        {classification
          ? t('own.classes', { count: classes.length, names: listed(classes) })
          : t('own.foretold', { name: classes[0] ?? '' })}
      </p>
      {features.length > 0 && (
        <p>{t('own.features', { count: features.length, names: listed(features) })}</p>
      )}
      {withoutTarget > 0 && (
        <p>
          {t('own.withoutTarget', {
            count: withoutTarget,
            formatted: format.number(withoutTarget),
          })}
        </p>
      )}
      {filled > 0 && <p>{t('own.filled', { count: filled, formatted: format.number(filled) })}</p>}
      <p>{classification ? t('own.hereClasses') : t('own.here')}</p>
    </div>
  );
}

/** Files, and folders, that are dropped anywhere on the page. */
function useDrop(take: (files: readonly ChosenFile[]) => void): void {
  useEffect(() => {
    const holdsFiles = ({ dataTransfer }: DragEvent) =>
      dataTransfer?.types.includes('Files') === true;
    const over = (event: DragEvent) => {
      if (holdsFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      const { dataTransfer } = event;
      if (dataTransfer !== null) droppedFiles(dataTransfer).then(take, whittleSession().report);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('drop', drop);
    };
  });
}
