import { useEffect } from 'react';
import { useTranslation } from '../../i18n';
import '../../i18n/later';
import { useWhittle } from '../../state/store';
import { Notices } from '../app/Notices';
import { ProblemAlert } from '../controls/ProblemAlert';
import { ClosedForm } from './ClosedForm';
import { Contours } from './Contours';
import { Controls } from './Controls';
import { Findings } from './Findings';
import { LabHeader } from './LabHeader';
import { LossPlot } from './LossPlot';
import { PlayerBar } from './PlayerBar';
import { StandingsTable, StandingsTitle } from './StandingsTable';
import { Surface } from './Surface';
import { useLab } from './useLab';
import { usePlayer } from './usePlayer';
import { useRace } from './useRace';
import './lab.css';

/** The laboratory of descent: optimizers race down a function from a point that is dragged. */
export default function Lab() {
  const { t } = useTranslation();
  const embed = useWhittle(({ link }) => link.view.embed);
  const { options, step } = useLab();
  const { shown, problem } = useRace(options);
  // The race that is there may be of another length than the one that is asked for.
  const total = shown?.options.steps ?? options.steps;
  const player = usePlayer(total, step);
  useKeys(player.toggle);
  const race = shown?.race ?? null;
  const elsewhere = problem !== null && problem.at !== 'lab.expr' ? problem : null;
  return (
    <>
      {!embed && <LabHeader />}
      <Notices />
      <main className="lab" aria-label={t('lab.title')}>
        <p className="lab-about">{t('lab.about')}</p>
        <section className="lab-stage" aria-label={t('lab.stage')}>
          <div className="card lab-card">
            {shown === null ? (
              <div className="skeleton lab-waiting" />
            ) : (
              <Contours shown={shown} options={options} player={player} />
            )}
            <ProblemAlert problem={elsewhere} />
            <PlayerBar player={player} />
          </div>
          {shown !== null && race !== null && (
            <LossPlot relief={shown.relief} race={race} total={total} player={player} />
          )}
        </section>
        <section className="lab-controls" aria-label={t('lab.controls')}>
          <Controls options={options} problem={problem} />
        </section>
        <section className="lab-results" aria-label={t('lab.results')}>
          {shown !== null && race !== null && (
            <>
              <Findings race={race} options={shown.options} />
              <div className="card lab-card">
                <StandingsTitle player={player} />
                <StandingsTable options={options} tracks={race.tracks} player={player} />
              </div>
              <ClosedForm options={shown.options} race={race} player={player} />
            </>
          )}
          {shown !== null && (
            <div className="card lab-card">
              <h2>{t('lab.surface')}</h2>
              <Surface shown={shown} player={player} />
            </div>
          )}
        </section>
      </main>
    </>
  );
}

/**
 * Space plays and pauses the race while no control has the focus. In the playground it is the run that it plays,
 * and undo changes an experiment that is not seen here.
 */
function useKeys(toggle: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (!(target instanceof Element)) return;
      const isText = target.closest('input:not([type="range"])') !== null;
      if (event.ctrlKey || event.metaKey) {
        if (['z', 'y'].includes(key.toLowerCase()) && !isText) event.preventDefault();
        return;
      }
      if (key !== ' ' || isText) return;
      if (target.closest('button, a, [role="menu"], [role="dialog"], [role="listbox"]')) return;
      event.preventDefault();
      toggle();
    };
    // Before the page's own shortcuts, which leave alone what is prevented.
    window.addEventListener('keydown', onKeyDown, true);
    return () => {
      window.removeEventListener('keydown', onKeyDown, true);
    };
  }, [toggle]);
}
