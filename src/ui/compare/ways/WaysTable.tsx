import { useFormat, useTranslation } from '../../../i18n';
import { DRAWS, outcomesOf, type TransferQuestion } from '../../../state/transfer-study';
import type { TransferPoint } from '../../../worker/protocol';
import { LineMark, WAY_LOOKS } from './ways';

/** Every way at every number of examples that was measured, in numbers. */
export function WaysTable({
  points,
  question: { examples, ways, task },
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
  const measured = examples.filter((count) => points.some((point) => point.examples === count));
  const outcomes = ways.map((way) => outcomesOf(points, way));
  return (
    <div className="transfer-scroll">
      <table className="transfer-table">
        <caption>{t(`transfer.score.${task === 'regression' ? 'error' : 'accuracy'}`)}</caption>
        <thead>
          <tr>
            <th scope="col">{t(task === 'regression' ? 'transfer.inAll' : 'transfer.perClass')}</th>
            {ways.map((way) => (
              <th scope="col" key={way}>
                <LineMark {...WAY_LOOKS[way]} /> {t(`transfer.way.${way}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measured.map((count) => (
            <tr key={count}>
              <th scope="row">{format.number(count)}</th>
              {outcomes.map((of, i) => {
                const found = of.find((each) => each.examples === count);
                return (
                  <td key={ways[i]}>
                    {found === undefined ? '–' : write(found.mean)}
                    {found !== undefined && found.draws > 1 && (
                      <span className="quiet">
                        {' '}
                        {bare(found.least)}–{bare(found.most)}
                      </span>
                    )}
                    {found !== undefined && found.draws < DRAWS && (
                      <span className="quiet">
                        {' '}
                        {t('transfer.draws', { draws: found.draws, all: DRAWS })}
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
