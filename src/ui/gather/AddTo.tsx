import { useRef, useState } from 'react';
import { ownInfo } from '../../experiment/own-dataset';
import { useTranslation } from '../../i18n';
import { useWhittle, whittleSession } from '../../state/store';
import { Choice } from '../controls/Choice';
import { collectionOf, MOST_GATHERED, type Collection, type Shape3 } from './collection';
import type { Act } from './useCollection';

interface AddToProps {
  /** What its pictures may be. */
  readonly shapes: readonly Shape3[];
  readonly start: Collection;
  readonly act: Act;
}

const NEW = 'new';

/** Whether a new set is begun, or one that is kept is added to. */
export function AddTo({ shapes, start, act }: AddToProps) {
  const { t } = useTranslation();
  const sets = useWhittle(({ own }) => own) ?? [];
  const [chosen, setChosen] = useState(NEW);
  const newest = useRef(NEW);
  const fitting = sets.filter(({ ref }) => {
    const info = ownInfo(ref);
    if (info === null || info.train + info.validation + info.test > MOST_GATHERED) return false;
    return shapes.some((one) => String(one) === String(info.shape));
  });
  if (fitting.length === 0) return null;
  const choose = (ref: string) => {
    setChosen(ref);
    newest.current = ref;
    if (ref === NEW) {
      act({ to: () => start });
      return;
    }
    const { client, report } = whittleSession();
    client.request('ownPictures', { ref }).then((set) => {
      if (set !== null && newest.current === ref) act({ to: () => collectionOf(set) });
    }, report);
  };
  return (
    <div className="own-row">
      <span>{t('gather.set')}</span>
      <Choice
        label={t('gather.set')}
        value={chosen}
        items={[
          { id: NEW, label: t('gather.newSet') },
          ...fitting.map(({ ref, name }) => ({ id: ref, label: name })),
        ]}
        onChange={choose}
      />
    </div>
  );
}
