import type { Experiment } from '../experiment/experiment';
import { shortestRef } from '../experiment/model';
import { modelOfOption, optionMeta } from '../experiment/options';
import type { OptionMeta } from '../experiment/options';
import type { Step, StepOf, TechniqueId } from '../experiment/step';
import type { LayerOption, TechniqueSpec } from '../experiment/technique';
import { datasetAt } from '../techniques/dataset-at';
import { techniqueSpecs } from '../techniques/registry';
import { otherTask, usualExamples } from '../techniques/transfer/other-task';
import type { ImportedFile } from '../worker/protocol';

/** Longer recipes would no longer fit in a link. */
export const MAX_STEPS = 30;

/** An option as the controls read and write it. */
export type OptionValue = number | string;

export interface Option {
  readonly name: string;
  readonly meta: OptionMeta;
  readonly value: OptionValue;
}

/** What a step's technique says about the step, the same shape for every technique. */
export interface StepView {
  readonly technique: TechniqueId;
  readonly instant: boolean;
  /** Name of the option on the card's one slider; null where there is none. */
  readonly main: string | null;
  /** Options that have an effect, given the others, in the link's order. */
  readonly active: readonly string[];
  readonly options: Readonly<Record<string, Option>>;
  /** How single layers are set apart from the others; null where they cannot be. */
  readonly byLayer: LayerOption | null;
}

export function viewStep(step: Step): StepView {
  return viewOf(step);
}

function viewOf<Id extends TechniqueId>(step: StepOf<Id>): StepView {
  const spec: TechniqueSpec<Id> = techniqueSpecs[step.technique];
  const values = spec.options.parse(step);
  const options: Record<string, Option> = {};
  for (const [name, value] of Object.entries<unknown>(values)) {
    const schema = spec.options.shape[name];
    const meta = schema && optionMeta.get(schema);
    if (meta && (typeof value === 'number' || typeof value === 'string')) {
      options[name] = { name, meta, value };
    }
  }
  return {
    technique: step.technique,
    instant: spec.instant(values),
    main: spec.mainOption(values),
    active: spec.activeOptions(values),
    options,
    byLayer: spec.byLayer?.(values) ?? null,
  };
}

/** A step with every option at its default. */
export function defaultStep<Id extends TechniqueId>(technique: Id): Step {
  const options = techniqueSpecs[technique].options.parse({});
  return asStep(technique, options);
}

/** The step with one option changed; null where the schema refuses the value. */
export function withOption(step: Step, option: string, value: OptionValue): Step | null {
  const read = techniqueSpecs[step.technique].options.safeParse({ ...step, [option]: value });
  return read.success ? asStep(step.technique, read.data) : null;
}

function asStep(technique: TechniqueId, options: object): Step {
  // The options were read by this technique's own schema; TypeScript cannot follow that the two belong together.
  return { technique, ...options } as Step;
}

function withRecipe(experiment: Experiment, recipe: readonly Step[]): Experiment {
  return { ...experiment, recipe };
}

/** Replaces one step; the same experiment where there is no such step. */
export function replaceStep(experiment: Experiment, index: number, step: Step): Experiment {
  if (experiment.recipe[index] === undefined) return experiment;
  return withRecipe(
    experiment,
    experiment.recipe.map((old, i) => (i === index ? step : old)),
  );
}

/** Inserts a step at `at`, by default at the end; a file is loaded first of all. */
export function addStep(experiment: Experiment, technique: TechniqueId, at?: number): Experiment {
  const usual = technique === 'load' ? 0 : experiment.recipe.length;
  const index = at ?? usual;
  return insert(experiment, stepFor(experiment, technique, index), index);
}

/** A step at its defaults; one that takes the network to another task, with a task that suits the data. */
function stepFor(experiment: Experiment, technique: TechniqueId, index: number): Step {
  const step = defaultStep(technique);
  if (step.technique !== 'transfer') return step;
  const before = datasetAt(experiment, index - 1);
  const to = otherTask(before);
  return { ...step, to, examples: usualExamples(to === '' ? before : to) };
}

/** The option that is a step's learning rate: of a transfer, that of its head. Null where nothing trains. */
export function rateOption({ technique, active }: StepView): 'lr' | 'head' | null {
  if (technique === 'transfer') return 'head';
  return active.includes('lr') ? 'lr' : null;
}

/** Gives a step another learning rate; in a transfer the layers that stay keep their share of it. */
export function withRate(step: Step, rate: number): Step {
  const option = rateOption(viewStep(step));
  if (option === null) return step;
  const faster = withOption(step, option, rate);
  if (faster === null) return step;
  if (step.technique !== 'transfer' || step.from === 'scratch') return faster;
  const beta = Math.min(1, Number(((rate * step.beta) / step.head).toPrecision(3)));
  return withOption(faster, 'beta', beta) ?? faster;
}

/** The step loads the file; the network of the experiment is the one in it. */
export function withFile(
  experiment: Experiment,
  index: number,
  { id, network }: ImportedFile,
): Experiment {
  const step = asStep('load', { file: id, network });
  return { ...replaceStep(experiment, index, step), model: shortestRef(modelOfOption(network)) };
}

/** Puts a copy behind the step. Learning rates set while it ran stay with the original. */
export function copyStep(experiment: Experiment, index: number): Experiment {
  const step = experiment.recipe[index];
  if (step === undefined) return experiment;
  return insert(experiment, withOption(step, 'at', '') ?? step, index + 1);
}

function insert(experiment: Experiment, step: Step, at: number): Experiment {
  const { recipe } = experiment;
  if (recipe.length >= MAX_STEPS) return experiment;
  return withRecipe(
    experiment,
    recipe.toSpliced(Math.min(Math.max(at, 0), recipe.length), 0, step),
  );
}

export function removeStep(experiment: Experiment, index: number): Experiment {
  if (experiment.recipe[index] === undefined) return experiment;
  return withRecipe(experiment, experiment.recipe.toSpliced(index, 1));
}

/** Moves the step at `from` so that it ends at index `to`, which is clamped to the recipe. */
export function moveStep(experiment: Experiment, from: number, to: number): Experiment {
  const { recipe } = experiment;
  const step = recipe[from];
  const target = Math.min(Math.max(to, 0), recipe.length - 1);
  if (step === undefined || target === from) return experiment;
  return withRecipe(experiment, recipe.toSpliced(from, 1).toSpliced(target, 0, step));
}

/**
 * Index of the first step whose result may differ between two experiments: 0 where data, network or
 * seed differ, the longer recipe's length where nothing does.
 */
export function firstDifference(a: Experiment, b: Experiment): number {
  if (a.dataset !== b.dataset || a.model !== b.model || a.seed !== b.seed) return 0;
  const length = Math.max(a.recipe.length, b.recipe.length);
  for (let index = 0; index < length; index++) {
    if (JSON.stringify(a.recipe[index]) !== JSON.stringify(b.recipe[index])) return index;
  }
  return length;
}
