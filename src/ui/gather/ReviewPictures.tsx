import { useState } from 'react';
import type { OwnAbout } from '../../experiment/own-dataset';
import { useFormat, useTranslation } from '../../i18n';
import { whittleSession } from '../../state/store';
import type { PictureOptions, ReadPictures } from '../../worker/protocol';
import { ProblemAlert } from '../controls/ProblemAlert';
import { useKeeping } from '../own/useKeeping';
import { ENOUGH } from './collection';
import { hasDarkInk, inverted } from './inversion';
import { PictureChoices } from './PictureChoices';
import { Thumb } from './Thumb';

interface ReviewPicturesProps {
  readonly read: ReadPictures;
  readonly options: PictureOptions;
  /** Reads the files again. */
  readonly onOptions: (options: PictureOptions) => void;
  readonly onKept: (about: OwnAbout) => void;
  readonly onBack: () => void;
}

/** What was read, class by class, with what was left out; then it is kept. */
export function ReviewPictures({ read, options, onOptions, onKept, onBack }: ReviewPicturesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [name, setName] = useState(read.name);
  const [inverts, setInverts] = useState(() => hasDarkInk(read));
  const { busy, problem, keep } = useKeeping(onKept);
  const { shape, classes, pixels, labels } = read;

  const keepPictures = () => {
    const set = {
      name: name.trim() === '' ? read.name : name.trim(),
      pixels: inverts ? inverted(pixels) : pixels,
      ...{ shape, classes, labels },
    };
    keep(() => whittleSession().client.request('keepPictures', set));
  };

  return (
    <div className="own-add">
      <Notes read={read} />
      <label className="own-row">
        <span>{t('gather.name')}</span>
        <input
          className="text-input gather-name"
          value={name}
          maxLength={100}
          onChange={({ target }) => {
            setName(target.value);
          }}
        />
      </label>
      <p>
        {t('gather.found', {
          count: format.number(labels.length, 0),
          classes: format.number(classes.length, 0),
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
      <PictureChoices options={options} onChange={onOptions} />
      <ProblemAlert problem={problem} />
      <div className="own-row">
        <button type="button" className="button button-main" disabled={busy} onClick={keepPictures}>
          {t('gather.keep', { count: labels.length })}
        </button>
        <button type="button" className="button" onClick={onBack}>
          {t('own.back')}
        </button>
      </div>
    </div>
  );
}

/** What was left out, and what was put together. */
function Notes({ read }: { readonly read: ReadPictures }) {
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

/** Pictures shown of each class. */
const SHOWN = 8;

interface ReadClassesProps {
  readonly read: ReadPictures;
  readonly inverts: boolean;
}

function ReadClasses({ read, inverts }: ReadClassesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { shape, classes, pixels, labels } = read;
  const length = shape[0] * shape[1] * shape[2];
  return (
    <ol className="gather-read">
      {classes.map((name, label) => {
        const places = Array.from(labels.keys()).filter((i) => labels[i] === label);
        const count = places.length;
        return (
          <li key={name}>
            <span className="gather-read-name">{name}</span>
            <span className={count < ENOUGH ? 'gather-few' : 'quiet'}>
              {t('gather.count', { count, formatted: format.number(count, 0) })}
              {count < ENOUGH && ` · ${t('gather.more', { count: ENOUGH - count })}`}
            </span>
            <span className="gather-examples" aria-hidden="true">
              {places.slice(0, SHOWN).map((i) => (
                <Thumb
                  key={i}
                  picture={pixels.subarray(i * length, (i + 1) * length)}
                  shape={shape}
                  inverts={inverts}
                />
              ))}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
