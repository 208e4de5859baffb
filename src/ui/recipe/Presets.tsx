import { useTranslation } from '../../i18n';
import { PRESETS } from '../../state/presets';
import { useWhittle } from '../../state/store';
import { MenuButton } from '../controls/MenuButton';

/** Opens an experiment of the literature. The browser's Back leads to what was open before. */
export function Presets() {
  const { t } = useTranslation();
  const embed = useWhittle(({ link }) => link.view.embed);
  if (embed) return null;
  return (
    <MenuButton
      className="text-button presets"
      placement="bottom start"
      entries={PRESETS.map(({ id, link, paper }) => ({
        id,
        label: t(`preset.${id}`),
        hint: paper,
        run: () => {
          window.location.hash = link;
        },
      }))}
    >
      {t('recipe.presets')}
    </MenuButton>
  );
}
