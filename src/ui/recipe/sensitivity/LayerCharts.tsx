import { useEffect, useMemo } from 'react';
import { resolveDataset } from '../../../experiment/dataset';
import { ownValues } from '../../../experiment/layer-settings';
import { useTranslation } from '../../../i18n';
import '../../../i18n/later';
import type { StepView } from '../../../state/recipe';
import {
  createSensitivities,
  questionAbout,
  type Question,
  type Sensitivity,
} from '../../../state/sensitivity';
import { useWhittle, whittleSession, whittleStore } from '../../../state/store';
import { lastDataset } from '../../../techniques/dataset-at';
import { ProblemAlert } from '../../controls/ProblemAlert';
import { useAnswer } from '../../useAnswer';
import { scoreAxis } from '../Curve';
import { LayerChart } from './LayerChart';
import { useShared } from './useShared';
import './sensitivity.css';

const sensitivities = createSensitivities(whittleStore, whittleSession().client);
const NO_ANSWER: Sensitivity = {};

/** A small chart of every layer, all on the same axes, each the slider that sets its layer apart. */
export default function LayerCharts({
  view,
  index,
}: {
  readonly view: StepView;
  readonly index: number;
}) {
  const experiment = useWhittle(({ link }) => link.experiment);
  const question = useMemo(() => questionAbout(experiment, index), [experiment, index]);
  const { answer = NO_ANSWER } = useAnswer(sensitivities, question?.key ?? '');
  useEffect(() => sensitivities.watch(index), [index]);
  const shared = useShared(view, index);
  if (question === null) return null;
  const text = String(view.options['layers']?.value ?? '');
  const own = ownValues(text);
  const axis = scoreAxis(Object.values(answer).flat());
  return (
    <div className="sensitivity">
      <Told question={question} answer={answer} />
      <div className="layer-charts">
        {question.layers.map((layer) => (
          <LayerChart
            key={layer}
            {...{ index, layer, text, axis }}
            option={view.byLayer?.option ?? ''}
            meta={question.meta}
            own={own.get(layer)}
            shared={shared(layer)}
            points={answer[layer] ?? []}
          />
        ))}
      </div>
    </div>
  );
}

/** What is drawn, and how far it has come. */
function Told({ question, answer }: { readonly question: Question; readonly answer: Sensitivity }) {
  const { t } = useTranslation();
  const task = useWhittle(({ link }) => resolveDataset(lastDataset(link.experiment))?.info.task);
  const { isAsked, problem } = useAnswer(sensitivities, question.key);
  const measured = Object.values(answer).reduce((sum, points) => sum + points.length, 0);
  const all = question.settings.length;
  if (measured === 0 && !isAsked && problem === null) {
    return <p className="quiet">{t('recipe.nowLater')}</p>;
  }
  return (
    <>
      <p className="quiet">
        {t(task === 'regression' ? 'sensitivity.aboutScore' : 'sensitivity.about')}
      </p>
      <ProblemAlert problem={problem} />
      {isAsked && <progress aria-label={t('sensitivity.progress')} value={measured} max={all} />}
    </>
  );
}
