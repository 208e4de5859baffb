import type { Checkpoint } from '../experiment/checkpoint';
import type { Step, StepOf, TechniqueId, TechniqueOptions } from '../experiment/step';
import { techniqueSpecs } from '../techniques/registry';
import type { RunContext, StepProgress } from '../techniques/run';
import { techniqueRunners } from '../techniques/runners';
import { learningFrom } from '../techniques/transfer/few';

export type StepContext = Omit<RunContext<unknown>, 'current'>;

/**
 * Starts a step of whatever technique; nothing runs until the generator is asked. `current` tells the
 * step as it is now: of the same technique, its options perhaps changed.
 */
export function startStep(
  step: Step,
  checkpoint: Checkpoint,
  context: StepContext,
  current: () => Step = () => step,
): AsyncGenerator<StepProgress, Checkpoint, void> {
  return start(step, checkpoint, context, current);
}

function start<Id extends TechniqueId>(
  step: StepOf<Id>,
  checkpoint: Checkpoint,
  context: StepContext,
  current: () => Step,
): AsyncGenerator<StepProgress, Checkpoint, void> {
  const { technique } = step;
  // Steps behind a transfer learn from no more than it did; another transfer draws anew.
  const rows = technique === 'transfer' ? null : checkpoint.examples;
  // Asked for in every iteration, changed hardly ever.
  let read = { from: current(), options: optionsOf(technique, current()) };
  return techniqueRunners[technique](checkpoint, read.options, {
    ...context,
    dataset: learningFrom(context.dataset, rows),
    current: () => {
      const from = current();
      if (from !== read.from) read = { from, options: optionsOf(technique, from) };
      return read.options;
    },
  });
}

function optionsOf<Id extends TechniqueId>(technique: Id, step: Step): TechniqueOptions[Id] {
  return techniqueSpecs[technique].options.parse(step);
}

/** Runs an instant step to its end. */
export async function applyStep(
  step: Step,
  checkpoint: Checkpoint,
  context: StepContext,
): Promise<Checkpoint> {
  const generator = startStep(step, checkpoint, context);
  for (;;) {
    const next = await generator.next();
    if (next.done === true) return next.value;
  }
}

/** The step with one option changed; null where the option cannot take the value. */
export function withOption(step: Step, option: string, value: number): Step | null {
  const read = techniqueSpecs[step.technique].options.safeParse({ ...step, [option]: value });
  if (!read.success || !(option in read.data)) return null;
  // Read by this technique's own schema; TypeScript cannot follow that the two belong together.
  return { technique: step.technique, ...read.data } as Step;
}
