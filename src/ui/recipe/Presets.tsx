import { useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { later, type StillProps } from '../controls/later';

/** Opens an experiment of the literature. */
const PresetMenu = later<object>(() => import('./PresetMenu'), StillPresets);

export function Presets() {
  const embed = useWhittle(({ link }) => link.view.embed);
  return embed ? null : <PresetMenu />;
}

function StillPresets({ onEarlyPress }: StillProps) {
  const { t } = useTranslation();
  return (
    <button type="button" className="text-button presets" data-still onClick={onEarlyPress}>
      {t('recipe.presets')}
    </button>
  );
}
