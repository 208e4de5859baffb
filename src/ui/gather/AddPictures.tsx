import { useEffect, useRef, useState } from 'react';
import { toProblem, type Problem } from '../../experiment/problem';
import '../../i18n/later';
import { useFormat, useTranslation } from '../../i18n';
import { whittleSession } from '../../state/store';
import { isAbort } from '../../state/timing';
import type { ChosenFile, DraftId, PictureOptions, PictureSummary } from '../../worker/protocol';
import { ProblemAlert } from '../controls/ProblemAlert';
import { ReadingFiles } from '../own/ReadingFiles';
import { useGiven, useReading, type Reading } from '../own/useReading';
import type { WayProps } from '../own/ways';
import { chosenFiles, droppedFiles } from './folder';
import { PictureChoices } from './PictureChoices';
import { ReviewPictures } from './ReviewPictures';
import './gather.css';

type Stage =
  | { readonly at: 'start'; readonly problem: Problem | null }
  | { readonly at: 'reading'; readonly name: string; readonly reading: Reading }
  | {
      readonly at: 'review';
      readonly files: readonly ChosenFile[];
      readonly read: PictureSummary;
      readonly draft: DraftId;
    };

const START: Stage = { at: 'start', problem: null };
const PLAIN: PictureOptions = { colour: false, keep: 'middle' };

/** Pictures from a zip file, a folder with a folder a class, or IDX files: read, looked at, and kept. */
export default function AddPictures({ given, onKept }: WayProps) {
  const [stage, setStage] = useState<Stage>(START);
  const [options, setOptions] = useState(PLAIN);
  const { begin, end } = useReading();

  const read = async (files: readonly ChosenFile[], wanted = options) => {
    if (files.length === 0) return;
    const reading = begin();
    const [name = ''] = files[0]?.path.split('/') ?? [];
    setStage({ at: 'reading', name, reading });
    // Other files may have been given in the meantime.
    const settle = (next: Stage) => {
      setStage((now) => (now.at === 'reading' && now.reading === reading ? next : now));
    };
    const { draft, signal } = reading;
    try {
      const args = { files, options: wanted, draft };
      const found = await whittleSession().client.request('readPictures', args, { signal });
      settle({ at: 'review', files, read: found, draft });
    } catch (error) {
      settle({ at: 'start', problem: isAbort(error) ? null : toProblem(error) });
    }
  };

  useGiven(given, (files) => void read(files));

  switch (stage.at) {
    case 'start':
      return (
        <Start
          problem={stage.problem}
          options={options}
          onOptions={setOptions}
          onFiles={(files) => void read(files)}
          onTrouble={(error) => {
            setStage({ at: 'start', problem: toProblem(error) });
          }}
        />
      );
    case 'reading':
      return <ReadingPictures {...stage} />;
    case 'review':
      return (
        <ReviewPictures
          key={stage.draft}
          draft={stage.draft}
          read={stage.read}
          options={options}
          onOptions={(wanted) => {
            setOptions(wanted);
            void read(stage.files, wanted);
          }}
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
  readonly problem: Problem | null;
  readonly options: PictureOptions;
  readonly onOptions: (options: PictureOptions) => void;
  readonly onFiles: (files: readonly ChosenFile[]) => void;
  readonly onTrouble: (error: unknown) => void;
}

function Start({ problem, options, onOptions, onFiles, onTrouble }: StartProps) {
  const { t } = useTranslation();
  return (
    <div className="own-add">
      <ProblemAlert problem={problem} />
      <div
        className="own-drop"
        onDragOver={(event) => {
          event.preventDefault();
        }}
        onDrop={(event) => {
          event.preventDefault();
          event.stopPropagation();
          droppedFiles(event.dataTransfer).then(onFiles, onTrouble);
        }}
      >
        <Chooser label={t('gather.chooseFiles')} kind="files" onFiles={onFiles} />
        <Chooser label={t('gather.chooseFolder')} kind="folder" onFiles={onFiles} />
        <span className="quiet">{t('gather.orDrop')}</span>
      </div>
      <PictureChoices options={options} onChange={onOptions} />
      <p className="quiet">{t('gather.limits')}</p>
    </div>
  );
}

interface ChooserProps {
  readonly label: string;
  readonly kind: 'files' | 'folder';
  readonly onFiles: (files: readonly ChosenFile[]) => void;
}

function Chooser({ label, kind, onFiles }: ChooserProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current !== null) input.current.webkitdirectory = kind === 'folder';
  }, [kind]);
  return (
    <>
      <button type="button" className="button" onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label={label}
        onChange={({ target }) => {
          onFiles(chosenFiles(target.files ?? []));
          target.value = '';
        }}
      />
    </>
  );
}

function ReadingPictures({ name, reading }: Extract<Stage, { at: 'reading' }>) {
  const { t } = useTranslation();
  const format = useFormat();
  const [{ done, total }, setProgress] = useState({ done: 0, total: 0 });
  useEffect(
    () =>
      whittleSession().client.on((event) => {
        if (event.event === 'pictures') setProgress(event);
      }),
    [],
  );
  const text = t('gather.readSoFar', {
    done: format.number(done, 0),
    total: format.number(total, 0),
  });
  const label = t('gather.progress');
  return <ReadingFiles {...{ name, done, total, label, text }} onStop={reading.stop} />;
}
