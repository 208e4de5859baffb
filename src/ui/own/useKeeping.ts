import { useState } from 'react';
import type { OwnAbout } from '../../experiment/own-dataset';
import { toProblem, type Problem } from '../../experiment/problem';

/** Keeps a set, one at a time, and what came in between. */
export function useKeeping(onKept: (about: OwnAbout) => void) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const keep = (ask: () => Promise<OwnAbout>) => {
    setBusy(true);
    setProblem(null);
    ask()
      .then(onKept, (error: unknown) => {
        setProblem(toProblem(error));
      })
      .finally(() => {
        setBusy(false);
      });
  };
  return { busy, problem, keep };
}
