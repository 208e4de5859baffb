import { createStore } from 'zustand/vanilla';
import { toProblem, type Problem } from '../experiment/problem';
import { isAbort } from './timing';

/** What the worker said, bit by bit, to questions that take their time. */
export interface AnswersState<Answer> {
  /** By the question's key, the oldest first. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** What is being answered, with the name that the worker has it by. */
  readonly asked: readonly { readonly key: string; readonly question: string }[];
  /** What ended an answer early, by the question's key. */
  readonly problems: Readonly<Record<string, Problem>>;
}

export type Answers<Answer> = ReturnType<typeof createAnswers<Answer>>;

/** Keeps the `most` newest answers, so that going back shows them at once. */
export function createAnswers<Answer>(most: number) {
  const store = createStore<AnswersState<Answer>>(() => ({ answers: {}, asked: [], problems: {} }));
  let questions = 0;
  const without = <Value>(record: Readonly<Record<string, Value>>, key: string) =>
    Object.entries(record).filter(([other]) => other !== key);

  return {
    store,
    of: (key: string): Answer | undefined => store.getState().answers[key],
    keep: (key: string, answer: Answer) => {
      store.setState(({ answers }) => ({
        answers: Object.fromEntries(
          [...without(answers, key), [key, answer] as const].slice(-most),
        ),
      }));
    },
    /** The key of a question; undefined of one that was given up, and may still have something to say. */
    keyOf: (question: string): string | undefined =>
      store.getState().asked.find((each) => each.question === question)?.key,
    /** Asks by a name that no other question has. With `signal` it is given up at once. */
    asking: async (
      key: string,
      signal: AbortSignal,
      ask: (question: string) => Promise<unknown>,
    ): Promise<void> => {
      const asked = { key, question: String(++questions) };
      const end = () => {
        store.setState((now) => ({ asked: now.asked.filter((each) => each !== asked) }));
      };
      signal.addEventListener('abort', end);
      store.setState((now) => ({
        asked: [...now.asked, asked],
        problems: Object.fromEntries(without(now.problems, key)),
      }));
      try {
        await ask(asked.question);
      } catch (error) {
        if (!isAbort(error)) {
          store.setState(({ problems }) => ({
            problems: { ...problems, [key]: toProblem(error) },
          }));
        }
      } finally {
        end();
      }
    },
  };
}
