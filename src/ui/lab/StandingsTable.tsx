import { useFormat, useTranslation } from '../../i18n';
import { optionMeta } from '../../experiment/options';
import { labOptionsSchema, racersOf, ratesWith, type LabOptions } from '../../lab/options';
import type { Track } from '../../lab/results';
import { setLab } from '../../state/lab';
import { NumberInput } from '../controls/NumberInput';
import { scaleOf } from '../controls/scale';
import { RacerMark } from './looks';
import type { Player } from './player';
import { useNumberText } from './useNumberText';
import { useShownStep } from './usePlayer';

interface TableProps {
  readonly options: LabOptions;
  readonly tracks: readonly Track[];
  readonly player: Player;
}

/** Where every optimizer stands at the step that is shown, and what became of it. */
export function StandingsTable({ options, tracks, player }: TableProps) {
  const { t } = useTranslation();
  return (
    <div className="lab-table-wrap">
      <table className="lab-table">
        <thead>
          <tr>
            <th scope="col">{t('lab.table.optimizer')}</th>
            <th scope="col">{t('option.lr')}</th>
            <th scope="col">{t('lab.table.loss')}</th>
            <th scope="col">{t('lab.table.distance')}</th>
            <th scope="col" className="lab-curvature" title={t('lab.table.curvatureHint')}>
              {t('lab.table.curvature')}
            </th>
            <th scope="col">{t('lab.table.state')}</th>
          </tr>
        </thead>
        <tbody>
          {tracks.map((track) => (
            <tr key={track.optimizer}>
              <th scope="row">
                <RacerMark optimizer={track.optimizer} />
                {t(`choice.optimizer.${track.optimizer}`)}
              </th>
              <td>
                <Rate options={options} track={track} />
              </td>
              <Standing track={track} player={player} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function StandingsTitle({ player }: Pick<TableProps, 'player'>) {
  const { t } = useTranslation();
  return <h2>{t('lab.standings', { step: useShownStep(player) })}</h2>;
}

/** The cells that follow the step. */
function Standing({ track, player }: { readonly track: Track; readonly player: Player }) {
  const number = useNumberText();
  const at = useShownStep(player);
  const step = Math.min(at, track.losses.length - 1);
  const curvature = track.curvatures[step] ?? NaN;
  return (
    <>
      <td>{number(track.losses[step] ?? NaN)}</td>
      <td>{track.distances === null ? '–' : number(track.distances[step] ?? NaN)}</td>
      <td className="lab-curvature">
        {number(curvature)}
        <span className="quiet"> {curvature > 0 ? number(2 / curvature) : '–'}</span>
      </td>
      <td>
        <State track={track} at={at} />
      </td>
    </>
  );
}

/** The optimizer's learning rate: typed, it is its own; the common one, it follows the slider again. */
function Rate({ options, track }: { readonly options: LabOptions; readonly track: Track }) {
  const { t } = useTranslation();
  const format = useFormat();
  const meta = optionMeta.get(labOptionsSchema.shape.lr);
  const racer = racersOf(options).find(({ optimizer }) => optimizer === track.optimizer);
  if (meta?.kind !== 'number' || racer === undefined) return null;
  return (
    <span className={racer.own ? 'lab-own-rate' : undefined}>
      <NumberInput
        label={t('lab.rateOf', { name: t(`choice.optimizer.${track.optimizer}`) })}
        value={racer.learningRate}
        meta={meta}
        scale={scaleOf(meta)}
        format={format.significant}
        onChange={(rate) => {
          setLab({ rates: ratesWith(options, track.optimizer, rate === options.lr ? null : rate) });
        }}
      />
    </span>
  );
}

function State({ track, at }: { readonly track: Track; readonly at: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { outcome } = track;
  if (outcome.kind === 'moving' || at < outcome.step) return <>{t('lab.state.moving')}</>;
  const bad = ['diverged', 'unbounded', 'lost'].includes(outcome.kind);
  return (
    <span className={bad ? 'lab-bad' : undefined}>
      {t(`lab.state.${outcome.kind}`, { step: format.number(outcome.step) })}
    </span>
  );
}
