import { useTranslation } from '../../i18n';
import '../../i18n/later';
import { useWhittle } from '../../state/store';
import { ChoiceRow } from './ChoiceRow';

const FILE = 'file';

/**
 * The network that a step goes on with, which is the one before it: another source moves the step behind that, or
 * loads a file before it.
 */
export function SourceChoice({ index }: { readonly index: number }) {
  const { t } = useTranslation();
  const recipe = useWhittle(({ link }) => link.experiment.recipe);
  const moveStep = useWhittle((page) => page.moveStep);
  const addStep = useWhittle((page) => page.addStep);
  const steps = recipe.slice(0, index).map(({ technique }, at) => ({
    id: String(at + 1),
    label: t('transfer.behind', { step: at + 1, name: t(`technique.${technique}`) }),
  }));
  return (
    <ChoiceRow
      label={t('transfer.source')}
      value={String(index)}
      items={[
        { id: '0', label: t('transfer.untrained') },
        ...steps,
        ...(recipe[index - 1]?.technique === 'load'
          ? []
          : [{ id: FILE, label: t('transfer.file') }]),
      ]}
      onChange={(id) => {
        if (id === FILE) addStep('load', index);
        else moveStep(index, Number(id));
      }}
    />
  );
}
