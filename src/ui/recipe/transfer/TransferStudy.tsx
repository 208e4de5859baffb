import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { useFormat, useTranslation } from '../../../i18n';
import '../../../i18n/later';
import { useProblemText } from '../../../i18n/useProblemText';
import type { StepView } from '../../../state/recipe';
import { useWhittle, whittleSession, whittleStore } from '../../../state/store';
import {
  createTransferStudies,
  outcomesOf,
  transferQuestion,
  WAYS,
  type TransferQuestion,
} from '../../../state/transfer-study';
import type { TransferPoint } from '../../../worker/protocol';
import { Unfold } from '../../controls/Unfold';
import { WayMark } from './ways';
import { WaysChart } from './WaysChart';
import './transfer.css';

const studies = createTransferStudies(whittleStore, whittleSession().client);
const NOTHING: readonly TransferPoint[] = [];

/** Beside the transfer: the same network from scratch, and its features as they are under a new head. */
export function TransferStudy({
  view,
  index,
}: {
  readonly view: StepView;
  readonly index: number;
}) {
  const { t } = useTranslation();
  const title = t('transfer.title');
  const name = t(`technique.${view.technique}`);
  return (
    <Unfold title={title} label={`${t('recipe.stepName', { step: index + 1, name })}: ${title}`}>
      {() => <Study index={index} />}
    </Unfold>
  );
}

function Study({ index }: { readonly index: number }) {
  const { t } = useTranslation();
  const textOf = useProblemText();
  const experiment = useWhittle(({ link }) => link.experiment);
  useWhittle(({ reached }) => reached);
  const question = useMemo(() => transferQuestion(experiment, index), [experiment, index]);
  const points = useStore(studies.store, ({ answers }) => answers[question?.key ?? ''] ?? NOTHING);
  const asked = useStore(studies.store, (now) => now.asked);
  const problem = useStore(studies.store, (now) => now.problem);
  // What is edited, or folded away, nobody waits for.
  useEffect(() => studies.stop, [question?.key]);
  if (question === null) return null;
  const isAsked = asked === question.key;
  const isDone = points.length >= question.settings.length;
  return (
    <div className="transfer-study">
      <p className="quiet">{t('transfer.about')}</p>
      {problem !== null && <p className="problem">{textOf(problem)}</p>}
      {isAsked ? (
        <div className="transfer-progress">
          <progress
            aria-label={t('transfer.progress')}
            value={points.length}
            max={question.settings.length}
          />
          <button type="button" className="text-button" onClick={studies.stop}>
            {t('transfer.stop')}
          </button>
        </div>
      ) : (
        !isDone &&
        (studies.isReady(index) ? (
          <button
            type="button"
            className="text-button"
            onClick={() => {
              void studies.start(question);
            }}
          >
            {t(points.length > 0 ? 'transfer.goOn' : 'transfer.start')}
          </button>
        ) : (
          <p className="quiet">{t('recipe.nowLater')}</p>
        ))
      )}
      {points.length > 0 && (
        <>
          <WaysChart points={points} task={question.task} />
          <Table points={points} question={question} />
        </>
      )}
    </div>
  );
}

/** Every way at every number of examples, in numbers. */
function Table({
  points,
  question: { examples, task },
}: {
  readonly points: readonly TransferPoint[];
  readonly question: TransferQuestion;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const write = (score: number) =>
    task === 'regression' ? format.significant(score) : format.percent(score);
  const bare = (score: number) =>
    task === 'regression' ? format.significant(score) : format.number(100 * score, 1);
  const outcomes = WAYS.map((way) => outcomesOf(points, way));
  return (
    <div className="transfer-scroll">
      <table className="transfer-table">
        <thead>
          <tr>
            <th scope="col">{t(task === 'regression' ? 'transfer.inAll' : 'transfer.perClass')}</th>
            {WAYS.map((way) => (
              <th scope="col" key={way}>
                <WayMark way={way} /> {t(`transfer.way.${way}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {examples.map((count) => (
            <tr key={count}>
              <th scope="row">{format.number(count)}</th>
              {outcomes.map((of, i) => {
                const found = of.find((each) => each.examples === count);
                return (
                  <td key={WAYS[i]}>
                    {found === undefined ? '–' : write(found.mean)}
                    {found !== undefined && found.draws > 1 && (
                      <span className="quiet">
                        {' '}
                        {bare(found.least)}–{bare(found.most)}
                      </span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
