import { useState } from 'react';
import type { OwnAbout } from '../../experiment/own-dataset';
import { useFormat, useTranslation } from '../../i18n';
import { whittleSession } from '../../state/store';
import type { DraftId, PictureOptions, PictureSummary } from '../../worker/protocol';
import { ProblemAlert } from '../controls/ProblemAlert';
import { NameField } from '../own/NameField';
import { useKeeping } from '../own/useKeeping';
import { ExampleCount } from './ExampleCount';
import { PictureChoices } from './PictureChoices';
import { Thumb } from './Thumb';

interface ReviewPicturesProps {
  readonly read: PictureSummary;
  /** What the worker keeps them from. */
  readonly draft: DraftId;
  readonly options: PictureOptions;
  /** Reads the files again. */
  readonly onOptions: (options: PictureOptions) => void;
  readonly onKept: (about: OwnAbout) => void;
  readonly onBack: () => void;
}

/** What was read, class by class, with what was left out; then it is kept. */
export function ReviewPictures(props: ReviewPicturesProps) {
  const { read, draft, options, onOptions, onKept, onBack } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const [name, setName] = useState(read.name);
  const [inverts, setInverts] = useState(read.darkInk);
  const { busy, problem, keep } = useKeeping(onKept);
  const { shape, classes } = read;
  const count = classes.reduce((sum, one) => sum + one.count, 0);

  const keepPictures = () => {
    const given = name.trim() === '' ? read.name : name.trim();
    keep(() => whittleSession().client.request('keepRead', { draft, name: given, inverts }));
  };

  return (
    <div className="own-add">
      <Notes read={read} />
      <NameField value={name} onChange={setName} />
      <p>
        {t('gather.found', {
          count: classes.length,
          pictures: format.number(count, 0),
          size: `${String(shape[1])} × ${String(shape[0])}`,
        })}
      </p>
      <ReadClasses read={read} inverts={inverts} />
      <label className="own-check">
        <input
          type="checkbox"
          checked={inverts}
          onChange={() => {
            setInverts(!inverts);
          }}
        />
        {t('gather.invert')}
      </label>
      {!read.asTheyAre && <PictureChoices options={options} onChange={onOptions} />}
      <ProblemAlert problem={problem} />
      <div className="own-row">
        <button type="button" className="button button-main" disabled={busy} onClick={keepPictures}>
          {t('gather.keep', { count, formatted: format.number(count, 0) })}
        </button>
        <button type="button" className="button" onClick={onBack}>
          {t('own.back')}
        </button>
      </div>
    </div>
  );
}

/** What was left out, and what was put together. */
function Notes({ read }: { readonly read: PictureSummary }) {
  const { t } = useTranslation();
  const { ignored, merged, broken, brokenCount } = read;
  const counts = (['hidden', 'others', 'loose'] as const).filter((kind) => ignored[kind] > 0);
  if (counts.length === 0 && !merged && brokenCount === 0) return null;
  return (
    <div className="own-note">
      {merged && <p>{t('gather.merged')}</p>}
      {counts.map((kind) => (
        <p key={kind}>{t(`gather.ignored.${kind}`, { count: ignored[kind] })}</p>
      ))}
      {brokenCount > 0 && (
        <>
          <p>{t('gather.broken', { count: brokenCount })}</p>
          <ul>
            {broken.map(({ path, reason }) => (
              <li key={path}>
                {path}: {t(`gather.reason.${reason}`)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

interface ReadClassesProps {
  readonly read: PictureSummary;
  readonly inverts: boolean;
}

function ReadClasses({ read, inverts }: ReadClassesProps) {
  return (
    <ol className="gather-read">
      {read.classes.map(({ name, count, examples }) => (
        <li key={name}>
          <span className="gather-read-name">{name}</span>
          <ExampleCount count={count} />
          <span className="gather-examples" aria-hidden="true">
            {examples.map((picture, i) => (
              <Thumb key={i} {...{ picture, inverts }} shape={read.shape} />
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}
