import { memo } from 'react';
import type { ColumnSummary } from '../../experiment/own-table';
import { useFormat, useTranslation } from '../../i18n';

interface ColumnTableProps {
  readonly columns: readonly ColumnSummary[];
  readonly rows: number;
  readonly target: number;
  readonly features: ReadonlySet<number>;
  readonly onChange: (features: ReadonlySet<number>) => void;
}

/** Every column with what it holds, and whether a network sees it. */
export function ColumnTable({ columns, rows, target, features, onChange }: ColumnTableProps) {
  const { t } = useTranslation();
  const usable = columns.flatMap(({ kind }, index) =>
    kind === 'text' || index === target ? [] : [index],
  );
  const toggle = (index: number) => {
    const next = new Set(features);
    if (!next.delete(index)) next.add(index);
    onChange(next);
  };
  return (
    <fieldset className="own-columns">
      <legend>{t('own.columns')}</legend>
      <div className="own-actions">
        <button
          type="button"
          className="text-button"
          onClick={() => {
            onChange(new Set(usable));
          }}
        >
          {t('own.all')}
        </button>
        <button
          type="button"
          className="text-button"
          onClick={() => {
            onChange(new Set());
          }}
        >
          {t('own.noColumn')}
        </button>
      </div>
      <ul>
        {columns.map((column, index) => (
          <li key={column.name}>
            <label className="own-check">
              <input
                type="checkbox"
                disabled={column.kind === 'text' || index === target}
                checked={index !== target && features.has(index)}
                onChange={() => {
                  toggle(index);
                }}
              />
              <span className="own-name">{column.name}</span>
            </label>
            <ColumnFacts column={column} rows={rows} isTarget={index === target} />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

interface ColumnFactsProps {
  readonly column: ColumnSummary;
  readonly rows: number;
  readonly isTarget: boolean;
}

const ColumnFacts = memo(function ColumnFacts({ column, rows, isTarget }: ColumnFactsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { missing, doubt } = column;
  const facts = [
    ...(isTarget ? [t('own.isTarget')] : []),
    contents(column),
    ...(missing > 0 ? [t('own.empty', { share: format.percent(missing / rows) })] : []),
    ...(doubt === null ? [] : [t(`own.doubts.${doubt}`)]),
  ];
  return <span className="quiet">{facts.join(' · ')}</span>;

  function contents(each: ColumnSummary): string {
    switch (each.kind) {
      case 'number':
        return t('own.range', {
          min: format.significant(each.min),
          max: format.significant(each.max),
          mean: format.significant(each.mean),
        });
      case 'category':
        return t('own.categories', {
          count: each.distinct,
          names: each.commonest.map(({ name }) => name).join(t('watch.listSeparator')),
        });
      case 'text':
        return t('own.text');
    }
  }
});
