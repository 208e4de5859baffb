import type { Problem } from '../experiment/problem';
import { useTranslation } from '.';

/** The sentence for a problem in the page's language; its own English message where there is none. */
export function useProblemText(): (problem: Problem) => string {
  const { t } = useTranslation();
  return ({ code, params, message }) => t(`problem.${code}`, { ...params, defaultValue: message });
}
