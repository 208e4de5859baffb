import { memo, useCallback, useMemo, useRef, useState } from 'react';
import type { DragEvent } from 'react';
import type { DatasetRef } from '../../experiment/experiment';
import type { Variant } from '../../experiment/report';
import {
  blank,
  exampleFrom,
  exampleOf,
  layable,
  padLook,
  sizeOf,
  type Making,
} from '../../draw/making';
import { createLatest } from '../../draw/latest';
import type { Rgba } from '../../draw/shrink';
import { useFormat, useTranslation } from '../../i18n';
import { PictureView } from '../charts/PictureView';
import { useTone } from '../charts/useTone';
import { Chevron } from '../controls/Chevron';
import { useClassName } from '../compare/useClassName';
import { AgreementLine } from './AgreementLine';
import { CanvasTools } from './CanvasTools';
import { DrawingPad, type PadHandle } from './DrawingPad';
import { Probabilities } from './Probabilities';
import { useAnswers } from './useAnswers';
import { useExamples, type Example } from './useExamples';
import './draw.css';

interface TryCardProps {
  readonly dataset: DatasetRef;
  readonly making: Making;
  readonly variants: readonly Variant[];
  readonly classes: readonly string[];
}

/** A pad on which every variant says at once what it sees in a drawing, or in a picture that is laid on it. */
const TryCard = memo(function TryCard({ dataset, making, variants, classes }: TryCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const classOf = useClassName(classes);
  const pad = useRef<PadHandle>(null);
  // By value: the pad keeps its drawing as long as it looks the same, whatever else is learned of the set.
  const { width, height, ground } = padLook(making);
  const look = useMemo(() => ({ width, height, ground }), [width, height, ground]);
  const [picture, setPicture] = useState<Float32Array | null>(null);
  const [taken, setTaken] = useState<Example | null>(null);
  const [isUnreadable, setUnreadable] = useState(false);
  const [latest] = useState(createLatest);
  const lay = useCallback(
    (example: Float32Array) => {
      pad.current?.put(layable(making, example));
      setPicture(example);
    },
    [making],
  );
  /** A file that is still being read comes too late, and that one could not be read is past. */
  const leaveFile = useCallback(() => {
    latest.stop();
    setUnreadable(false);
  }, [latest]);
  const takeExample = useExamples((example) => {
    leaveFile();
    lay(example.picture);
    setTaken(example);
  });
  const drawn = useCallback(
    (image: Rgba | null) => {
      leaveFile();
      setPicture(image && exampleOf(making, image));
      setTaken(null);
    },
    [making, leaveFile],
  );
  const takeFile = (file: File | undefined) => {
    if (file === undefined || making.kind === 'ink') return;
    latest.wait(
      exampleFrom(making, file),
      (example) => {
        setUnreadable(false);
        setTaken(null);
        lay(example);
      },
      () => {
        setUnreadable(true);
      },
    );
  };
  const { answers, isLate } = useAnswers(picture, variants);
  const shown = useMemo(
    () => ({ ...sizeOf(making), values: picture ?? blank(making) }),
    [making, picture],
  );
  const tone = useTone(dataset);
  return (
    <section className="card try" aria-labelledby="try-title">
      <h3 id="try-title">{t('draw.try')}</h3>
      <div className="try-parts">
        <div
          {...(making.kind === 'canvas' && {
            onDragOver: (event: DragEvent) => {
              event.preventDefault();
            },
            // Elsewhere on the page a file is data to be added.
            onDrop: (event: DragEvent) => {
              event.preventDefault();
              event.stopPropagation();
              takeFile(event.dataTransfer.files[0]);
            },
          })}
        >
          <DrawingPad label={t('draw.pad')} ref={pad} look={look} onPad={drawn} />
          <div className="try-tools">
            <button type="button" className="button" onClick={() => pad.current?.clear()}>
              {t('draw.erase')}
            </button>
            {([-1, 1] as const).map((by) => (
              <button
                key={by}
                type="button"
                className={`button button-icon ${by < 0 ? 'try-back' : 'try-on'}`}
                aria-label={t(by < 0 ? 'draw.previous' : 'draw.next')}
                title={t(by < 0 ? 'draw.previous' : 'draw.next')}
                onClick={() => {
                  takeExample(by);
                }}
              >
                <Chevron />
              </button>
            ))}
          </div>
          {making.kind === 'canvas' && (
            <CanvasTools {...{ making, look, pad, isUnreadable }} onFile={takeFile} />
          )}
        </div>
        <div className="try-seen">
          <PictureView picture={shown} tone={tone} label={t('draw.seen')} className="seen" />
          <p className="quiet">{t('draw.seen')}</p>
          <div aria-live="polite">
            {taken !== null && (
              <p className="quiet">
                {t('draw.example', {
                  index: format.number(taken.index + 1, 0),
                  label: classOf(taken.label),
                })}
              </p>
            )}
            <AgreementLine {...{ variants, answers, classes }} />
          </div>
        </div>
      </div>
      <Probabilities {...{ variants, answers, isLate, classes }} />
      <p className="quiet">
        {making.kind === 'canvas' ? t('draw.wholePad') : t(`draw.fit.${making.fit}`)}
        {making.kind === 'ink' && making.inverted && ` ${t('draw.inverted')}`}
        {making.kind === 'ink' && making.rotated && ` ${t('draw.rotated')}`}
      </p>
    </section>
  );
});
export default TryCard;
