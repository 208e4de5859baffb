import type { Architecture, Task } from '../../experiment/architecture';
import { resolveDataset, type DatasetInfo } from '../../experiment/dataset';
import type { Experiment } from '../../experiment/experiment';
import { isOwn } from '../../experiment/own-dataset';
import { WhittleError } from '../../experiment/problem';
import { resolveModel, unknownDataset } from '../../experiment/model';
import { modelOfOption } from '../../experiment/options';
import type { Step, StepOf, TechniqueId } from '../../experiment/step';
import { rewindOf, scheduleOf } from '../../techniques/prune/spec';
import { isAware } from '../../techniques/quantize/spec';
import { rateChanges } from '../../techniques/train/rate-changes';
import { baselineOf } from '../../techniques/baseline';
import { lastTransfer } from '../../techniques/dataset-at';

/** An experiment, with all that its code is written from. */
export interface CodePlan {
  readonly experiment: Experiment;
  /** The whole address, for a comment. */
  readonly link: string;
  readonly title: string;
  readonly info: DatasetInfo;
  readonly noise: number;
  readonly architecture: Architecture;
  /** That of the experiment, and those of its students. */
  readonly networks: readonly Architecture[];
  readonly needs: Needs;
}

/** What the training loop, and the rest, have to be able to do: only that is printed. */
export interface Needs {
  readonly schedules: ReadonlySet<string>;
  readonly warmup: boolean;
  readonly changes: boolean;
  readonly l1: boolean;
  readonly l2: boolean;
  readonly clip: boolean;
  readonly smoothing: boolean;
  readonly patience: boolean;
  readonly masks: boolean;
  /** Weights go back to where they began. */
  readonly toInit: boolean;
  /** Something happens between iterations. */
  readonly gradual: boolean;
  /** Kernels are rounded while they train. */
  readonly rounded: boolean;
  readonly distill: boolean;
  readonly squared: boolean;
  /** The iterations that weights go back to. */
  readonly milestones: readonly number[];
  /** Steps, from 1, whose network teaches a later one. */
  readonly teachers: ReadonlySet<number>;
}

/** @throws WhittleError where the experiment names no data or no network */
export function planOf(
  experiment: Experiment,
  { link, title }: Pick<CodePlan, 'link' | 'title'>,
): CodePlan {
  const resolved = resolveDataset(experiment.dataset);
  if (resolved === null) throw unknownDataset(experiment.dataset);
  const { info, noise, view } = resolved;
  if (view !== null) throw noCodeForView(experiment.dataset);
  if (lastTransfer(experiment.recipe) !== -1) throw noCodeForTransfer();
  if (isOwn(experiment.dataset)) throw noCode();
  const students = experiment.recipe.flatMap((step) =>
    step.technique === 'distill' && step.student !== ''
      ? [resolveModel(modelOfOption(step.student), info)]
      : [],
  );
  const architecture = resolveModel(experiment.model, info);
  return {
    ...{ experiment, link, info, architecture },
    networks: [architecture, ...students],
    title: commentable(title),
    noise: noise ?? 0,
    needs: needsOf(experiment.recipe, info),
  };
}

function noCode(): WhittleError {
  return new WhittleError({
    code: 'noCodeForOwn',
    params: {},
    message:
      'A recipe on data of your own cannot be written as code: a script has no way to your data. Take the network away as ONNX or safetensors, and the data as a file.',
  });
}

function noCodeForTransfer(): WhittleError {
  return new WhittleError({
    code: 'noCodeForTransfer',
    params: {},
    message:
      'No script is written for a recipe that goes on to another task: what follows would train on the data of the first. Take the network away behind the transfer, as ONNX or safetensors.',
  });
}

function noCodeForView(dataset: string): WhittleError {
  return new WhittleError({
    code: 'noCodeForView',
    params: { dataset },
    at: 'data',
    message: `No script is written for ${dataset}, which is made of a part of a set or of changed examples. Choose the whole set to have the recipe as code.`,
  });
}

/** A user's text without what would end a comment or a text, or begin another. */
function commentable(title: string): string {
  return title.replaceAll(/[\\"\u2028\u2029\p{Cc}]+/gu, ' ').trim();
}

/** The loss of a training step where it is not that of the task. */
export function otherLossOf(
  { loss, smooth }: StepOf<'train'>,
  task: Task,
): 'squared' | 'smoothed' | null {
  if (task === 'regression') return null;
  if (loss === 'mse') return 'squared';
  return smooth > 0 ? 'smoothed' : null;
}

/** Whether the learning rate is anything but constant. */
export function hasRate({ schedules, warmup, changes }: Needs): boolean {
  return schedules.size > 0 || warmup || changes;
}

/** The number of the step, from 1, that a distillation's teacher comes out of. */
export function teacherOf(step: StepOf<'distill'>, index: number, recipe: readonly Step[]): number {
  return step.teacher === 0 ? baselineOf(recipe.slice(0, index)) + 1 : step.teacher;
}

function needsOf(recipe: readonly Step[], { task }: DatasetInfo): Needs {
  const of = <Id extends TechniqueId>(id: Id) =>
    recipe.filter((step): step is Extract<Step, { technique: Id }> => step.technique === id);
  const [trains, prunes, quantizes] = [of('train'), of('prune'), of('quantize')];
  return {
    schedules: new Set(trains.map(({ schedule }) => schedule).filter((id) => id !== 'constant')),
    warmup: trains.some(({ warmup }) => warmup > 0),
    changes: trains.some(({ at }) => rateChanges(at).length > 0),
    l1: trains.some(({ l1 }) => l1 > 0),
    l2: trains.some(({ l2 }) => l2 > 0),
    clip: trains.some(({ clip }) => clip > 0),
    smoothing: trains.some((step) => otherLossOf(step, task) === 'smoothed'),
    patience: trains.some(({ patience }) => patience > 0),
    masks: prunes.some(({ pattern }) => pattern !== 'units'),
    toInit: prunes.some((step) => rewindOf(step) === 'init'),
    gradual: prunes.some((step) => scheduleOf(step) === 'gradual'),
    rounded: quantizes.some(isAware),
    distill: of('distill').length > 0,
    squared: trains.some((step) => otherLossOf(step, task) === 'squared'),
    milestones: [
      ...new Set(prunes.flatMap((step) => (rewindOf(step) === 'iteration' ? [step.to] : []))),
    ],
    teachers: new Set(
      recipe.flatMap((step, index) =>
        step.technique === 'distill' ? [teacherOf(step, index, recipe)] : [],
      ),
    ),
  };
}
