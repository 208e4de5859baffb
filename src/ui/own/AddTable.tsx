import { useEffect, useRef, useState } from 'react';
import { ENCODINGS, type ReadOptions, type TableSummary } from '../../experiment/own-table';
import { toProblem, type Problem } from '../../experiment/problem';
import { useFormat, useTranslation } from '../../i18n';
import { whittleSession } from '../../state/store';
import { isAbort } from '../../state/timing';
import type { DraftId } from '../../worker/protocol';
import { Choice } from '../controls/Choice';
import { ProblemAlert } from '../controls/ProblemAlert';
import ChooseTable from './ChooseTable';
import { ReadingFiles } from './ReadingFiles';
import { oneTable } from './one-table';
import { useGiven, useReading, type Reading } from './useReading';
import type { WayProps } from './ways';

const KINDS = '.csv,.tsv,.txt,.tab,.whittle-data,text/csv,text/tab-separated-values';
const DATA_FILE = /\.whittle-data$/i;
const PLAIN: ReadOptions = { encoding: 'auto', header: null };

type Stage =
  | { readonly at: 'start'; readonly file: File | null; readonly problem: Problem | null }
  | { readonly at: 'reading'; readonly file: File; readonly reading: Reading }
  | {
      readonly at: 'choosing';
      readonly file: File;
      readonly summary: TableSummary;
      readonly draft: DraftId;
    };

const START: Stage = { at: 'start', file: null, problem: null };

/** A table from a file, or pasted: read, then what to learn from it is chosen. */
export default function AddTable({ given, onKept }: WayProps) {
  const [stage, setStage] = useState<Stage>(START);
  const { begin, end } = useReading();

  const read = async (file: File, options = PLAIN) => {
    const reading = begin();
    setStage({ at: 'reading', file, reading });
    // Another file may have been given in the meantime.
    const settle = (next: Stage) => {
      setStage((now) => (now.at === 'reading' && now.reading === reading ? next : now));
    };
    const { client } = whittleSession();
    const { name } = file;
    const { draft, signal } = reading;
    try {
      if (DATA_FILE.test(name)) {
        onKept(await client.request('addOwn', { file, name }, { signal }));
        return;
      }
      const summary = await client.request('readTable', { file, name, options, draft }, { signal });
      settle({ at: 'choosing', file, summary, draft });
    } catch (error) {
      settle({ at: 'start', file, problem: isAbort(error) ? null : toProblem(error) });
    }
  };

  useGiven(given, (files) => {
    const [first] = files;
    if (first === undefined) return;
    if (files.length === 1) {
      void read(new File([first.file], first.path));
      return;
    }
    end();
    setStage({ at: 'start', file: null, problem: oneTable(files) });
  });

  switch (stage.at) {
    case 'start':
      return <Start {...stage} onRead={(file, options) => void read(file, options)} />;
    case 'reading':
      return <ReadingTable file={stage.file} onStop={stage.reading.stop} />;
    case 'choosing':
      return (
        <ChooseTable
          summary={stage.summary}
          draft={stage.draft}
          onHeader={(header) => void read(stage.file, { ...stage.summary.options, header })}
          onKept={onKept}
          onBack={() => {
            end();
            setStage(START);
          }}
        />
      );
  }
}

interface StartProps {
  readonly file: File | null;
  readonly problem: Problem | null;
  readonly onRead: (file: File, options?: ReadOptions) => void;
}

function Start({ file, problem, onRead }: StartProps) {
  const { t } = useTranslation();
  const chooser = useRef<HTMLInputElement>(null);
  const [pasted, setPasted] = useState('');
  return (
    <div className="own-add">
      <ProblemAlert problem={problem} />
      {problem?.at === 'encoding' && file !== null && (
        <div className="own-row">
          <span>{t('own.encoding')}</span>
          <Choice
            label={t('own.encoding')}
            value=""
            items={ENCODINGS.filter((id) => id !== 'auto').map((id) => ({
              id,
              label: t(`own.encodings.${id}`),
            }))}
            onChange={(id) => {
              const encoding = ENCODINGS.find((each) => each === id);
              if (encoding !== undefined) onRead(file, { ...PLAIN, encoding });
            }}
          />
        </div>
      )}
      <div className="own-drop">
        <button
          type="button"
          className="button button-main"
          onClick={() => chooser.current?.click()}
        >
          {t('own.chooseFile')}
        </button>
        <span className="quiet">{t('own.orDrop')}</span>
        <input
          ref={chooser}
          type="file"
          hidden
          accept={KINDS}
          aria-label={t('own.chooseFile')}
          onChange={({ target }) => {
            const [chosen] = target.files ?? [];
            if (chosen !== undefined) onRead(chosen);
            target.value = '';
          }}
        />
      </div>
      <label className="own-paste">
        {t('own.paste')}
        <textarea
          rows={4}
          value={pasted}
          spellCheck={false}
          placeholder={'x,y,label\n1,2,a\n3,4,b'}
          onChange={({ target }) => {
            setPasted(target.value);
          }}
        />
      </label>
      <button
        type="button"
        className="button"
        disabled={pasted.trim() === ''}
        onClick={() => {
          onRead(new File([pasted], t('own.pasted')));
        }}
      >
        {t('own.readPasted')}
      </button>
      <p className="quiet">{t('own.limits')}</p>
    </div>
  );
}

function ReadingTable({ file, onStop }: { readonly file: File; readonly onStop: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [{ loadedBytes, rows }, setProgress] = useState({ loadedBytes: 0, rows: 0 });
  useEffect(
    () =>
      whittleSession().client.on((event) => {
        if (event.event === 'intake') setProgress(event);
      }),
    [],
  );
  // What Whittle has saved is unpacked in one go.
  const isSaved = DATA_FILE.test(file.name);
  const [loaded, total] = [format.bytes(loadedBytes), format.bytes(file.size)];
  const text = isSaved ? total : t('own.read', { loaded, total, rows: format.number(rows) });
  const label = t('own.progress');
  return (
    <ReadingFiles
      {...{ label, text, onStop }}
      name={file.name}
      done={loadedBytes}
      total={isSaved ? 0 : file.size}
    />
  );
}
