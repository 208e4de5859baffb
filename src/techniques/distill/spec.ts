import * as z from 'zod/mini';
import type { Architecture } from '../../experiment/architecture';
import { resolveModel } from '../../experiment/model';
import {
  integerOption,
  modelOfOption,
  networkOption,
  numberOption,
} from '../../experiment/options';
import { toProblem, type Problem } from '../../experiment/problem';
import type { Place, TechniqueSpec } from '../../experiment/technique';
import { trainOptionsSchema } from '../train/spec';

const options = z.object({
  temperature: numberOption({ min: 1, max: 20, default: 4, step: 0.5 }),
  /** Share of the loss that is the teacher's; labels, or targets, have the rest. */
  weight: numberOption({ min: 0, max: 1, default: 0.9, step: 0.05, unit: 'percent' }),
  /** A new network to train; empty: the present one goes on. */
  student: networkOption(),
  /** The step that the teacher comes out of, counted from 1; 0: the last one before any compression. */
  teacher: integerOption({ min: 0, max: 29, default: 0, step: 1 }),
  epochs: integerOption({ min: 1, max: 500, default: 3, step: 1, unit: 'epochs' }),
  lr: trainOptionsSchema.shape.lr,
  batch: trainOptionsSchema.shape.batch,
});

export type DistillOptions = z.infer<typeof options>;

declare module '../../experiment/step' {
  interface TechniqueOptions {
    distill: DistillOptions;
  }
}

export const distillSpec: TechniqueSpec<'distill'> = {
  id: 'distill',
  options,
  mainOption: () => 'temperature',
  activeOptions: () => Object.keys(options.shape),
  instant: () => false,
  compression: ({ student }) => (student === '' ? null : 'reshape'),
  check: (chosen, architecture) => {
    try {
      studentOf(chosen, architecture);
      return null;
    } catch (error) {
      return { ...toProblem(error), at: 'student' };
    }
  },
  checkPlace: ({ teacher }, place) => checkTeacher(teacher, place),
  reshape: studentOf,
};

/**
 * The network that learns.
 * @throws WhittleError where the option spells none, or one that does not fit the data.
 */
export function studentOf({ student }: DistillOptions, architecture: Architecture): Architecture {
  if (student === '') return architecture;
  const { task, input, outputs } = architecture;
  return resolveModel(modelOfOption(student), { task, shape: input, outputs });
}

function checkTeacher(teacher: number, { before, baseline }: Place): Problem | null {
  if (teacher > before) {
    return {
      code: 'teacherNotBefore',
      params: { teacher, before },
      at: 'teacher',
      message: `Step ${String(teacher)} is not before this one, so it leaves no teacher. Choose a step up to ${String(before)}, or 0 for the network before any compression.`,
    };
  }
  return teacher > 0 || baseline >= 0 ? null : noTeacher;
}

/** Nothing was trained before the first compression. */
const noTeacher: Problem = {
  code: 'noTeacher',
  params: {},
  at: 'teacher',
  message:
    'No step before this one trains a network that is not compressed yet, so there is no teacher. Train one before, or choose the step that leaves the teacher.',
};
