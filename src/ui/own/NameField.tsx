import { useTranslation } from '../../i18n';

interface NameFieldProps {
  readonly value: string;
  readonly onChange: (name: string) => void;
}

/** What a set is to be called. */
export function NameField({ value, onChange }: NameFieldProps) {
  const { t } = useTranslation();
  return (
    <label className="own-row">
      <span>{t('own.name')}</span>
      <input
        className="text-input own-name-field"
        value={value}
        maxLength={100}
        onChange={({ target }) => {
          onChange(target.value);
        }}
      />
    </label>
  );
}
