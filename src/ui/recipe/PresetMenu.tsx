import { useTranslation } from '../../i18n';
import '../../i18n/later';
import { PRESET_GROUPS } from '../../state/presets';
import AriaMenuButton from '../controls/AriaMenuButton';
import type { ArrivedProps } from '../controls/later';

/** Opens an experiment of the literature. The browser's Back leads to what was open before. */
export default function PresetMenu({ pressedEarly }: ArrivedProps) {
  const { t } = useTranslation();
  return (
    <AriaMenuButton
      className="text-button presets"
      placement="bottom start"
      pressedEarly={pressedEarly}
      entries={PRESET_GROUPS.map(({ topic, presets }) => ({
        title: t(`presetTopic.${topic}`),
        entries: presets.map(({ id, link, paper }) => ({
          id,
          label: t(`preset.${id}`),
          hint: paper,
          run: () => {
            window.location.hash = link;
          },
        })),
      }))}
    >
      {t('recipe.presets')}
    </AriaMenuButton>
  );
}
