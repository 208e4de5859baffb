import { useTranslation } from '../../i18n';
import { Head, Lines } from './Lines';
import { measuresOf } from './measures';
import type { MeasureId } from './measures';
import type { Pair } from './variants';

const SHOWN: readonly MeasureId[] = ['mse', 'mae', 'r2'];

/** The errors of a regression, the second variant's compared with the first's. */
export function Errors({ pair }: { readonly pair: Pair }) {
  const { t } = useTranslation();
  const measures = measuresOf(pair).filter(({ id }) => SHOWN.includes(id));
  return (
    <table className="compare-table">
      <caption className="visually-hidden">{t('compare.errors')}</caption>
      <Head variants={pair} />
      <Lines measures={measures} variants={pair} baseline={pair[0]} />
    </table>
  );
}
