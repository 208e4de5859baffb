import type { ColumnSummary } from '../../experiment/own-table';
import { useTranslation } from '../../i18n';

/** Columns that are shown: more are no look but a scroll. */
const MOST = 30;

interface SampleProps {
  readonly columns: readonly ColumnSummary[];
  readonly rows: readonly (readonly string[])[];
}

/** The first rows as they were written. */
export function Sample({ columns, rows }: SampleProps) {
  const { t } = useTranslation();
  const shown = columns.slice(0, MOST);
  return (
    <details>
      <summary>{t('own.sample')}</summary>
      <div className="own-sample" role="region" aria-label={t('own.sample')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {shown.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={i}>
                {shown.map(({ name }, column) => (
                  <td key={name}>{row[column]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
