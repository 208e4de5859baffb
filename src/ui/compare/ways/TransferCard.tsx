import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from '../../../i18n';
import '../../../i18n/later';
import type { Variant } from '../../../experiment/report';
import { isBusy } from '../../../state/background';
import { isThere } from '../../../state/sensitivity';
import { useWhittle, whittleSession, whittleStore } from '../../../state/store';
import {
  createTransferStudies,
  missingOf,
  transferQuestion,
  wantedOf,
  type Wanted,
} from '../../../state/transfer-study';
import type { TransferPoint } from '../../../worker/protocol';
import { ProblemAlert } from '../../controls/ProblemAlert';
import { useAnswer } from '../../useAnswer';
import { forgettingOf } from './forgetting';
import { ForgettingChart } from './ForgettingChart';
import { Verdicts } from './Verdicts';
import { WaysChart } from './WaysChart';
import { WaysTable } from './WaysTable';
import './ways.css';

const studies = createTransferStudies(whittleStore, whittleSession().client);
const NOTHING: readonly TransferPoint[] = [];

/** Trainings of more iterations are compared when somebody asks for it. */
const SHORT = 1_500;

/** Beside a transfer: the same network from scratch, and its features as they are under a new head. */
export default function TransferCard({
  step,
  variants,
}: {
  readonly step: number;
  /** Of every task. */
  readonly variants: readonly Variant[];
}) {
  const { t } = useTranslation();
  const experiment = useWhittle(({ link }) => link.experiment);
  const isReady = useWhittle((page) => isThere(page, step) && !isBusy(page));
  const history = useWhittle((page) => page.history);
  const forgetting = useMemo(
    () => forgettingOf(step, variants, history),
    [step, variants, history],
  );
  const question = useMemo(() => transferQuestion(experiment, step), [experiment, step]);
  const key = question?.key ?? '';
  const { answer = NOTHING, isAsked, problem } = useAnswer(studies, key);
  // Of another question nobody has said anything.
  const [said, setSaid] = useState<{ key: string; wanted: Wanted | null } | null>(null);
  const isShort = (question?.iterations ?? Infinity) <= SHORT;
  const wanted = said?.key === key ? said.wanted : isShort ? 'own' : null;
  useEffect(() => (wanted === null ? undefined : studies.watch(step, wanted)), [wanted, step]);
  if (question === null) return null;

  const { settings, own } = question;
  const asked = wantedOf(question, wanted ?? 'own');
  const missing = missingOf(asked, answer).length;
  const isWanted = wanted !== null && missing > 0;
  const next = wanted === null && missingOf(own, answer).length > 0 ? 'own' : 'all';
  const points = answer.filter(({ examples }) => question.examples.includes(examples));
  const counts = new Set(points.map(({ examples }) => examples)).size;
  return (
    <section className="card transfer-card" aria-labelledby="transfer-title">
      <h3 id="transfer-title">{t('transfer.title')}</h3>
      <Verdicts {...{ question, points, forgetting }} />
      {forgetting !== null && <ForgettingChart forgetting={forgetting} />}
      <ProblemAlert problem={problem} />
      {isAsked && (
        <progress
          aria-label={t('transfer.progress')}
          value={asked.length - missing}
          max={asked.length}
        />
      )}
      {isWanted && !isReady && <p className="quiet">{t('transfer.waits')}</p>}
      {points.length > 0 && (
        <>
          {counts > 1 && <WaysChart points={points} task={question.task} />}
          <WaysTable points={points} question={question} />
        </>
      )}
      {missingOf(settings, answer).length > 0 && (
        <button
          type="button"
          className="text-button"
          onClick={() => {
            setSaid({ key, wanted: isWanted ? null : next });
          }}
        >
          {t(isWanted ? 'transfer.stop' : `transfer.start.${next}`)}
        </button>
      )}
      <p className="quiet">{t('transfer.about')}</p>
    </section>
  );
}
