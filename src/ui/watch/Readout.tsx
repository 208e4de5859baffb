import { useFormat, useTranslation } from '../../i18n';
import { resolveDataset } from '../../experiment/dataset';
import { useWhittle } from '../../state/store';
import { lastDataset } from '../../techniques/dataset-at';
import type { Reading } from './rows';

/** Learning rates below it, the end of a schedule, are written as a power of ten. */
const TINY = 1e-5;

/** The numbers at the reading line, or the newest: the chart in words. */
export function Readout({ reading }: { readonly reading: Reading | null }) {
  const entries = useReadingEntries(reading);
  return (
    <dl className="readout">
      {entries.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Whether the data set's task has an accuracy, known before anything is measured. */
export function useHasAccuracy(): boolean {
  return useWhittle(
    ({ link }) => resolveDataset(lastDataset(link.experiment))?.info.task === 'classification',
  );
}

/** Names and written values of a reading; a dash where nothing is measured yet. */
export function useReadingEntries(reading: Reading | null) {
  const { t } = useTranslation();
  const format = useFormat();
  const hasAccuracy = useHasAccuracy();
  const write = (value: number | undefined, how: (value: number) => string) =>
    value === undefined ? '–' : how(value);
  const loss = (value: number) => format.number(value, value < 0.1 ? 4 : 3);
  return [
    {
      name: t('watch.iteration'),
      value: write(reading?.point.iteration, (value) => format.number(value, 0)),
    },
    { name: t('watch.trainLoss'), value: write(reading?.point.trainLoss, loss) },
    { name: t('watch.testLoss'), value: write(reading?.testLoss, loss) },
    ...(hasAccuracy
      ? [
          {
            name: t('watch.testAccuracy'),
            value: write(reading?.testAccuracy, (value) => format.percent(value, 2)),
          },
          ...(reading?.oldAccuracy === undefined
            ? []
            : [{ name: t('watch.oldAccuracy'), value: format.percent(reading.oldAccuracy, 2) }]),
        ]
      : []),
    {
      name: t('watch.learningRate'),
      value: write(reading?.point.learningRate, (value) =>
        value < TINY ? format.tick(value) : format.significant(value),
      ),
    },
  ];
}
