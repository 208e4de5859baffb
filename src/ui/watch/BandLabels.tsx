import { useFormat, useTranslation } from '../../i18n';
import { useWhittle } from '../../state/store';
import { bandLabels, stepTexts } from './band-texts';
import type { Band } from './bands';
import { xOf } from './plot';

/** The steps' names above the plots, each within its own band: labels cannot collide. */
export function BandLabels({
  bands,
  end,
  width,
}: {
  bands: readonly Band[];
  end: number;
  width: number;
}) {
  const { t } = useTranslation();
  const recipe = useWhittle(({ link }) => link.experiment.recipe);
  const textsOf = stepTexts(recipe, t, useFormat());
  return (
    <ol className="bands">
      {bands.map((band) => {
        const left = xOf(band.from, end, width);
        const room = xOf(band.to, end, width) - left;
        const { steps, after } = bandLabels(band, room, textsOf);
        return (
          <li key={band.from} className="band" style={{ left, width: room }}>
            <span title={steps.whole}>{steps.shown}</span>
            <span title={after.whole}>{after.shown}</span>
          </li>
        );
      })}
    </ol>
  );
}
