import { resolveDataset } from './dataset';
import type { DatasetInfo } from './dataset';
import { DEFAULT_DATASET, DEFAULT_SEED, defaultModel, defaultRecipe } from './default-experiment';
import type { Experiment, Link } from './experiment';
import { LinkProblems } from './link-problems';
import { isTechnique, parseStep, printStep } from './link-step';
import { readPairs, writePairs, writeReference } from './link-text';
import type { WrittenPair } from './link-text';
import { parseView, printView, VIEW_KEYS } from './link-view';
import { resolveModel, withoutSpaces } from './model';
import { toProblem } from './problem';
import type { Problem } from './problem';
import type { Step, TechniqueId } from './step';
import type { TechniqueSpecs } from './technique';

export const LINK_VERSION = 1;
export const MAX_LINK_LENGTH = 2_000;
/** A link that some program made longer, by percent-encoding it, is still read. */
const MAX_READ = 4 * MAX_LINK_LENGTH;
const MAX_SEED = 0xffffffff;
/** Steps of a recipe; more would no longer fit in a link. */
export const MAX_STEPS = 30;

const RESERVED = ['v', 'data', 'model', 'seed', 'recipe', ...VIEW_KEYS] as const;
type ReservedKey = (typeof RESERVED)[number];
type Values = Readonly<Partial<Record<ReservedKey, string>>>;

/** A pair whose key is a technique: a step of the recipe. */
interface StepPair {
  readonly technique: TechniqueId;
  readonly value: string;
}

/** Reads a fragment, with or without `#`. Never throws: what it cannot read is replaced by the default and named. */
export function parseLink(
  fragment: string,
  specs: TechniqueSpecs,
): { link: Link; problems: readonly Problem[] } {
  const problems = new LinkProblems();
  const isReadable = fragment.length <= MAX_READ;
  if (!isReadable) problems.tooLong(fragment, MAX_READ);
  const pairs = isReadable ? readPairs(fragment) : [];
  const { values, steps } = sort(pairs, specs, problems);
  checkVersion(values.v, problems);
  const experiment = parseExperiment(values, steps, specs, problems);
  const view = parseView(values, problems);
  return { link: { experiment, view }, problems: problems.all() };
}

/** The shortest fragment (without `#`) that `parseLink` reads as `link`. */
export function printLink({ experiment, view }: Link, specs: TechniqueSpecs): string {
  const { dataset, model, seed, recipe } = experiment;
  return writePairs([
    { key: 'v', value: String(LINK_VERSION) },
    { key: 'data', value: writeReference(dataset) },
    { key: 'model', value: writeReference(withoutSpaces(model)) },
    { key: 'seed', value: String(seed) },
    ...printView(view),
    ...(recipe.length === 0
      ? [{ key: 'recipe', value: 'none' }]
      : recipe.map((step) => printStep(step, specs))),
  ]);
}

/** The experiment of an empty link, or of one that names this data set alone. */
export function defaultExperiment(specs: TechniqueSpecs, dataset?: string): Experiment {
  const fragment = dataset === undefined ? '' : writePairs([{ key: 'data', value: dataset }]);
  return parseLink(fragment, specs).link.experiment;
}

function sort(
  pairs: readonly WrittenPair[],
  specs: TechniqueSpecs,
  problems: LinkProblems,
): { values: Values; steps: readonly StepPair[] } {
  const values: Partial<Record<ReservedKey, string>> = {};
  const steps: StepPair[] = [];
  for (const { key, value, text } of pairs) {
    const reserved = RESERVED.find((each) => each === key);
    if (reserved !== undefined) {
      const first = values[reserved];
      if (first === undefined) values[reserved] = value;
      else problems.repeated({ key, held: value, used: first });
    } else if (isTechnique(key, specs)) {
      steps.push({ technique: key, value });
    } else {
      problems.unknownKey(key, value, text);
    }
  }
  return { values, steps };
}

function checkVersion(held: string | undefined, problems: LinkProblems): void {
  const used = String(LINK_VERSION);
  if (held === undefined || held === used) return;
  if (/^[1-9]\d{0,5}$/.test(held)) problems.newerVersion(held, used);
  else problems.replaced({ key: 'v', held, used });
}

function parseExperiment(
  values: Values,
  steps: readonly StepPair[],
  specs: TechniqueSpecs,
  problems: LinkProblems,
): Experiment {
  const { dataset, info } = parseDataset(values.data, problems);
  const model = parseModel(values.model, info, problems);
  const seed = parseSeed(values.seed, problems);
  const recipe = parseRecipe(values.recipe, steps, info, specs, problems);
  return { dataset, model, seed, recipe };
}

function parseDataset(
  held: string | undefined,
  problems: LinkProblems,
): { dataset: string; info: DatasetInfo } {
  const given = held === undefined ? null : resolveDataset(held);
  if (held !== undefined && given !== null) return { dataset: held, info: given.info };
  const [id = ''] = held?.split(':') ?? [];
  const named = resolveDataset(id);
  if (held !== undefined && named !== null) {
    if (named.noise === null) problems.noNoise(held, id);
    else problems.wrongNoise(held, id);
    return { dataset: id, info: named.info };
  }
  if (held !== undefined) problems.replaced({ key: 'data', held, used: DEFAULT_DATASET });
  const fallback = resolveDataset(DEFAULT_DATASET);
  if (fallback === null) throw new Error(`The catalog has no ${DEFAULT_DATASET}.`);
  return { dataset: DEFAULT_DATASET, info: fallback.info };
}

function parseModel(held: string | undefined, info: DatasetInfo, problems: LinkProblems): string {
  const used = defaultModel(info);
  if (held === undefined) return used;
  try {
    resolveModel(held, info);
    return withoutSpaces(held);
  } catch (error) {
    problems.unfit({ key: 'model', held, used }, toProblem(error));
    return used;
  }
}

function parseSeed(held: string | undefined, problems: LinkProblems): number {
  if (held === undefined) return DEFAULT_SEED;
  const seed = /^\d{1,10}$/.test(held) ? Number(held) : NaN;
  if (seed <= MAX_SEED) return seed;
  problems.notInRange(
    { key: 'seed', held, used: String(DEFAULT_SEED) },
    { min: 0, max: MAX_SEED, integer: true },
  );
  return DEFAULT_SEED;
}

function parseRecipe(
  held: string | undefined,
  steps: readonly StepPair[],
  info: DatasetInfo,
  specs: TechniqueSpecs,
  problems: LinkProblems,
): readonly Step[] {
  if (held === 'none' && steps.length === 0) return [];
  if (held !== undefined) problems.recipe(held, steps.length > 0);
  if (steps.length > MAX_STEPS) problems.tooManySteps(String(steps.length), MAX_STEPS);
  const given = steps.length > 0 ? steps : defaultSteps(info, specs);
  return given
    .slice(0, MAX_STEPS)
    .map(({ technique, value }) => parseStep(technique, value, specs, problems));
}

function defaultSteps(info: DatasetInfo, specs: TechniqueSpecs): readonly StepPair[] {
  return defaultRecipe(info).flatMap(({ key, value }) =>
    isTechnique(key, specs) ? [{ technique: key, value }] : [],
  );
}
