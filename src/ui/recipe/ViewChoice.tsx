import { datasetRef, resolveDataset, viewsOf } from '../../experiment/dataset';
import { useTranslation } from '../../i18n';
import '../../i18n/later';
import { useWhittle } from '../../state/store';
import { ChoiceRow } from './ChoiceRow';

const WHOLE = 'whole';

/** The set as it is, or another task made of it. */
export function ViewChoice({ dataset }: { readonly dataset: string }) {
  const { t } = useTranslation();
  const setDataset = useWhittle((page) => page.setDataset);
  const resolved = resolveDataset(dataset);
  if (resolved === null || viewsOf(resolved.info.id).length === 0) return null;
  const { info, noise, view } = resolved;
  const views = viewsOf(info.id);
  return (
    <div className="option">
      <ChoiceRow
        label={t('transfer.view')}
        value={view ?? WHOLE}
        items={[
          { id: WHOLE, label: t('transfer.whole') },
          ...views.map((id) => ({ id, label: t(`view.${id}`) })),
        ]}
        onChange={(id) => {
          setDataset(datasetRef(info.id, noise, views.find((each) => each === id) ?? null));
        }}
      />
    </div>
  );
}
