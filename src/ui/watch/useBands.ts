import { useTranslation } from '../../i18n';
import type { HistoryPoint } from '../../experiment/report';
import { viewStep } from '../../state/recipe';
import { useWhittle } from '../../state/store';
import { useSame } from '../charts/useSame';
import { useOptionText } from '../recipe/useOptionText';
import { stepBands } from './bands';
import type { Band } from './bands';

/** The steps of the recipe on the axis of iterations, the one under way as far as it will reach. */
export function useBands(history: readonly HistoryPoint[]): readonly Band[] {
  const underWay = useWhittle(({ status }) => status === 'running' || status === 'paused');
  const step = useWhittle(({ cursor }) => cursor.step);
  const total = useWhittle(({ cursor }) => cursor.total);
  const reached = useWhittle((page) => page.reached);
  return useSame(stepBands(history, reached, underWay ? { step, total } : null));
}

/** Texts for some steps, the longest first: `2 Prune 90 %, 3 Train`, `2 Prune, 3 Train`, `2–3`. */
export function useStepTexts(): (steps: readonly number[]) => readonly string[] {
  const { t } = useTranslation();
  const { withUnit } = useOptionText();
  const recipe = useWhittle(({ link }) => link.experiment.recipe);
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
