import type { HistoryPoint } from '../../experiment/report';
import { useWhittle } from '../../state/store';
import { useSame } from '../charts/useSame';
import { stepBands } from './bands';
import type { Band } from './bands';

/** The steps of the recipe on the axis of iterations, the one under way as far as it will reach. */
export function useBands(history: readonly HistoryPoint[]): readonly Band[] {
  const underWay = useWhittle(({ status }) => status === 'running' || status === 'paused');
  const step = useWhittle(({ cursor }) => cursor.step);
  const total = useWhittle(({ cursor }) => cursor.total);
  const reached = useWhittle((page) => page.reached);
  return useSame(stepBands(history, reached, underWay ? { step, total } : null));
}
