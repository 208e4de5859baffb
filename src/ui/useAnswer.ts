import { useStore } from 'zustand';
import type { Answers } from '../state/answers';

/** What is known of a question, whether it is being answered, and what ended that. */
export function useAnswer<Answer>({ store }: Answers<Answer>, key: string) {
  return {
    answer: useStore(store, ({ answers }) => answers[key]),
    isAsked: useStore(store, ({ asked }) => asked.some((each) => each.key === key)),
    problem: useStore(store, ({ problems }) => problems[key] ?? null),
  };
}
