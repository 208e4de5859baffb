import { memo, useCallback, useRef, useState } from 'react';
import type { DatasetInfo } from '../../experiment/dataset';
import type { Variant } from '../../experiment/report';
import { fitOf, fitted, SIDE } from '../../draw/fit';
import { PAD } from '../../draw/pad';
import { useFormat, useTranslation } from '../../i18n';
import { inked, usePalette } from '../charts/palette';
import { Pixels } from '../charts/Pixels';
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
          <Seen picture={picture} label={t('draw.seen')} />
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

const EMPTY = new Float32Array(SIDE * SIDE);

/** The picture as a network sees it. */
function Seen({
  picture,
  label,
}: {
  readonly picture: Float32Array | null;
  readonly label: string;
}) {
  const palette = usePalette();
  const values = picture ?? EMPTY;
  const colourAt = useCallback(
    (x: number, y: number) => inked(values[y * SIDE + x] ?? 0, palette),
    [values, palette],
  );
  return <Pixels width={SIDE} height={SIDE} colourAt={colourAt} label={label} className="seen" />;
}
