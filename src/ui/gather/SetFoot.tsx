import { useState } from 'react';
import { MIN_OWN_EXAMPLES, type OwnAbout } from '../../experiment/own-dataset';
import { toProblem, type Problem } from '../../experiment/problem';
import { useFormat, useTranslation } from '../../i18n';
import { useProblemText } from '../../i18n/useProblemText';
import { whittleSession } from '../../state/store';
import { countOf, obstacleOf, pictureSetOf, type Collection } from './collection';
import type { Act } from './useCollection';

interface SetFootProps {
  readonly collection: Collection;
  readonly canUndo: boolean;
  readonly act: Act;
  readonly onKept: (about: OwnAbout) => void;
}

/** Undo, the set's name, and keeping it; or what is missing before it can be. */
export function SetFoot({ collection, canUndo, act, onKept }: SetFootProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const textOf = useProblemText();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const obstacle = obstacleOf(collection);
  const { name } = collection;

  const keep = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const { client } = whittleSession();
      const set = pictureSetOf(collection);
      const given = name.trim() === '' ? t('gather.unnamed') : name.trim();
      onKept(await client.request('keepPictures', { ...set, name: given }));
    } catch (error) {
      setProblem(toProblem(error));
    }
    setBusy(false);
  };

  return (
    <>
      <p className="quiet">{t('gather.enough')}</p>
      {problem && (
        <p className="problem" role="alert">
          {textOf(problem)}
        </p>
      )}
      <div className="own-row">
        <button
          type="button"
          className="button"
          disabled={!canUndo}
          onClick={() => {
            act('undo');
          }}
        >
          {t('header.undo')}
        </button>
        <label className="own-row">
          <span>{t('gather.name')}</span>
          <input
            className="text-input gather-name"
            value={name}
            maxLength={100}
            onChange={({ target }) => {
              act({ to: (now) => ({ ...now, name: target.value }), merge: true });
            }}
          />
        </label>
        <button
          type="button"
          className="button button-main"
          disabled={busy || obstacle !== null}
          onClick={() => void keep()}
        >
          {t('gather.keep', { count: countOf(collection) })}
        </button>
      </div>
      {obstacle !== null && (
        <p className="quiet" role="status">
          {t(`gather.obstacle.${obstacle}`, {
            least: format.number(MIN_OWN_EXAMPLES, 0),
            count: format.number(countOf(collection), 0),
          })}
        </p>
      )}
    </>
  );
}
