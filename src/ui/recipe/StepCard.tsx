import { lazy, Suspense } from 'react';
import type { OptionMeta } from '../../experiment/options';
import type { Step } from '../../experiment/step';
import { useTranslation } from '../../i18n';
import { rateOption, viewStep } from '../../state/recipe';
import { useWhittle } from '../../state/store';
import { ProblemsAt, useIsWrong, useProblemsAt } from '../controls/Problems';
import { Unfold } from '../controls/Unfold';
import { Formula } from './Formula';
import { LiveChanges } from './LiveChanges';
import { MainOption } from './MainOption';
import { Measured } from './Measured';
import { OptionRow } from './OptionRow';
import { PreviewLine } from './PreviewLine';
import { StepHandle } from './StepHandle';
import { StepMenu } from './StepMenu';
import { useStepSummary } from './useStepSummary';

// What few steps have need not be in the first paint.
const SpecialOptions = lazy(() => import('./SpecialOptions'));

/** Kinds of options that have controls of their own, or none. */
const APART: readonly (OptionMeta['kind'] | undefined)[] = ['text', 'dataset'];

interface StepCardProps {
  readonly step: Step;
  readonly index: number;
  readonly steps: number;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
  readonly onDrag: (y: number) => void;
  readonly onDrop: (kept: boolean) => void;
}

type Stage = 'waiting' | 'current' | 'finished';

function useStage(index: number): Stage {
  return useWhittle(({ status, cursor, reached }) => {
    const underWay = status === 'running' || status === 'paused' || status === 'measuring';
    if (underWay && cursor.step === index) return 'current';
    return index <= reached ? 'finished' : 'waiting';
  });
}

/** One step: its main slider, what it would do, and the rest folded away. */
export function StepCard({ step, index, steps, onMove, onRemove, onDrag, onDrop }: StepCardProps) {
  const { t } = useTranslation();
  const stage = useStage(index);
  const problems = useProblemsAt(`step.${String(index)}`);
  const view = viewStep(step);
  const name = t(`technique.${step.technique}`);
  const summary = useStepSummary(view);
  const others = view.active.filter(
    (option) => option !== view.main && !APART.includes(view.options[option]?.meta.kind),
  );
  const isWrong = useIsWrong(others.map((option) => `step.${String(index)}.${option}`));
  const id = `step-${String(index)}`;
  return (
    <article
      className={`card step step-${stage}`}
      aria-labelledby={`${id}-name`}
      aria-current={stage === 'current' ? 'step' : undefined}
    >
      {stage === 'current' && <StepProgress />}
      <div className="step-head">
        <StepHandle step={index} name={name} {...{ onMove, onDrag, onDrop }} />
        <h3 id={`${id}-name`}>
          {index + 1} {name}
          {stage === 'finished' && <Tick label={t('recipe.finished')} />}
        </h3>
        <MainOption.Value view={view} index={index} />
        <StepMenu index={index} steps={steps} name={name} {...{ onMove, onRemove }} />
      </div>
      <MainOption.Track view={view} index={index} />
      {view.instant && <PreviewLine index={index} />}
      <Suspense>
        <SpecialOptions view={view} index={index} />
      </Suspense>
      <ProblemsAt problems={problems} id={`${id}-problems`} />
      {view.byLayer !== null && <Measured what="sensitivity" view={view} index={index} />}
      {rateOption(view) !== null && <Measured what="findRate" view={view} index={index} />}
      <Unfold
        urgent={isWrong}
        title={summary === '' ? t('recipe.options') : summary}
        label={`${t('recipe.stepName', { step: index + 1, name })}: ${t('recipe.options')}`}
      >
        {() => (
          <>
            <p className="quiet">{t(`techniqueHint.${step.technique}`)}</p>
            <LiveChanges step={step} index={index} />
            {others.map((option) => (
              <OptionRow key={option} view={view} option={option} index={index} />
            ))}
            <Formula view={view} />
          </>
        )}
      </Unfold>
    </article>
  );
}

function StepProgress() {
  const { t } = useTranslation();
  const cursor = useWhittle((page) => page.cursor);
  return (
    <progress
      className="step-progress"
      aria-label={t('recipe.progress')}
      {...(cursor.total > 0 ? { max: cursor.total, value: cursor.done } : {})}
    />
  );
}

function Tick({ label }: { readonly label: string }) {
  return (
    <svg className="tick" viewBox="0 0 12 12" width="12" height="12" role="img" aria-label={label}>
      <path d="m2 6.5 2.7 2.7L10 3.5" fill="none" stroke="currentColor" strokeWidth="1.6" />
    </svg>
  );
}
