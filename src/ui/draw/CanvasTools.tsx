import { useRef, useState } from 'react';
import type { RefObject } from 'react';
import { exampleFrom, type CanvasMaking } from '../../draw/making';
import { inkOn, type PadLook } from '../../draw/pad';
import { useTranslation } from '../../i18n';
import type { PadHandle } from './DrawingPad';

interface CanvasToolsProps {
  readonly making: CanvasMaking;
  readonly look: PadLook;
  readonly pad: RefObject<PadHandle | null>;
  readonly onPicture: (example: Float32Array) => void;
}

/** Of a pad that is the picture itself: a file to lay on it, and the colour of the pen. */
export function CanvasTools({ making, look, pad, onPicture }: CanvasToolsProps) {
  const { t } = useTranslation();
  const chooser = useRef<HTMLInputElement>(null);
  const [ink, setInk] = useState(() => inkOn(look));
  const [isUnreadable, setUnreadable] = useState(false);
  const take = (file: File | undefined) => {
    if (file === undefined) return;
    exampleFrom(making, file).then(
      (example) => {
        setUnreadable(false);
        onPicture(example);
      },
      () => {
        setUnreadable(true);
      },
    );
  };
  return (
    <>
      <div className="try-tools">
        <button type="button" className="button" onClick={() => chooser.current?.click()}>
          {t('draw.choosePicture')}
        </button>
        <input
          ref={chooser}
          type="file"
          hidden
          accept="image/*"
          aria-label={t('draw.choosePicture')}
          onChange={({ target }) => {
            take(target.files?.[0]);
            target.value = '';
          }}
        />
        {making.channels === 3 && (
          <input
            type="color"
            className="try-ink"
            aria-label={t('draw.ink')}
            title={t('draw.ink')}
            value={ink}
            onChange={({ target }) => {
              setInk(target.value);
              pad.current?.setInk(target.value);
            }}
          />
        )}
      </div>
      {isUnreadable && (
        <p className="problem" role="alert">
          {t('draw.noPicture')}
        </p>
      )}
    </>
  );
}
