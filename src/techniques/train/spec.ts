import * as z from 'zod/mini';
import { choiceOption, integerOption, numberOption, textOption } from '../../experiment/options';
import type { TechniqueSpec } from '../../experiment/technique';

export const OPTIMIZERS = [
  'sgd',
  'momentum',
  'nesterov',
  'rmsprop',
  'adagrad',
  'adam',
  'adamw',
  'lion',
] as const;

export const SCHEDULES = ['constant', 'step', 'cosine', 'onecycle'] as const;

export const trainOptionsSchema = z.object({
  optimizer: choiceOption(OPTIMIZERS, 'adam'),
  lr: numberOption({ min: 1e-5, max: 10, default: 0.001, step: 20, scale: 'log' }),
  epochs: integerOption({ min: 1, max: 500, default: 3, step: 1, unit: 'epochs' }),
  batch: integerOption({
    min: 1,
    max: 2048,
    default: 128,
    step: 1,
    scale: 'log',
    unit: 'examples',
  }),
  schedule: choiceOption(SCHEDULES, 'constant'),
  /** Epochs of linear warm-up before the schedule. */
  warmup: numberOption({ min: 0, max: 10, default: 0, step: 0.1, unit: 'epochs' }),
  /** Momentum of SGD with momentum and Nesterov. */
  momentum: numberOption({ min: 0, max: 0.999, default: 0.9, step: 0.01 }),
  /** Decoupled weight decay of AdamW and Lion. */
  decay: numberOption({ min: 0, max: 1, default: 0.01, step: 0.001 }),
  l1: numberOption({ min: 0, max: 0.1, default: 0, step: 0.0001 }),
  l2: numberOption({ min: 0, max: 0.1, default: 0, step: 0.0001 }),
  /** Largest global gradient norm; 0 does not clip. */
  clip: numberOption({ min: 0, max: 100, default: 0, step: 0.1 }),
  /** Label smoothing (Szegedy et al. 2016). */
  smooth: numberOption({ min: 0, max: 0.5, default: 0, step: 0.01 }),
  loss: choiceOption(['auto', 'crossentropy', 'mse'], 'auto'),
  /** Stop after so many epochs without a better validation loss; 0 does not stop early. */
  patience: integerOption({ min: 0, max: 100, default: 0, step: 1, unit: 'epochs' }),
  /** Learning rates set while it ran, `iteration~lr` pairs by iteration of the step: `430~0.0003~812~0.0001`. */
  at: textOption(/^$|^[1-9]\d*~\d+(\.\d+)?(e-\d+)?(~[1-9]\d*~\d+(\.\d+)?(e-\d+)?)*$/),
});

export type TrainOptions = z.infer<typeof trainOptionsSchema>;

declare module '../../experiment/step' {
  interface TechniqueOptions {
    train: TrainOptions;
  }
}

const USES_MOMENTUM: readonly string[] = ['momentum', 'nesterov'];
const USES_DECAY: readonly string[] = ['adamw', 'lion'];

export const trainSpec: TechniqueSpec<'train'> = {
  id: 'train',
  options: trainOptionsSchema,
  mainOption: () => 'lr',
  activeOptions: ({ optimizer, loss }) =>
    Object.keys(trainOptionsSchema.shape).filter(
      (name) =>
        (name !== 'momentum' || USES_MOMENTUM.includes(optimizer)) &&
        (name !== 'decay' || USES_DECAY.includes(optimizer)) &&
        (name !== 'smooth' || loss !== 'mse'),
    ),
  instant: () => false,
  compression: () => null,
  check: ({ loss }, { task }) =>
    loss === 'crossentropy' && task === 'regression'
      ? {
          code: 'crossEntropyNeedsClasses',
          params: {},
          at: 'loss',
          message:
            'Cross-entropy needs classes, and this data set has numbers as targets. Choose the squared error.',
        }
      : null,
};
