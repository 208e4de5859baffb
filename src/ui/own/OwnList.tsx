import { lazy, Suspense, useState } from 'react';
import { ownInfo, type OwnAbout } from '../../experiment/own-dataset';
import { toProblem, type Problem } from '../../experiment/problem';
import type { TableSummary } from '../../experiment/own-table';
import { useFormat, useTranslation } from '../../i18n';
import { whittleSession } from '../../state/store';
import { isAbort } from '../../state/timing';
import type { DraftId } from '../../worker/protocol';
import { ProblemAlert } from '../controls/ProblemAlert';
import { saveFile } from '../header/saveFile';
import { useReading } from './useReading';

const ChooseTable = lazy(() => import('./ChooseTable'));

interface OwnListProps {
  readonly sets: readonly OwnAbout[];
  /** Of the dialog: a file that is being written ends with it. */
  readonly whileOpen: () => AbortSignal;
  readonly onUse: (ref: string) => void;
  readonly onChanged: (about: OwnAbout) => Promise<void>;
}

/** A table that is chosen from anew. */
interface Editing {
  readonly summary: TableSummary;
  readonly draft: DraftId;
}

/** The sets that are kept. */
export function OwnList({ sets, whileOpen, onUse, onChanged }: OwnListProps) {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const { begin, end } = useReading();
  const attempt = (work: Promise<unknown>) => {
    setProblem(null);
    work.catch((error: unknown) => {
      if (!isAbort(error)) setProblem(toProblem(error));
    });
  };
  const edit = async (ref: string) => {
    const { draft, signal } = begin();
    const { client } = whittleSession();
    const summary = await client.request('editTable', { ref, draft }, { signal });
    if (summary !== null) setEditing({ summary, draft });
  };
  if (editing !== null) {
    return (
      <Suspense fallback={null}>
        <ChooseTable
          {...editing}
          onKept={(about) => void onChanged(about)}
          onBack={() => {
            end();
            setEditing(null);
          }}
        />
      </Suspense>
    );
  }
  if (sets.length === 0) return <p>{t('own.none')}</p>;
  return (
    <>
      <ProblemAlert problem={problem} />
      <ul className="own-list">
        {sets.map((about) => (
          <OwnItem
            key={about.ref}
            about={about}
            whileOpen={whileOpen}
            onUse={onUse}
            onEdit={() => {
              attempt(edit(about.ref));
            }}
            attempt={attempt}
          />
        ))}
      </ul>
    </>
  );
}

interface OwnItemProps {
  readonly about: OwnAbout;
  readonly whileOpen: () => AbortSignal;
  readonly onUse: (ref: string) => void;
  readonly onEdit: () => void;
  readonly attempt: (work: Promise<unknown>) => void;
}

function OwnItem({ about, whileOpen, onUse, onEdit, attempt }: OwnItemProps) {
  const { t } = useTranslation();
  const { ref, name, features } = about;
  const [typed, setTyped] = useState<string | null>(null);
  const [leaving, setLeaving] = useState(false);
  const { client, listOwn } = whittleSession();
  const rename = () => {
    const wanted = typed?.trim() ?? '';
    setTyped(null);
    if (wanted === '' || wanted === name) return;
    attempt(client.request('renameOwn', { ref, name: wanted }).then(listOwn));
  };
  return (
    <li className="own-item">
      {typed === null ? (
        <strong className="own-name">{name}</strong>
      ) : (
        <input
          className="text-input"
          autoFocus
          aria-label={t('own.nameOf', { name })}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
          }}
          onBlur={rename}
          onKeyDown={(event) => {
            // Escape is for the field here, not for the dialog.
            event.stopPropagation();
            // Enter that ends a composition is no answer.
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) rename();
            if (event.key === 'Escape') setTyped(null);
          }}
        />
      )}
      <Facts about={about} />
      <div className="own-actions">
        <button
          type="button"
          className="button"
          aria-label={t('own.useOf', { name })}
          onClick={() => {
            onUse(ref);
          }}
        >
          {t('own.use')}
        </button>
        <button
          type="button"
          className="text-button"
          aria-label={t('own.renameOf', { name })}
          onClick={() => {
            setTyped(name);
          }}
        >
          {t('own.rename')}
        </button>
        {features.length > 0 && (
          <button
            type="button"
            className="text-button"
            aria-label={t('own.editOf', { name })}
            onClick={onEdit}
          >
            {t('own.edit')}
          </button>
        )}
        <button
          type="button"
          className="text-button"
          aria-label={t('own.saveOf', { name })}
          onClick={() => {
            attempt(save(about, whileOpen()));
          }}
        >
          {t('own.save')}
        </button>
        <button
          type="button"
          className="text-button"
          aria-label={t(leaving ? 'own.reallyOf' : 'own.deleteOf', { name })}
          onClick={() => {
            if (!leaving) setLeaving(true);
            else attempt(client.request('removeOwn', { ref }).then(listOwn));
          }}
          onBlur={() => {
            setLeaving(false);
          }}
        >
          {t(leaving ? 'own.really' : 'own.delete')}
        </button>
      </div>
    </li>
  );
}

function Facts({ about }: { readonly about: OwnAbout }) {
  const { ref, bytes, savedAt, shares = false } = about;
  const { t } = useTranslation();
  const format = useFormat();
  const info = ownInfo(ref);
  if (info === null) return null;
  const { train, validation, test, shape, task, outputs } = info;
  const facts = [
    t('own.examples', { formatted: format.number(train + validation + test) }),
    shape.length === 1 ? t('own.inputs', { count: shape[0] ?? 0 }) : shape.join(' × '),
    task === 'classification' ? t('own.classCount', { count: outputs }) : t('own.number'),
    format.bytes(bytes),
    ...(shares ? [t('own.shares')] : []),
    format.ago(savedAt),
  ];
  return <span className="quiet">{facts.join(' · ')}</span>;
}

/** What no file system takes in a name. */
const REFUSED = /[\\/:*?"<>|\p{Cc}]+/gu;

async function save({ ref, name }: OwnAbout, signal: AbortSignal): Promise<void> {
  const file = await whittleSession().client.request('saveOwn', { ref }, { signal });
  if (file === null) return;
  const { extension, content } = file;
  saveFile(`${name.replace(REFUSED, '_')}${extension}`, content.type, content);
}
