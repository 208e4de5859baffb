import { useTranslation } from '../../i18n';
import '../../i18n/later';
import { whittleSession } from '../../state/store';
import { MenuButton } from '../controls/MenuButton';
import type { Chart, PictureKind } from './take';

/** Saves the chart beside it as a picture. What draws pictures loads when one is wanted. */
export function ChartMenu({
  chart,
  disabled,
}: {
  readonly chart: Chart;
  readonly disabled: boolean;
}) {
  const translator = useTranslation();
  const { t } = translator;
  const save = (kind: PictureKind) => () => {
    import('./take')
      .then(({ saveChart }) => saveChart(chart, kind, translator))
      .catch(whittleSession().report);
  };
  return (
    <MenuButton
      className="button button-icon button-quiet chart-menu"
      label={t('takeaway.saveChart')}
      placement="bottom end"
      entries={[
        { id: 'svg', label: t('takeaway.saveSvg'), disabled, run: save('svg') },
        { id: 'png', label: t('takeaway.savePng'), disabled, run: save('png') },
      ]}
    >
      <Arrow />
    </MenuButton>
  );
}

/** An arrow onto a line: what it stands on is saved. */
export function Arrow() {
  return (
    <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      <path
        d="M6 1v7M3 5.5 6 8.5 9 5.5M1.5 11h9"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.3"
      />
    </svg>
  );
}
