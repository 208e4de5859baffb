import { useProblemText } from '../../i18n/useProblemText';
import type { Problem } from '../../experiment/problem';
import { useWhittle } from '../../state/store';
import { problemsOf } from '../../state/validate';

function useProblems(): readonly Problem[] {
  const told = useWhittle(({ problems }) => problems);
  const experiment = useWhittle(({ link }) => link.experiment);
  return [...problemsOf(experiment), ...told];
}

/** Whether there is a problem at one of these controls. */
export function useIsWrong(controls: readonly string[]): boolean {
  return useProblems().some(({ at }) => at !== undefined && controls.includes(at));
}

/** Problems that belong to one control: those the experiment has now, and those a run met. */
export function useProblemsAt(at: string): readonly Problem[] {
  const here = useProblems().filter((problem) => problem.at === at);
  return here.filter(
    (problem, index) => here.findIndex(({ message }) => message === problem.message) === index,
  );
}

/** The messages at a control. Give the control `aria-describedby` this `id`. */
export function ProblemsAt({ problems, id }: { problems: readonly Problem[]; id: string }) {
  const textOf = useProblemText();
  if (problems.length === 0) return null;
  return (
    <div id={id} className="problem" role="alert">
      {problems.map((problem) => (
        <p key={problem.message}>{textOf(problem)}</p>
      ))}
    </div>
  );
}
