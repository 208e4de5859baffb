import type { OptionValue } from '../../state/recipe';

export interface LiveChange {
  /** Iteration within the step from which the learning rate holds. */
  readonly iteration: number;
  readonly learningRate: number;
}

/** The learning rates set while a step ran, from the option that keeps them: `430~0.0003~812~0.0001`. */
export function liveChanges(at: OptionValue | undefined): readonly LiveChange[] {
  if (typeof at !== 'string' || at === '') return [];
  const numbers = at.split('~').map(Number);
  const changes: LiveChange[] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    const [iteration = 0, learningRate = 0] = numbers.slice(i, i + 2);
    changes.push({ iteration, learningRate });
  }
  return changes;
}
