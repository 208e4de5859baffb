import { DATASETS, datasetRef, resolveDataset, viewsOf } from '../../experiment/dataset';
import { useTranslation } from '../../i18n';
import '../../i18n/later';
import type { StepView } from '../../state/recipe';
import { useWhittle } from '../../state/store';
import { datasetAt } from '../../techniques/dataset-at';
import type { ChoiceItem } from '../controls/Choice';
import { ProblemsAt, useProblemsAt } from '../controls/Problems';
import { useDatasetName } from '../useDatasetName';
import { ChoiceRow } from './ChoiceRow';

/** The data that a step takes the network to: what has examples of the shape that the network takes. */
export function TaskChoice({
  view,
  index,
  name,
}: {
  readonly view: StepView;
  readonly index: number;
  readonly name: string;
}) {
  const { t } = useTranslation();
  const value = String(view.options[name]?.value ?? '');
  const nameOf = useDatasetName();
  const before = useWhittle(({ link }) => datasetAt(link.experiment, index - 1));
  const own = useWhittle((page) => page.own);
  const setOption = useWhittle((page) => page.setOption);
  const at = `step.${String(index)}.${name}`;
  const problems = useProblemsAt(at);
  const shape = resolveDataset(before)?.info.shape.join();
  const refs = DATASETS.filter((set) => set.shape.join() === shape).flatMap(({ id }) => [
    id,
    ...viewsOf(id).map((view) => datasetRef(id, null, view)),
  ]);
  const ownRefs = (own ?? []).map(({ ref }) => ref);
  const ofShape = ownRefs.filter((ref) => resolveDataset(ref)?.info.shape.join() === shape);
  const others = value === '' || [...refs, ...ofShape].includes(value) ? [] : [value];
  const items: readonly ChoiceItem[] = [
    { id: '', label: t('transfer.same') },
    ...[...refs, ...ofShape, ...others].map((ref) => ({ id: ref, label: nameOf(ref) })),
  ];
  return (
    <div className="option">
      <ChoiceRow
        label={t('transfer.to')}
        value={value}
        items={items}
        describedBy={problems.length > 0 ? at : undefined}
        invalid={problems.length > 0}
        onChange={(ref) => {
          setOption(index, name, ref);
        }}
      />
      <ProblemsAt problems={problems} id={at} />
    </div>
  );
}
