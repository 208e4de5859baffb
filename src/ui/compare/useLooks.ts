import { useEffect } from 'react';
import { useWhittle } from '../../state/store';
import type { Look } from '../../worker/protocol';
import type { Pair } from './variants';

/**
 * The looks inside both variants; null until they are there. Asks for them where the page has not: while
 * a recipe runs it does not look by itself.
 */
export function useLooks([a, b]: Pair): readonly [Look, Look] | null {
  useChosen(a.id, b.id);
  const details = useWhittle((page) => page.details);
  if (details?.[0].id !== a.id || details[1].id !== b.id) return null;
  return [details[0].look, details[1].look];
}

/** The examples on which both variants disagree; null until they are known. */
export function useDisagreements([a, b]: Pair) {
  const isChosen = useChosen(a.id, b.id);
  const details = useWhittle((page) => page.details);
  const disagreements = useWhittle((page) => page.disagreements);
  // They arrive together with the looks, which tell whose they are.
  const areTheirs = isChosen && details?.[0].id === a.id && details[1].id === b.id;
  return areTheirs ? disagreements : null;
}

function useChosen(a: string, b: string): boolean {
  const isChosen = useWhittle(({ chosen }) => chosen?.[0] === a && chosen[1] === b);
  const choose = useWhittle((page) => page.choose);
  useEffect(() => {
    if (!isChosen) choose(a, b);
  }, [isChosen, choose, a, b]);
  return isChosen;
}
