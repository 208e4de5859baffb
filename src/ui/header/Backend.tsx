import { BACKENDS } from '../../experiment/experiment';
import type { BackendChoice } from '../../experiment/experiment';
import { useFormat, useTranslation } from '../../i18n';
import { useProblemText } from '../../i18n/useProblemText';
import { useWhittle } from '../../state/store';
import { Choice } from '../controls/Choice';
import { PopoverButton } from '../controls/PopoverButton';
import { ProblemsAt, useProblemsAt } from '../controls/Problems';

/** Where it computes, how fast that is, and what else there is. */
export function Backend() {
  const { t } = useTranslation();
  return (
    <PopoverButton
      className="button button-quiet backend-summary"
      content={<Summary />}
      label={t('backend.title')}
      dialogClassName="backend"
    >
      <Details />
    </PopoverButton>
  );
}

function Summary() {
  const { t } = useTranslation();
  const format = useFormat();
  const environment = useWhittle((page) => page.environment);
  const timings = useWhittle((page) => page.timings);
  if (environment === null) return t('backend.starting');
  const { backend, threads } = environment;
  const time = timings.find((timing) => timing.backend === backend)?.stepMs;
  const name = threads > 1 ? `, ${t('backend.threads', { count: threads })}` : '';
  const speed = time == null ? '' : ` · ${t('backend.stepTime', { time: format.duration(time) })}`;
  return `${t(`backend.${backend}`)}${name}${speed}`;
}

function Details() {
  const { t } = useTranslation();
  const chosen = useWhittle(({ link }) => link.view.backend);
  const setBackend = useWhittle((page) => page.setBackend);
  const problems = useProblemsAt('backend');
  const environment = useWhittle((page) => page.environment);
  const choices: readonly BackendChoice[] = ['auto', ...BACKENDS];
  return (
    <>
      <h2>{t('backend.title')}</h2>
      <Choice
        label={t('backend.choose')}
        value={chosen}
        items={choices.map((id) => ({
          id,
          label: t(`backend.${id}`),
          ...(id === 'auto' ? { hint: t('backend.autoHint') } : {}),
        }))}
        describedBy={problems.length > 0 ? 'backend-problems' : undefined}
        invalid={problems.length > 0}
        onChange={(id) => {
          const choice = choices.find((candidate) => candidate === id);
          if (choice !== undefined) setBackend(choice);
        }}
      />
      <ProblemsAt problems={problems} id="backend-problems" />
      <Timings />
      {environment?.adapter !== undefined && (
        <p className="quiet">
          {t('backend.adapter')}: {environment.adapter}
        </p>
      )}
      <p className="quiet">
        {t(window.crossOriginIsolated ? 'backend.isolated' : 'backend.notIsolated')}
      </p>
      <p className="quiet">{t('backend.exactness')}</p>
    </>
  );
}

function Timings() {
  const { t } = useTranslation();
  const format = useFormat();
  const timings = useWhittle((page) => page.timings);
  const inUse = useWhittle((page) => page.environment?.backend);
  const textOf = useProblemText();
  return (
    <table className="timings">
      <caption>{t('backend.measured')}</caption>
      <tbody>
        {BACKENDS.map((backend) => {
          const timing = timings.find((one) => one.backend === backend);
          return (
            <tr key={backend} className={backend === inUse ? 'timing-used' : ''}>
              <th scope="row">
                {t(`backend.${backend}`)}
                {backend === inUse && <span className="quiet"> · {t('backend.inUse')}</span>}
              </th>
              <td title={timing?.problem && textOf(timing.problem)}>
                {timing === undefined
                  ? t('backend.notMeasured')
                  : timing.stepMs === null
                    ? t('backend.unavailable')
                    : format.duration(timing.stepMs)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
