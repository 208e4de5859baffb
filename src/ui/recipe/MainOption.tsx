import { resolveDataset } from '../../experiment/dataset';
import { useTranslation } from '../../i18n';
import type { StepView } from '../../state/recipe';
import { useWhittle } from '../../state/store';
import { datasetAt } from '../../techniques/dataset-at';
import { NumberInput } from '../controls/NumberInput';
import { ProblemsAt, useProblemsAt } from '../controls/Problems';
import { scaleOf } from '../controls/scale';
import { Slider } from '../controls/Slider';
import { Curve } from './Curve';
import { liveChanges } from './liveChanges';
import { useOptionText } from './useOptionText';

interface MainOptionProps {
  readonly view: StepView;
  readonly index: number;
}

/** The main option's value as it is now: of a running step, the learning rate set last. */
function useMain({ view, index }: MainOptionProps) {
  const isUnderWay = useWhittle(
    ({ status, cursor }) => cursor.step === index && (status === 'running' || status === 'paused'),
  );
  const justSet = useWhittle((page) => page.liveLearningRate);
  const option = view.main === null ? undefined : view.options[view.main];
  if (option?.meta.kind !== 'number' || typeof option.value !== 'number') return null;
  const { name, meta, value } = option;
  if (name !== 'lr' || !isUnderWay) return { name, meta, value, isLive: false };
  const now = justSet ?? liveChanges(view.options['at']?.value).at(-1)?.learningRate ?? value;
  return { name, meta, value: now, isLive: true };
}

function Value(props: MainOptionProps) {
  const { t } = useTranslation();
  const { bare } = useOptionText();
  const setOption = useWhittle((page) => page.setOption);
  const main = useMain(props);
  const at = `step.${String(props.index)}.${props.view.main ?? ''}`;
  const problems = useProblemsAt(at);
  if (main === null) return null;
  const { name, meta, value } = main;
  return (
    <span className="step-value">
      <span className="quiet" aria-hidden="true">
        {t(`option.${name}`)}
      </span>
      <NumberInput
        label={t(`option.${name}`)}
        value={value}
        meta={meta}
        scale={scaleOf(meta)}
        format={(shown) => bare(meta, shown)}
        describedBy={problems.length > 0 ? at : undefined}
        invalid={problems.length > 0}
        onChange={(next) => {
          setOption(props.index, name, next);
        }}
      />
    </span>
  );
}

function Track(props: MainOptionProps) {
  const { t } = useTranslation();
  const { withUnit } = useOptionText();
  const setOption = useWhittle((page) => page.setOption);
  const commit = useWhittle((page) => page.commit);
  const task = useWhittle(
    ({ link }) => resolveDataset(datasetAt(link.experiment, props.index))?.info.task,
  );
  const curve = useWhittle(({ curves }) => curves[props.index]);
  const main = useMain(props);
  const at = `step.${String(props.index)}.${props.view.main ?? ''}`;
  const problems = useProblemsAt(at);
  if (main === null) return null;
  const { name, meta, value, isLive } = main;
  const liveHint = `${at}.live`;
  const describedBy = [...(problems.length > 0 ? [at] : []), ...(isLive ? [liveHint] : [])];
  const scale = scaleOf(meta);
  return (
    <div
      className={props.view.instant ? 'main-option main-option-curve' : 'main-option'}
      {...(isLive ? { title: t('recipe.liveHint') } : {})}
    >
      <Slider
        label={t(`option.${name}`)}
        value={value}
        scale={scale}
        text={withUnit({ name, meta, value })}
        describedBy={describedBy.length > 0 ? describedBy.join(' ') : undefined}
        behind={
          props.view.instant && (
            <Curve
              points={curve ?? []}
              scale={scale}
              caption={t(task === 'regression' ? 'recipe.curveOfScore' : 'recipe.curveOf')}
            />
          )
        }
        onChange={(next) => {
          setOption(props.index, name, next, true);
        }}
        onCommit={commit}
      />
      {/* A visible line would come and go with the run and move the steps below. */}
      {isLive && (
        <span className="visually-hidden" id={liveHint}>
          {t('recipe.liveHint')}
        </span>
      )}
      <ProblemsAt problems={problems} id={at} />
    </div>
  );
}

/** A step's one main option, in its two places on the card: the value in the head, the slider below. */
export const MainOption = { Value, Track };
