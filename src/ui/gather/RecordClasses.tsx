import { useEffect, useState } from 'react';
import type { OwnAbout } from '../../experiment/own-dataset';
import '../../i18n/later';
import { useTranslation } from '../../i18n';
import { AddTo } from './AddTo';
import { frameOf } from './camera';
import { ClassList } from './ClassList';
import { countOf, MOST_GATHERED, withExample, type Collection, type Shape3 } from './collection';
import { SetFoot } from './SetFoot';
import { useCamera } from './useCamera';
import { useCollection, type Act } from './useCollection';
import { useHeld } from './useHeld';
import './gather.css';

const GREY: Shape3 = [28, 28, 1];
const COLOUR: Shape3 = [32, 32, 3];
const SHAPES = [GREY, COLOUR];
/** The middle of what the camera shows, as it is. */
const FRAMES = { keep: 'middle', inverts: false } as const;
/** Ten frames a second: nearer ones are nearly the same. */
const EVERY_MS = 100;

/** Examples of the user's own classes from the camera, recorded only while a button is held. */
export default function RecordClasses({ onKept }: { readonly onKept: (about: OwnAbout) => void }) {
  const { t } = useTranslation();
  const gathering = useCollection('camera', {
    name: t('gather.recordings'),
    shape: COLOUR,
    given: FRAMES,
  });
  const { start, collection, act } = gathering;
  const [wanted, setActive] = useState(0);
  // Undo may take classes away.
  const active = Math.min(wanted, collection.classes.length - 1);
  return (
    <div className="own-add">
      <p>{t('gather.cameraHint')}</p>
      <AddTo shapes={SHAPES} start={start} act={act} />
      <ShapeChoice {...{ collection, act }} />
      <div className="gather-parts">
        <Recorder {...{ collection, act, active }} />
        <ClassList {...{ collection, act, active }} onActive={setActive} />
      </div>
      <SetFoot gathering={gathering} onKept={onKept} />
    </div>
  );
}

interface PartProps {
  readonly collection: Collection;
  readonly act: Act;
}

/** Grey or colour, as long as nothing is recorded. */
function ShapeChoice({ collection, act }: PartProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="own-row" disabled={countOf(collection) > 0}>
      <legend className="visually-hidden">{t('gather.size')}</legend>
      {SHAPES.map((shape) => (
        <label key={shape[2]} className="own-check">
          <input
            type="radio"
            name="gather-shape"
            checked={collection.shape[2] === shape[2]}
            onChange={() => {
              act({ to: (now) => ({ ...now, shape }), merge: true });
            }}
          />
          {t(shape[2] === 1 ? 'gather.grey' : 'gather.colour')}
        </label>
      ))}
    </fieldset>
  );
}

/** What the camera shows, and the button that records it. */
function Recorder({ collection, act, active }: PartProps & { readonly active: number }) {
  const { t } = useTranslation();
  const { state, video, start } = useCamera();
  const { shape, classes } = collection;
  const one = classes[active];
  const isFull = countOf(collection) >= MOST_GATHERED;
  const { isHeld: records, handlers } = useHeld(state === 'on' && one !== undefined && !isFull);
  useEffect(() => {
    if (!records) return;
    let isFirst = true;
    const record = () => {
      const frame = video.current && frameOf(video.current, shape);
      if (frame === null) return;
      // What is recorded while the button is held is undone together.
      act({ to: (now) => withExample(now, active, frame), merge: !isFirst });
      isFirst = false;
    };
    record();
    const timer = setInterval(record, EVERY_MS);
    return () => {
      clearInterval(timer);
    };
  }, [records, video, shape, active, act]);

  if (state !== 'on') {
    const isTrouble = state !== 'off' && state !== 'asking';
    return (
      <div className="gather-pad">
        {isTrouble && (
          <p className="problem" role="alert">
            {t(`gather.camera.${state}`)}
          </p>
        )}
        <button
          type="button"
          className="button button-main"
          disabled={state === 'asking'}
          onClick={start}
        >
          {t(state === 'asking' ? 'gather.camera.asking' : 'gather.camera.start')}
        </button>
      </div>
    );
  }
  return (
    <div className="gather-pad">
      <video
        ref={video}
        className="gather-video"
        autoPlay
        muted
        playsInline
        aria-label={t('gather.camera.shows')}
      />
      <button
        type="button"
        className={records ? 'button button-main gather-records' : 'button button-main'}
        disabled={one === undefined || isFull}
        {...handlers}
      >
        {records ? t('gather.camera.records') : t('gather.camera.hold', { name: one?.name ?? '' })}
      </button>
      {isFull && <p className="quiet">{t('gather.full')}</p>}
    </div>
  );
}
