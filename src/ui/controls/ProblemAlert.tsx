import type { Problem } from '../../experiment/problem';
import { useProblemText } from '../../i18n/useProblemText';

/** What went wrong, announced; nothing where nothing did. */
export function ProblemAlert({ problem }: { readonly problem: Problem | null }) {
  const textOf = useProblemText();
  if (problem === null) return null;
  return (
    <p className="problem" role="alert">
      {textOf(problem)}
    </p>
  );
}
