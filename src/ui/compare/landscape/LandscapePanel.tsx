import { useCallback, useEffect, useState } from 'react';
import { SIDE, type LandscapeFrame, type PathPoint } from '../../../experiment/landscape';
import type { Variant } from '../../../experiment/report';
import { variantId } from '../../../experiment/variant-id';
import { useFormat, useTranslation } from '../../../i18n';
import { isBusy } from '../../../state/background';
import { createLandscapes, landscapeKey, type LandscapeOf } from '../../../state/landscape';
import { useWhittle, whittleSession, whittleStore } from '../../../state/store';
import { ProblemAlert } from '../../controls/ProblemAlert';
import { useAnswer } from '../../useAnswer';
import { LandscapeMap } from './LandscapeMap';
import { PathList } from './PathList';
import './landscape.css';

const landscapes = createLandscapes(whittleStore, whittleSession().client);

interface LandscapePanelProps {
  readonly variants: readonly Variant[];
  readonly variant: Variant;
  readonly of: LandscapeOf;
}

/** The loss around a variant, measured while this is there. */
export default function LandscapePanel({ variants, variant, of }: LandscapePanelProps) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(true);
  const key = useWhittle((page) => landscapeKey(page, of)) ?? '';
  const waits = useWhittle(isBusy);
  const { answer: landscape, isAsked, problem } = useAnswer(landscapes, key);
  const { plane, draw, radius, split } = of;
  const { id } = variant;
  useEffect(
    () => (wanted ? landscapes.watch({ variant: id, plane, draw, radius, split }) : undefined),
    [wanted, id, plane, draw, radius, split],
  );
  const roleOf = useCallback(
    ({ kind, step }: PathPoint) => {
      const pointId = variantId(step, kind === 'alone');
      return variants.find((each) => each.id === pointId)?.role ?? 'other';
    },
    [variants],
  );
  const measured = landscape?.measured ?? 0;
  const isDone = measured === SIDE * SIDE;
  if (problem !== null) return <ProblemAlert problem={problem} />;
  return (
    <>
      {landscape && <LandscapeMap landscape={landscape} roleOf={roleOf} />}
      {landscape && <Legend losses={landscape.losses} />}
      {!isDone && (
        <div className="landscape-progress">
          {waits && <p className="quiet">{t('landscape.waits')}</p>}
          {isAsked && (
            <progress aria-label={t('landscape.progress')} value={measured} max={SIDE * SIDE} />
          )}
          {!waits && (
            <button
              type="button"
              className="text-button"
              onClick={() => {
                setWanted(!wanted);
              }}
            >
              {t(wanted ? 'landscape.cancel' : 'landscape.goOn')}
            </button>
          )}
        </div>
      )}
      {landscape && <PathList variants={variants} variant={variant} path={landscape.frame.path} />}
      {landscape && <About of={of} frame={landscape.frame} variant={variant} />}
    </>
  );
}

/** The least and the greatest loss, with their colours. */
function Legend({ losses }: { readonly losses: Float64Array }) {
  const { t } = useTranslation();
  const format = useFormat();
  const known = [...losses].filter(Number.isFinite);
  if (known.length === 0) return null;
  return (
    <p className="quiet landscape-legend">
      {t('watch.loss')} {format.significant(Math.min(...known))}
      <span className="landscape-scale" aria-hidden="true" />
      {format.significant(Math.max(...known))}
    </p>
  );
}

interface AboutProps {
  readonly of: LandscapeOf;
  readonly frame: LandscapeFrame;
  readonly variant: Variant;
}

/** What the map shows, and what it does not. */
function About({ of, frame, variant }: AboutProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentences = [
    t(of.split === 'train' ? 'landscape.onTrain' : 'landscape.onTest', {
      examples: format.number(frame.examples, 0),
    }),
    t(of.plane === 'random' ? 'landscape.aboutRandom' : 'landscape.aboutThree'),
    ...(variant.compressions.includes('quantize') ? [t('landscape.quantized')] : []),
  ];
  const [paper, url] =
    of.plane === 'random'
      ? ['Li et al. 2018', 'https://arxiv.org/abs/1712.09913']
      : ['Garipov et al. 2018', 'https://arxiv.org/abs/1802.10026'];
  return (
    <div className="quiet">
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <a href={url} target="_blank" rel="noreferrer">
        {paper}
      </a>
    </div>
  );
}
