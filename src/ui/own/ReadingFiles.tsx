import { useTranslation } from '../../i18n';

interface ReadingFilesProps {
  readonly name: string;
  readonly done: number;
  /** 0 until it is known. */
  readonly total: number;
  /** What the bar shows, for who does not see it. */
  readonly label: string;
  /** How far it is, in words. */
  readonly text: string;
  readonly onStop: () => void;
}

/** How much of what was chosen has been read, and a way out. */
export function ReadingFiles({ name, done, total, label, text, onStop }: ReadingFilesProps) {
  const { t } = useTranslation();
  return (
    <div className="own-add">
      {/* Not the counts: each of them would be read out. */}
      <p className="own-name" role="status">
        {t('own.reading', { name })}
      </p>
      <progress {...(total > 0 ? { max: total, value: done } : {})} aria-label={label} />
      <p className="quiet">{text}</p>
      <button type="button" className="button" onClick={onStop}>
        {t('own.stop')}
      </button>
    </div>
  );
}
