import type { Problem } from '../experiment/problem';
import { useTranslation } from '.';
import type { Translator } from './translate';

/** The sentence for a problem in the page's language: its own message in English. */
export function useProblemText(): (problem: Problem) => string {
  const translator = useTranslation();
  return (problem) => problemText(problem, translator);
}

export function problemText(
  { code, params, message, cause }: Problem,
  translator: Translator,
): string {
  const { t } = translator;
  const { reason = '' } = params;
  const quoted = cause
    ? problemText(cause, translator).replace(/。$/, '')
    : t(`reason.${String(reason)}`, {}, String(reason));
  const gaps = { ...params, reason: quoted };
  return t(`problem.${code}`, gaps, t(`reason.${code}`, gaps, message));
}
