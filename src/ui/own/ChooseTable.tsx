import { useState } from 'react';
import type { Task } from '../../experiment/architecture';
import { MAX_OWN_INPUTS, type OwnAbout } from '../../experiment/own-dataset';
import {
  proposedFeatures,
  proposedName,
  proposedTarget,
  proposedTask,
  type TableSummary,
} from '../../experiment/own-table';
import { useFormat, useTranslation } from '../../i18n';
import { useProblemText } from '../../i18n/useProblemText';
import { whittleSession } from '../../state/store';
import type { DraftId } from '../../worker/protocol';
import { Choice } from '../controls/Choice';
import { ProblemAlert } from '../controls/ProblemAlert';
import { ColumnTable } from './ColumnTable';
import { NameField } from './NameField';
import { Sample } from './Sample';
import { useKeeping } from './useKeeping';

interface ChooseTableProps {
  readonly summary: TableSummary;
  /** What the worker keeps it from. */
  readonly draft: DraftId;
  /** Reads the file again with or without names in its first row; absent where there is no file. */
  readonly onHeader?: (header: boolean) => void;
  readonly onKept: (about: OwnAbout) => void;
  readonly onBack: () => void;
}

const TASKS: readonly Task[] = ['classification', 'regression'];

/** What is to be learned from a table, and from which of its columns. */
export default function ChooseTable(props: ChooseTableProps) {
  const { summary, draft, onHeader, onKept, onBack } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const textOf = useProblemText();
  const { columns, rows, notes, header } = summary;
  const [name, setName] = useState(proposedName(summary.name));
  const [target, setTarget] = useState(() => summary.choice?.target ?? proposedTarget(columns));
  const [features, setFeatures] = useState<ReadonlySet<number>>(
    () => new Set(summary.choice?.features ?? proposedFeatures(columns, target)),
  );
  const [task, setTask] = useState<Task>(() => summary.choice?.task ?? taskOf(summary, target));
  const { busy, problem, keep } = useKeeping(onKept);
  const aim = columns[target];
  const chosen = [...features].filter((index) => index !== target).sort((a, b) => a - b);
  const inputs = chosen.reduce((sum, index) => sum + inputsOf(columns[index]), 0);
  const obstacle =
    aim === undefined
      ? 'noTarget'
      : chosen.length === 0
        ? 'noFeature'
        : inputs > MAX_OWN_INPUTS
          ? 'tooWide'
          : null;

  const keepTable = () => {
    const args = {
      draft,
      name: name.trim() === '' ? summary.name : name.trim(),
      choice: { target, features: chosen, task },
    };
    keep(() => whittleSession().client.request('keepTable', args));
  };

  return (
    <div className="own-add">
      {notes.map((note) => (
        <p key={note.message} className="own-note">
          {textOf(note)}
        </p>
      ))}
      <NameField value={name} onChange={setName} />
      <div className="own-row">
        <span>{t('own.target')}</span>
        <Choice
          label={t('own.target')}
          value={String(target)}
          items={columns.flatMap((column, index) =>
            column.kind === 'text' ? [] : [{ id: String(index), label: column.name }],
          )}
          onChange={(id) => {
            const next = Number(id);
            // What was the target may be learned from now, as far as nothing speaks against it.
            setFeatures(new Set([...features, ...(aim?.doubt === null ? [target] : [])]));
            setTarget(next);
            setTask(taskOf(summary, next));
          }}
        />
        <div className="own-tabs" role="group" aria-label={t('own.task')}>
          {TASKS.map((each) => (
            <button
              key={each}
              type="button"
              className="button"
              aria-pressed={each === task}
              disabled={each === 'regression' && aim?.kind !== 'number'}
              onClick={() => {
                setTask(each);
              }}
            >
              {t(`own.tasks.${each}`)}
            </button>
          ))}
        </div>
      </div>
      {onHeader !== undefined && (
        <label className="own-check">
          <input
            type="checkbox"
            checked={header}
            onChange={() => {
              onHeader(!header);
            }}
          />
          {t('own.header')}
        </label>
      )}
      <ColumnTable
        columns={columns}
        rows={rows}
        target={target}
        features={features}
        onChange={setFeatures}
      />
      <Sample columns={columns} rows={summary.sample} />
      <p className={inputs > MAX_OWN_INPUTS ? 'problem' : 'quiet'}>
        {t('own.outcome', {
          rows: format.number(rows),
          inputs: format.number(inputs),
          most: format.number(MAX_OWN_INPUTS),
        })}
      </p>
      <ProblemAlert problem={problem} />
      {obstacle !== null && (
        <p className="quiet" role="status">
          {t(`own.${obstacle}`, { most: format.number(MAX_OWN_INPUTS) })}
        </p>
      )}
      <div className="own-row">
        <button
          type="button"
          className="button button-main"
          disabled={busy || obstacle !== null}
          onClick={keepTable}
        >
          {t('own.keep')}
        </button>
        <button type="button" className="button" onClick={onBack}>
          {t('own.back')}
        </button>
      </div>
    </div>
  );
}

function taskOf({ columns }: TableSummary, target: number): Task {
  const column = columns[target];
  return column === undefined ? 'classification' : proposedTask(column);
}

/** As many as a column will have: its empty cells are a category too. */
function inputsOf(column: TableSummary['columns'][number] | undefined): number {
  if (column === undefined || column.kind === 'text') return 0;
  return column.kind === 'number' ? 1 : column.distinct + Math.min(1, column.missing);
}
