import { useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { CanvasMaking } from '../../draw/making';
import { inkOn, type PadLook } from '../../draw/pad';
import { useTranslation } from '../../i18n';
import type { PadHandle } from './DrawingPad';

interface CanvasToolsProps {
  readonly making: CanvasMaking;
  readonly look: PadLook;
  readonly pad: RefObject<PadHandle | null>;
  readonly isUnreadable: boolean;
  readonly onFile: (file: File | undefined) => void;
}

/** Of a pad that is the picture itself: a file to lay on it, and the colour of the pen. */
export function CanvasTools({ making, look, pad, isUnreadable, onFile }: CanvasToolsProps) {
  const { t } = useTranslation();
  const chooser = useRef<HTMLInputElement>(null);
  const [ink, setInk] = useState(() => inkOn(look));
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
            onFile(target.files?.[0]);
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
