import { textWidth } from '../charts/text-width';
import { longestFitting } from './bands';
import type { Band } from './bands';
import { xOf } from './plot';
import { useStepTexts } from './useBands';

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
  const textsOf = useStepTexts();
  return (
    <ol className="bands">
      {bands.map((band) => {
        const left = xOf(band.from, end, width);
        const room = xOf(band.to, end, width) - left;
        const widthOf = (text: string) => textWidth(text, FONT_SIZE);
        const [texts, later] = [
          textsOf(band.steps),
          band.after.length > 0 ? textsOf(band.after) : [],
        ];
        // Each is sure of its shortest text, if there is room for both.
        const least = later.length > 0 ? widthOf(later.at(-1) ?? '') + 2 * PADDING : 0;
        const text = longestFitting(texts, room - least - 2 * PADDING, widthOf);
        const rest = room - widthOf(text) - 4 * PADDING;
        return (
          <li key={band.from} className="band" style={{ left, width: room }}>
            <span title={texts[0]}>{text}</span>
            <span title={later[0]}>{longestFitting(later, rest, widthOf)}</span>
          </li>
        );
      })}
    </ol>
  );
}
