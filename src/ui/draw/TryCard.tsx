import { memo, useCallback, useMemo, useRef, useState } from 'react';
import type { DatasetInfo } from '../../experiment/dataset';
import type { Variant } from '../../experiment/report';
import { fitOf, fitted, SIDE } from '../../draw/fit';
import { PAD } from '../../draw/pad';
import { useFormat, useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { lastDataset } from '../../techniques/dataset-at';
import { PictureView } from '../charts/PictureView';
import { useTone } from '../charts/useTone';
import { Chevron } from '../controls/Chevron';
import { useClassName } from '../compare/useClassName';
import { AgreementLine } from './AgreementLine';
import { DrawingPad, type PadHandle } from './DrawingPad';
import { Probabilities } from './Probabilities';
import { useAnswers } from './useAnswers';
import { useExamples, type Example } from './useExamples';
import './draw.css';

interface TryCardProps {
  readonly variants: readonly Variant[];
  readonly info: DatasetInfo;
}

const EMPTY = new Float32Array(SIDE * SIDE);

/** A pad on which every variant says at once what it sees in a drawing. */
const TryCard = memo(function TryCard({ variants, info }: TryCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const classOf = useClassName(info.classes);
  const pad = useRef<PadHandle>(null);
  const fit = fitOf(info.id);
  const [picture, setPicture] = useState<Float32Array | null>(null);
  const [taken, setTaken] = useState<Example | null>(null);
  const takeExample = useExamples((example) => {
    pad.current?.put(example.picture);
    setPicture(example.picture);
    setTaken(example);
  });
  const drawn = useCallback(
    (ink: Float32Array) => {
      setPicture(ink.some((value) => value !== 0) ? fitted(ink, PAD, fit) : null);
      setTaken(null);
    },
    [fit],
  );
  const { answers, isLate } = useAnswers(picture, variants);
  const shown = useMemo(
    () => ({ width: SIDE, height: SIDE, channels: 1, values: picture ?? EMPTY }),
    [picture],
  );
  const tone = useTone(useWhittle(({ link }) => lastDataset(link.experiment)));
  return (
    <section className="card try" aria-labelledby="try-title">
      <h3 id="try-title">{t('draw.try')}</h3>
      <div className="try-parts">
        <div>
          <DrawingPad label={t('draw.pad')} ref={pad} onInk={drawn} />
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
            <AgreementLine {...{ variants, answers }} classes={info.classes} />
          </div>
        </div>
      </div>
      <Probabilities {...{ variants, answers, isLate }} classes={info.classes} />
      <p className="quiet">{t(`draw.fit.${fit}`)}</p>
    </section>
  );
});
export default TryCard;
