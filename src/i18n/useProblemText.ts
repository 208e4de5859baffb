import type { i18n as I18n } from 'i18next';
import type { Problem } from '../experiment/problem';
import { useTranslation } from '.';

/** The sentence for a problem in the page's language: its own message in English. */
export function useProblemText(): (problem: Problem) => string {
  const { i18n } = useTranslation();
  return (problem) => problemText(problem, i18n);
}

export function problemText({ code, params, message, cause }: Problem, i18n: I18n): string {
  const key = `problem.${code}`;
  // The message is no default for `t`, which would fill in what a user typed in double braces.
  if (!i18n.exists(key)) return message;
  const reason = cause === undefined ? {} : { reason: problemText(cause, i18n) };
  return i18n.t(key, { ...params, ...reason });
}
