import { useCallback, useRef, useState } from 'react';
import type { OwnAbout } from '../../experiment/own-dataset';
import { SIDE } from '../../draw/fit';
import { exampleOf, padLook, type Making } from '../../draw/making';
import type { Rgba } from '../../draw/shrink';
import '../../i18n/later';
import { useTranslation } from '../../i18n';
import { DrawingPad, type PadHandle } from '../draw/DrawingPad';
import { AddTo } from './AddTo';
import { ClassList } from './ClassList';
import { countOf, MOST_GATHERED, withExample, type Shape3 } from './collection';
import { SetFoot } from './SetFoot';
import { Thumb } from './Thumb';
import { useCollection } from './useCollection';
import '../draw/draw.css';
import './gather.css';

const SHAPE: Shape3 = [SIDE, SIDE, 1];
const DIGIT: Making = { kind: 'ink', fit: 'digit', inverted: false, rotated: false };
const PAD = padLook(DIGIT);
const EMPTY = new Uint8Array(SIDE * SIDE);

/** Examples of the user's own classes, drawn one after another as MNIST's digits were prepared. */
export default function DrawClasses({ onKept }: { readonly onKept: (about: OwnAbout) => void }) {
  const { t } = useTranslation();
  const gathering = useCollection('draw', { name: t('gather.drawings'), shape: SHAPE });
  const { start, collection, act } = gathering;
  const [active, setActive] = useState(0);
  const [picture, setPicture] = useState<Uint8Array | null>(null);
  const pad = useRef<PadHandle>(null);
  const drawn = useCallback((image: Rgba | null) => {
    const bytes = (value: number) => Math.round(255 * value);
    setPicture(image && Uint8Array.from(exampleOf(DIGIT, image), bytes));
  }, []);
  // Undo may take classes away.
  const at = Math.min(active, collection.classes.length - 1);
  const one = collection.classes[at];
  const isFull = countOf(collection) >= MOST_GATHERED;
  const clear = () => {
    pad.current?.clear();
    setPicture(null);
  };
  return (
    <div className="own-add">
      <p>{t('gather.drawHint')}</p>
      <AddTo shapes={[SHAPE]} start={start} act={act} />
      <div className="gather-parts">
        <div className="gather-pad">
          <DrawingPad label={t('gather.pad')} ref={pad} look={PAD} onPad={drawn} />
          <button
            type="button"
            className="button button-main"
            disabled={picture === null || one === undefined || isFull}
            onClick={() => {
              if (picture !== null) act({ to: (now) => withExample(now, at, picture) });
              clear();
            }}
          >
            {t('gather.addAs', { name: one?.name ?? '' })}
          </button>
          {isFull && <p className="quiet">{t('gather.full')}</p>}
          <div className="own-row">
            <button type="button" className="button" onClick={clear}>
              {t('draw.erase')}
            </button>
            <span className="gather-seen" title={t('gather.kept')}>
              <Thumb picture={picture ?? EMPTY} shape={SHAPE} />
            </span>
          </div>
        </div>
        <ClassList {...{ collection, act }} active={at} onActive={setActive} />
      </div>
      <SetFoot gathering={gathering} onKept={onKept} />
    </div>
  );
}
