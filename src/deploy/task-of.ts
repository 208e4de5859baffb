import type { Task } from '../experiment/architecture';

/** The task that a file says its network has; where it says none, several outputs are classes. */
export function taskOf(said: unknown, outputs: number): Task {
  if (said === 'classification' || said === 'regression') return said;
  return outputs > 1 ? 'classification' : 'regression';
}
