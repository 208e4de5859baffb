import { useEffect, useMemo, useState } from 'react';
import { useFormat, useTranslation } from '../../../i18n';
import '../../../i18n/later';
import { isBusy } from '../../../state/background';
import { isThere } from '../../../state/sensitivity';
import { useWhittle, whittleSession, whittleStore } from '../../../state/store';
import {
  createTransferStudies,
  missingOf,
  outcomesOf,
  transferQuestion,
  WAYS,
  type TransferQuestion,
} from '../../../state/transfer-study';
import type { TransferPoint } from '../../../worker/protocol';
import { ProblemAlert } from '../../controls/ProblemAlert';
import { useAnswer } from '../../useAnswer';
import { WayMark } from './ways';
import { WaysChart } from './WaysChart';
import './transfer.css';

const studies = createTransferStudies(whittleStore, whittleSession().client);
const NOTHING: readonly TransferPoint[] = [];

/** Beside the transfer: the same network from scratch, and its features as they are under a new head. */
export default function TransferStudy({ index }: { readonly index: number }) {
  const { t } = useTranslation();
  const experiment = useWhittle(({ link }) => link.experiment);
  const isReady = useWhittle((page) => isThere(page, index) && !isBusy(page));
  const question = useMemo(() => transferQuestion(experiment, index), [experiment, index]);
  const key = question?.key ?? '';
  const { answer = NOTHING, isAsked, problem } = useAnswer(studies, key);
  // An edit ends it, until somebody asks again.
  const [wanted, setWanted] = useState<string | null>(null);
  const isWanted = wanted === key;
  useEffect(() => (isWanted ? studies.watch(index) : undefined), [isWanted, index]);
  if (question === null) return null;
  const { settings, examples, task } = question;
  const missing = missingOf(question, answer).length;
  const points = answer.filter((point) => examples.includes(point.examples));
  return (
    <div className="transfer-study">
      <p className="quiet">{t('transfer.about')}</p>
      <ProblemAlert problem={problem} />
      {isAsked && (
        <progress
          aria-label={t('transfer.progress')}
          value={settings.length - missing}
          max={settings.length}
        />
      )}
      {missing > 0 && !isReady && <p className="quiet">{t('transfer.waits')}</p>}
      {missing > 0 && isReady && (
        <button
          type="button"
          className="text-button"
          onClick={() => {
            setWanted(isWanted ? null : key);
          }}
        >
          {t(isWanted ? 'transfer.stop' : points.length > 0 ? 'transfer.goOn' : 'transfer.start')}
        </button>
      )}
      {points.length > 0 && (
        <>
          <WaysChart points={points} task={task} />
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
