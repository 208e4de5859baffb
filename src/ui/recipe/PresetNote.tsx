import { useMemo } from 'react';
import type { Experiment } from '../../experiment/experiment';
import { parseLink } from '../../experiment/link';
import { useFormat, useTranslation } from '../../i18n';
import '../../i18n/later';
import { PRESETS, type Preset } from '../../state/presets';
import { baselineErrorOf, REPRODUCED, spreadOf } from '../../state/reproduced';
import { canonicalLink } from '../../state/session';
import { useWhittle } from '../../state/store';
import { techniqueSpecs } from '../../techniques/registry';

/** While the experiment is a paper's, what that claims and what came out here, one above the other. */
export default function PresetNote() {
  const { t } = useTranslation();
  const experiment = useWhittle(({ link }) => link.experiment);
  const preset = useMemo(() => presetOf(experiment), [experiment]);
  const figures = useFigures(preset);
  if (preset === null) return null;
  return (
    <dl className="preset-note">
      <dt>{t('paperNote.published')}</dt>
      <dd>
        {t(`published.${preset.id}`)} (
        <a href={preset.url} target="_blank" rel="noreferrer">
          {preset.paper}
        </a>
        )
      </dd>
      <dt>{t('paperNote.here')}</dt>
      <dd>{figures}</dd>
    </dl>
  );
}

/** What was measured here, in a line. */
function useFigures(preset: Preset | null): string {
  const { t } = useTranslation();
  const format = useFormat();
  const runs = preset === null ? [] : (REPRODUCED[preset.id]?.runs ?? []);
  if (runs.length === 0) return t('paperNote.none');
  const mean = (of: Parameters<typeof spreadOf>[1]) => spreadOf(runs, of).mean;
  const baseline = baselineErrorOf(runs);
  const after = format.percent(
    mean(({ error }) => error),
    2,
  );
  const times = format.number(
    mean(({ smaller }) => smaller),
    1,
  );
  const share = format.percent(
    mean(({ multiplyAdds }) => multiplyAdds),
    0,
  );
  return [
    baseline === null
      ? t('paperNote.error', { after })
      : t('paperNote.change', { before: format.percent(baseline, 2), after }),
    t('paperNote.smaller', { times }),
    t('paperNote.work', { share }),
    t('paperNote.seeds', { count: runs.length }),
  ].join(t('watch.listSeparator'));
}

/** The preset that this experiment is, whatever its seed. */
function presetOf(experiment: Experiment): Preset | null {
  return PRESET_OF.get(unseeded(experiment)) ?? null;
}

function unseeded(experiment: Experiment): string {
  return canonicalLink({ ...experiment, seed: 0 }, 'auto');
}

const PRESET_OF: ReadonlyMap<string, Preset> = new Map(
  PRESETS.map((preset) => [
    unseeded(parseLink(preset.link, techniqueSpecs).link.experiment),
    preset,
  ]),
);
