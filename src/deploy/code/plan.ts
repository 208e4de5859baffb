import type { Architecture, Layer, Task } from '../../experiment/architecture';
import { resolveDataset, type DatasetInfo, type DatasetView } from '../../experiment/dataset';
import type { DatasetRef, Experiment } from '../../experiment/experiment';
import { isOwn } from '../../experiment/own-dataset';
import { WhittleError } from '../../experiment/problem';
import { resolveModel, unknownDataset } from '../../experiment/model';
import { modelOfOption } from '../../experiment/options';
import type { Step, StepOf, TechniqueId } from '../../experiment/step';
import { rewindOf, scheduleOf } from '../../techniques/prune/spec';
import { isAware } from '../../techniques/quantize/spec';
import { rateChanges } from '../../techniques/train/rate-changes';
import { baselineOf } from '../../techniques/baseline';
import { datasetAt } from '../../techniques/dataset-at';

/** A data set that a script loads. */
export interface CodeSet {
  readonly info: DatasetInfo;
  /** The set itself where this is a view of it. */
  readonly whole: DatasetInfo;
  readonly view: DatasetView | null;
  readonly noise: number;
}

/** An experiment, with all that its code is written from. */
export interface CodePlan {
  readonly experiment: Experiment;
  /** The whole address, for a comment. */
  readonly link: string;
  readonly title: string;
  /** What the network begins with. */
  readonly first: CodeSet;
  /** What each step is of. */
  readonly steps: readonly CodeSet[];
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
  /** Of all data: some may have classes, and other numbers. */
  readonly task: Task | 'both';
  /** A network goes on to other data. */
  readonly moves: boolean;
  /** Layers train the slower the further down they are. */
  readonly slows: boolean;
  /** Kernels shrink beside the gradient while layers have rates of their own. */
  readonly decays: boolean;
  /** Layers of these kinds may be frozen, which then work as in inference. */
  readonly norms: boolean;
  readonly dropouts: boolean;
  /** Batch norm has one value of each example: of an example alone it has no variance. */
  readonly flatNorms: boolean;
  /** The iterations that weights go back to. */
  readonly milestones: readonly number[];
  /** Steps, from 1, whose network teaches a later one. */
  readonly teachers: ReadonlySet<number>;
}

/** @throws WhittleError where the experiment names no data or no network, or data of the user's own */
export function planOf(
  experiment: Experiment,
  { link, title }: Pick<CodePlan, 'link' | 'title'>,
): CodePlan {
  const { dataset, model, recipe } = experiment;
  const first = setOf(dataset);
  const steps = recipe.map((_, index) => setOf(datasetAt(experiment, index)));
  const students = recipe.flatMap((step, index) =>
    step.technique === 'distill' && step.student !== ''
      ? [resolveModel(modelOfOption(step.student), steps[index]?.info ?? first.info)]
      : [],
  );
  const architecture = resolveModel(model, first.info);
  const networks = [architecture, ...students];
  return {
    ...{ experiment, link, first, steps, architecture, networks },
    title: commentable(title),
    needs: needsOf(recipe, [first, ...steps], networks),
  };
}

/** What a step is of. */
export function setAt({ first, steps }: Pick<CodePlan, 'first' | 'steps'>, step: number): CodeSet {
  return steps[step] ?? first;
}

/** Whether a step begins with other data than the one before it has. */
export function changesData({ experiment }: Pick<CodePlan, 'experiment'>, step: number): boolean {
  return datasetAt(experiment, step) !== datasetAt(experiment, step - 1);
}

/** Whether a transfer loads its data: others than were there before, or of which the last one left a few. */
export function loadsData(plan: Pick<CodePlan, 'experiment'>, step: number): boolean {
  const last = plan.experiment.recipe
    .slice(0, step)
    .findLast(({ technique }) => technique === 'transfer');
  const isWhole = last?.technique !== 'transfer' || last.examples === 0;
  return !isWhole || changesData(plan, step);
}

function setOf(ref: DatasetRef): CodeSet {
  const resolved = resolveDataset(ref);
  if (resolved === null) throw unknownDataset(ref);
  if (isOwn(ref)) throw noCode();
  const { info, noise, view } = resolved;
  const whole = resolveDataset(info.id)?.info ?? info;
  return { info, whole, view, noise: noise ?? 0 };
}

function noCode(): WhittleError {
  return new WhittleError({
    code: 'noCodeForOwn',
    params: {},
    message:
      'A recipe on data of your own cannot be written as code: a script has no way to your data. Take the network away as ONNX or safetensors, and the data as a file.',
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

/** Whether some layers of a network that goes on stay as they are, if only at first. */
export function freezesLayers({ beta, freeze, thaw }: StepOf<'transfer'>): boolean {
  return beta === 0 || freeze > 0 || thaw > 0;
}

/** The number of the step, from 1, that a distillation's teacher comes out of. */
export function teacherOf(step: StepOf<'distill'>, index: number, recipe: readonly Step[]): number {
  return step.teacher === 0 ? baselineOf(recipe.slice(0, index)) + 1 : step.teacher;
}

function isFlatNorm({ type, input }: Layer): boolean {
  return type === 'batchnorm' && input.slice(0, -1).every((side) => side === 1);
}

function needsOf(
  recipe: readonly Step[],
  [first, ...steps]: readonly [CodeSet, ...CodeSet[]],
  networks: readonly Architecture[],
): Needs {
  const of = <Id extends TechniqueId>(id: Id) =>
    recipe.filter((step): step is Extract<Step, { technique: Id }> => step.technique === id);
  const [trains, prunes, quantizes] = [of('train'), of('prune'), of('quantize')];
  const learned = of('transfer').filter(({ from }) => from === 'learned');
  const freezes = learned.some(freezesLayers);
  const tasks = new Set([first, ...steps].map(({ info }) => info.task));
  const losses = new Set(
    recipe.flatMap((step, index) =>
      step.technique === 'train' ? [otherLossOf(step, (steps[index] ?? first).info.task)] : [],
    ),
  );
  const has = (type: Layer['type']) =>
    networks.some(({ layers }) => layers.some((layer) => layer.type === type));
  return {
    schedules: new Set(trains.map(({ schedule }) => schedule).filter((id) => id !== 'constant')),
    warmup: trains.some(({ warmup }) => warmup > 0),
    changes: trains.some(({ at }) => rateChanges(at).length > 0),
    l1: trains.some(({ l1 }) => l1 > 0),
    l2: trains.some(({ l2 }) => l2 > 0),
    clip: trains.some(({ clip }) => clip > 0),
    smoothing: losses.has('smoothed'),
    patience: trains.some(({ patience }) => patience > 0),
    masks: prunes.some(({ pattern }) => pattern !== 'units'),
    toInit: prunes.some((step) => rewindOf(step) === 'init'),
    gradual: prunes.some((step) => scheduleOf(step) === 'gradual'),
    rounded: quantizes.some(isAware),
    distill: of('distill').length > 0,
    squared: losses.has('squared'),
    task: tasks.size > 1 ? 'both' : first.info.task,
    moves: recipe.some(({ technique }) => technique === 'transfer'),
    slows: learned.some(({ beta, ratio }) => beta > 0 && ratio < 1),
    decays: learned.some(({ optimizer }) => optimizer === 'adamw' || optimizer === 'lion'),
    norms: freezes && has('batchnorm'),
    dropouts: freezes && has('dropout'),
    flatNorms: networks.some(({ layers }) => layers.some(isFlatNorm)),
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
