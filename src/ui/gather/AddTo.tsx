import { useEffect, useState } from 'react';
import { ownInfo, type OwnAbout } from '../../experiment/own-dataset';
import { useTranslation } from '../../i18n';
import { whittleSession } from '../../state/store';
import { Choice } from '../controls/Choice';
import { collectionOf, type Collection, type Shape3 } from './collection';
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
  const [sets, setSets] = useState<readonly OwnAbout[]>([]);
  const [chosen, setChosen] = useState(NEW);
  useEffect(() => {
    const abort = new AbortController();
    whittleSession()
      .client.request('ownSets', {}, { signal: abort.signal })
      .then((found) => {
        if (!abort.signal.aborted) setSets(found);
      })
      // Where the database does not open, a new set can still be begun; keeping it tells why it cannot.
      .catch(() => undefined);
    return () => {
      abort.abort();
    };
  }, []);
  const fitting = sets.filter(({ ref }) => {
    const shape = String(ownInfo(ref)?.shape);
    return shapes.some((one) => String(one) === shape);
  });
  if (fitting.length === 0) return null;
  const choose = (ref: string) => {
    setChosen(ref);
    if (ref === NEW) {
      act({ to: () => start });
      return;
    }
    const { client, report } = whittleSession();
    client.request('ownPictures', { ref }).then((set) => {
      if (set !== null) act({ to: () => collectionOf(set) });
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
