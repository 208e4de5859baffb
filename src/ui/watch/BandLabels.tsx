import { textWidth } from '../charts/text-width';
import { longestFitting } from './bands';
import type { Band } from './bands';
import { xOf } from './plot';
import { useBandTexts } from './useBands';

const FONT_SIZE = 12;
const PADDING = 4;

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
  const textsOf = useBandTexts();
  return (
    <ol className="bands">
      {bands.map((band) => {
        const left = xOf(band.from, end, width);
        const room = xOf(band.to, end, width) - left;
        const texts = textsOf(band);
        const text = longestFitting(texts, room - 2 * PADDING, (one) => textWidth(one, FONT_SIZE));
        return (
          <li key={band.from} className="band" style={{ left, width: room }} title={texts[0]}>
            {text}
          </li>
        );
      })}
    </ol>
  );
}
