import { useEffect, useMemo } from 'react';
import { RATE_FACTOR, RATES, type RateSuggestion } from '../../../experiment/rate-range';
import { useFormat, useTranslation } from '../../../i18n';
import '../../../i18n/later';
import { isBusy } from '../../../state/background';
import { createRateFinder, rateQuestion, type RateAnswer } from '../../../state/rate-finder';
import { rateOption, type StepView } from '../../../state/recipe';
import { isThere } from '../../../state/sensitivity';
import { useWhittle, whittleSession, whittleStore } from '../../../state/store';
import { ProblemAlert } from '../../controls/ProblemAlert';
import { useAnswer } from '../../useAnswer';
import { RateChart } from './RateChart';
import './finder.css';

const finder = createRateFinder(whittleStore, whittleSession().client);
const NO_ANSWER: RateAnswer = { points: [] };

/** Which learning rate suits the step: the loss while the rate grows, and a rate to take. */
export default function RateFinder({
  view,
  index,
}: {
  readonly view: StepView;
  readonly index: number;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const experiment = useWhittle(({ link }) => link.experiment);
  const waits = useWhittle((page) => isBusy(page) || isThere(page, index));
  const key = useMemo(() => rateQuestion(experiment, index)?.key ?? '', [experiment, index]);
  const { answer = NO_ANSWER, isAsked, problem } = useAnswer(finder, key);
  const { points, suggestion } = answer;
  useEffect(() => finder.watch(index), [index]);
  const rate = Number(view.options[rateOption(view) ?? '']?.value);
  if (problem !== null) return <ProblemAlert problem={problem} />;
  if (suggestion === undefined && !isAsked) {
    return <p className="quiet">{t(waits ? 'finder.waits' : 'finder.untrained')}</p>;
  }
  return (
    <div className="finder">
      <p className="quiet">{t('finder.about', { factor: format.significant(RATE_FACTOR) })}</p>
      <RateChart points={points} rate={rate} suggestion={suggestion ?? null} />
      {isAsked && (
        <progress aria-label={t('finder.progress')} value={points.length} max={RATES.length} />
      )}
      <div aria-live="polite">
        {suggestion === null && <p>{t('finder.none')}</p>}
        {suggestion && <Suggested {...{ suggestion, index, rate }} />}
      </div>
      <p className="quiet">
        <a href="https://arxiv.org/abs/1506.01186" target="_blank" rel="noreferrer">
          {t('finder.test', { paper: 'Smith 2017' })}
        </a>{' '}
        ·{' '}
        <a
          href="https://github.com/fastai/fastbook/blob/master/05_pet_breeds.ipynb"
          target="_blank"
          rel="noreferrer"
        >
          {t('finder.rule', { paper: 'Howard & Gugger 2020' })}
        </a>
      </p>
    </div>
  );
}

interface SuggestedProps {
  readonly suggestion: RateSuggestion;
  readonly index: number;
  /** As it is set. */
  readonly rate: number;
}

/** The rate, a press away, and what it means. */
function Suggested({ suggestion, index, rate }: SuggestedProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const takeRate = useWhittle((page) => page.takeRate);
  const { lowest } = suggestion;
  const text = format.significant(suggestion.rate, 2);
  const isSet = rate === suggestion.rate;
  return (
    <>
      <p>
        {t('finder.suggests', {
          loss: format.significant(lowest.smoothed, 3),
          lowest: format.significant(lowest.rate, 2),
        })}
      </p>
      <button
        type="button"
        className="text-button"
        aria-disabled={isSet}
        onClick={() => {
          if (!isSet) takeRate(index, suggestion.rate);
        }}
      >
        {t(isSet ? 'finder.used' : 'finder.use', { rate: text })}
      </button>
    </>
  );
}
