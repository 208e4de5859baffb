import type { Checkpoint } from '../../experiment/checkpoint';
import { initialParameters } from '../../experiment/parameters';
import { WhittleError } from '../../experiment/problem';
import { randomFrom } from '../../experiment/random';
import type { RunTechnique } from '../run';
import { train } from '../train/run';
import { trainSpec } from '../train/spec';
import { studentOf, type DistillOptions } from './spec';
import { mixedTargets, Teacher, withLogits } from './teacher';

/**
 * Trains a network to say what an earlier one says (Hinton, Vinyals & Dean 2015): a new one, or the present one,
 * whose masks hold.
 * @throws WhittleError at `teacher` where that has other outputs; DivergedError as training does.
 */
export const runDistill: RunTechnique<'distill'> = async function* (checkpoint, options, context) {
  if (context.earlier === undefined) throw new Error('Nobody remembers what was before.');
  const taught = await context.earlier(options.teacher);
  // In the middle of the step the student is there already.
  const student = context.resume === undefined ? begin(checkpoint, options) : checkpoint;
  const { outputs, task } = student.architecture;
  if (taught.architecture.outputs !== outputs) {
    throw otherOutputs(taught.architecture.outputs, outputs);
  }
  const { lr, batch, epochs, temperature, weight } = options;
  const training = trainSpec.options.parse({ lr, batch, epochs });
  const trainer = await context.engine.open(taught);
  try {
    const teacher = new Teacher(context.dataset.train, trainer);
    const classes = task === 'classification';
    const split = teacher.teaching(classes ? withLogits : mixedTargets(weight));
    return yield* train(
      student,
      training,
      { ...context, dataset: { ...context.dataset, train: split }, current: () => training },
      { distillation: classes ? { temperature, weight } : null },
    );
  } finally {
    trainer.dispose();
  }
};

/** The network to begin with: a new one is drawn from the checkpoint's generator and has nothing of the old. */
function begin(checkpoint: Checkpoint, options: DistillOptions): Checkpoint {
  if (options.student === '') return checkpoint;
  const architecture = studentOf(options, checkpoint.architecture);
  const random = randomFrom(checkpoint.random);
  const parameters = initialParameters(architecture, random);
  return {
    ...checkpoint,
    ...{ architecture, parameters, masks: {}, quantizers: {}, optimizer: null },
    random: random.state(),
  };
}

function otherOutputs(teacher: number, student: number): WhittleError {
  return new WhittleError({
    code: 'teacherOutputs',
    params: { teacher, student },
    at: 'teacher',
    message: `The teacher puts out ${String(teacher)} numbers for each example and the student ${String(student)}, so they cannot be compared. Choose another step.`,
  });
}
