import { useFormat, useTranslation } from '../../i18n';
import { ENOUGH } from './collection';

/** How many examples a class has, and how many more would be good. */
export function ExampleCount({ count }: { readonly count: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className={count < ENOUGH ? 'gather-few' : 'quiet'}>
      {t('gather.count', { count, formatted: format.number(count, 0) })}
      {count < ENOUGH && ` · ${t('gather.more', { count: ENOUGH - count })}`}
    </span>
  );
}
