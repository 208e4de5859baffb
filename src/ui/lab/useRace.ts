import { useEffect, useState } from 'react';
import { toProblem, type Problem } from '../../experiment/problem';
import { courseKey } from '../../lab/landscapes';
import type { LabOptions } from '../../lab/options';
import type { Race, Relief } from '../../lab/results';
import { whittleSession } from '../../state/store';
import { newestWins } from './newest';

/** What the worker says of a race. What cannot be had is null, and the problem says why. */
export interface Shown {
  /** The options that it was made with. */
  readonly options: LabOptions;
  readonly relief: Relief;
  readonly race: Race | null;
}

/** The newest answer, and what was wrong with the newest question. */
export interface Answer {
  readonly shown: Shown | null;
  readonly problem: Problem | null;
}

/** Follows the options; until an answer is there the one before it stands. */
export function useRace(options: LabOptions): Answer {
  const [answer, setAnswer] = useState<Answer>({ shown: null, problem: null });
  const [ask] = useState(() => asking(setAnswer));
  useEffect(() => {
    ask(options);
  }, [ask, options]);
  return answer;
}

function asking(tell: (change: (before: Answer) => Answer) => void) {
  const { client } = whittleSession();
  let known: { readonly key: string; readonly relief: Relief } | null = null;
  return newestWins<LabOptions>(async (options) => {
    const key = courseKey(options);
    try {
      if (known?.key !== key) known = { key, relief: await client.request('relief', { options }) };
      const { relief } = known;
      const race = client.request('descend', { options });
      await race.then(
        (found) => {
          tell(() => ({ shown: { options, relief, race: found }, problem: null }));
        },
        (error: unknown) => {
          tell(() => ({ shown: { options, relief, race: null }, problem: toProblem(error) }));
        },
      );
    } catch (error) {
      tell(({ shown }) => ({ shown, problem: toProblem(error) }));
    }
  });
}
