import { MIN_OWN_EXAMPLES, type OwnAbout } from '../../experiment/own-dataset';
import { useFormat, useTranslation } from '../../i18n';
import { whittleSession } from '../../state/store';
import { ProblemAlert } from '../controls/ProblemAlert';
import { NameField } from '../own/NameField';
import { useKeeping } from '../own/useKeeping';
import { countOf, obstacleOf, pictureSetOf } from './collection';
import type { Gathering } from './useCollection';

interface SetFootProps {
  readonly gathering: Gathering;
  readonly onKept: (about: OwnAbout) => void;
}

/** Undo, the set's name, and keeping it; or what is missing before it can be. */
export function SetFoot({ gathering, onKept }: SetFootProps) {
  const { collection, canUndo, act, forget } = gathering;
  const { t } = useTranslation();
  const format = useFormat();
  const { busy, problem, keep } = useKeeping((about) => {
    forget();
    onKept(about);
  });
  const obstacle = obstacleOf(collection);
  const { name } = collection;
  const count = countOf(collection);

  const keepPictures = () => {
    const given = name.trim() === '' ? t('gather.unnamed') : name.trim();
    keep(() =>
      whittleSession().client.request('keepPictures', { ...pictureSetOf(collection), name: given }),
    );
  };

  return (
    <>
      <p className="quiet">{t('gather.enough')}</p>
      <ProblemAlert problem={problem} />
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
        <NameField
          value={name}
          onChange={(given) => {
            act({ to: (now) => ({ ...now, name: given }), merge: true });
          }}
        />
        <button
          type="button"
          className="button button-main"
          disabled={busy || obstacle !== null}
          onClick={keepPictures}
        >
          {t('gather.keep', { count, formatted: format.number(count, 0) })}
        </button>
      </div>
      {obstacle !== null && (
        <p className="quiet" role="status">
          {t(`gather.obstacle.${obstacle}`, {
            least: format.number(MIN_OWN_EXAMPLES, 0),
            count: format.number(count, 0),
          })}
        </p>
      )}
    </>
  );
}
