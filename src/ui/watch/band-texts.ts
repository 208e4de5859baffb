import type { Step } from '../../experiment/step';
import type { Format } from '../../i18n/format';
import type { Translate } from '../../i18n/translate';
import { viewStep } from '../../state/recipe';
import { textWidth } from '../charts/text-width';
import { optionText } from '../recipe/useOptionText';
import { longestFitting, type Band } from './bands';

export const BAND_FONT_SIZE = 12;
const PADDING = 4;

/** As much of some steps' names as there is room for, and all of it. */
interface Label {
  readonly shown: string;
  readonly whole: string;
}

/** What a band's steps are called within its width: those that lead to it, and those at its end. */
export function bandLabels(
  { steps, after }: Band,
  width: number,
  textsOf: (steps: readonly number[]) => readonly string[],
): { readonly steps: Label; readonly after: Label } {
  const widthOf = (text: string) => textWidth(text, BAND_FONT_SIZE);
  const [texts, later] = [textsOf(steps), after.length > 0 ? textsOf(after) : []];
  // Each is sure of its shortest text, if there is room for both.
  const least = later.length > 0 ? widthOf(later.at(-1) ?? '') + 2 * PADDING : 0;
  const shown = longestFitting(texts, width - least - 2 * PADDING, widthOf);
  const rest = width - widthOf(shown) - 4 * PADDING;
  return {
    steps: { shown, whole: texts[0] ?? '' },
    after: { shown: longestFitting(later, rest, widthOf), whole: later[0] ?? '' },
  };
}

/** Texts for some steps, the longest first: `2 Prune 90 %, 3 Train`, `2 Prune, 3 Train`, `2–3`. */
export function stepTexts(
  recipe: readonly Step[],
  t: Translate,
  format: Format,
): (steps: readonly number[]) => readonly string[] {
  const { withUnit } = optionText(t, format);
  return (steps) => {
    const named = steps.flatMap((index) => {
      const step = recipe[index];
      if (step === undefined) return [];
      const { technique, instant, main, options } = viewStep(step);
      const short = `${String(index + 1)} ${t(`technique.${technique}`)}`;
      const option = main === null ? undefined : options[main];
      const isBare = option?.meta.kind === 'number' && option.meta.unit === undefined;
      const name = isBare ? `${t(`option.${option.name}`)} ` : '';
      return [{ short, long: instant && option ? `${short} ${name}${withUnit(option)}` : short }];
    });
    const [first, last] = [(steps[0] ?? 0) + 1, (steps.at(-1) ?? 0) + 1];
    const separator = t('watch.listSeparator');
    return [
      named.map(({ long }) => long).join(separator),
      named.map(({ short }) => short).join(separator),
      first === last ? String(first) : `${String(first)}–${String(last)}`,
    ];
  };
}
