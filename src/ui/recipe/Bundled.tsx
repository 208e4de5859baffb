import { PRETRAINED } from '../../experiment/pretrained';
import { useFormat, useTranslation } from '../../i18n';
import '../../i18n/later';
import { useWhittle } from '../../state/store';
import { useDatasetName } from '../useDatasetName';
import { ChoiceRow } from './ChoiceRow';

const NONE = '';

/** The trained networks that come with the page: the experiment takes over the data of the one that is chosen. */
export function Bundled({ file, index }: { readonly file: string; readonly index: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useDatasetName();
  const loadBundled = useWhittle((page) => page.loadBundled);
  const chosen = PRETRAINED.find(({ id }) => id === file);
  return (
    <>
      <ChoiceRow
        label={t('transfer.bundled')}
        value={chosen?.id ?? NONE}
        items={[
          ...(chosen === undefined ? [{ id: NONE, label: t('transfer.none') }] : []),
          ...PRETRAINED.map(({ id, dataset, accuracy }) => ({
            id,
            label: nameOf(dataset),
            hint: format.percent(accuracy, 2),
          })),
        ]}
        onChange={(id) => {
          const found = PRETRAINED.find((each) => each.id === id);
          if (found !== undefined) loadBundled(index, found);
        }}
      />
      {chosen !== undefined && (
        <p className="quiet">
          <a href={`#${chosen.link}`}>{t('transfer.made')}</a>
        </p>
      )}
    </>
  );
}
