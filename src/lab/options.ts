import * as z from 'zod/mini';
import { LinkProblems } from '../experiment/link-problems';
import { parseOptions, printOptions } from '../experiment/link-step';
import { escapeText, unescapeText } from '../experiment/link-text';
import { choiceOption, integerOption, numberOption, optionMeta } from '../experiment/options';
import type { Problem } from '../experiment/problem';
import { OPTIMIZERS } from '../techniques/train/spec';

export type RacerId = (typeof OPTIMIZERS)[number];

export const FUNCTIONS = [
  ...['bowl', 'bowl10', 'stretched', 'rosenbrock'],
  ...['beale', 'himmelblau', 'saddle', 'expression'],
] as const;

const LONGEST_SPELLING = 1_500;
const ANY = OPTIMIZERS.join('|');
const NUMBER = String.raw`\d+(\.\d+)?(e-?\d+)?`;

const MOST_STEPS = 2000;
/** The step at which the end of every race is shown. */
export const LAST_STEP = MOST_STEPS;

/** A text of link characters that matches `pattern` and what else is asked of it. */
function spelled(pattern: RegExp, fallback: string, accepts = (_text: string) => true) {
  return z
    ._default(z.string().check(z.regex(pattern), z.refine(accepts)), fallback)
    .register(optionMeta, { kind: 'text', default: fallback });
}

export const labOptionsSchema = z.object({
  function: choiceOption(FUNCTIONS, 'bowl'),
  /** The formula of `expression`, as `optionOfFormula` spells it. */
  expr: spelled(
    /^[A-Za-z0-9._~:-]+$/,
    optionOfFormula('(x^2 + y^2)/2 + sin(3x) + sin(3y)'),
    (text) => text.length <= LONGEST_SPELLING && unescapeText(text) !== null,
  ),
  /** How far the picture of a typed formula reaches from the origin. */
  span: numberOption({ min: 0.1, max: 100, default: 3, step: 10, scale: 'log' }),
  x: numberOption({ min: -100, max: 100, default: 2, step: 0.05 }),
  y: numberOption({ min: -100, max: 100, default: 1.5, step: 0.05 }),
  lr: numberOption({ min: 1e-5, max: 10, default: 0.01, step: 20, scale: 'log' }),
  momentum: numberOption({ min: 0, max: 0.999, default: 0.9, step: 0.01 }),
  /** Standard deviation of what is added to every part of every gradient. */
  noise: numberOption({ min: 0, max: 10, default: 0, step: 0.05 }),
  steps: integerOption({ min: 10, max: MOST_STEPS, default: 1000, step: 10 }),
  optimizers: spelled(new RegExp(`^(${ANY})(~(${ANY}))*$`), 'sgd~momentum~adam'),
  /** Learning rates of single optimizers, `adam~0.1~lion~0.003`; the others have `lr`. */
  rates: spelled(new RegExp(`^$|^(${ANY})~${NUMBER}(~(${ANY})~${NUMBER})*$`), ''),
  decay: numberOption({ min: 0, max: 1, default: 0.01, step: 0.001 }),
  seed: integerOption({ min: 0, max: 0xffffffff, default: 7, step: 1 }),
  /** The step that is shown; of a shorter race its end. */
  step: integerOption({ min: 0, max: LAST_STEP, default: LAST_STEP, step: 1 }),
});

export type LabOptions = z.infer<typeof labOptionsSchema>;

/** An optimizer of the race, with its learning rate. */
export interface Racer {
  readonly optimizer: RacerId;
  readonly learningRate: number;
  /** Whether that rate is its own. */
  readonly own: boolean;
}

/** Who races, in the order in which optimizers are listed, none twice. */
export function racersOf({ optimizers, rates, lr }: LabOptions): readonly Racer[] {
  const chosen = optimizers.split('~');
  const own = ownRates(rates);
  return OPTIMIZERS.filter((id) => chosen.includes(id)).map((optimizer) => ({
    optimizer,
    learningRate: own.get(optimizer) ?? lr,
    own: own.has(optimizer),
  }));
}

/** The option `rates` with another learning rate for one optimizer; null: the one that all have. */
export function ratesWith(
  { rates }: Pick<LabOptions, 'rates'>,
  optimizer: RacerId,
  rate: number | null,
): string {
  const own = ownRates(rates);
  if (rate === null) own.delete(optimizer);
  else own.set(optimizer, rate);
  return [...own].map(([id, value]) => `${id}~${String(value)}`).join('~');
}

function ownRates(rates: string): Map<string, number> {
  const words = rates === '' ? [] : rates.split('~');
  return new Map(
    words.flatMap((id, at) => (at % 2 === 0 ? [[id, Number(words[at + 1])] as const] : [])),
  );
}

/** A formula in link characters, and back. In a link commas part options. */
export function optionOfFormula(formula: string): string {
  return escapeText(formula).replaceAll(',', '~2C');
}
export function formulaOfOption(option: string): string {
  return unescapeText(option) ?? '';
}

/** The options that have an effect, given the others. */
export function activeOptions(options: LabOptions): readonly string[] {
  const racers = options.optimizers.split('~');
  const races = (...ids: readonly RacerId[]) => ids.some((id) => racers.includes(id));
  const typed = options.function === 'expression';
  return Object.keys(labOptionsSchema.shape).filter((name) => {
    switch (name) {
      case 'expr':
      case 'span':
        return typed;
      case 'momentum':
        return races('momentum', 'nesterov');
      case 'decay':
        return races('adamw', 'lion');
      case 'seed':
        return options.noise > 0;
      default:
        return true;
    }
  });
}

/** Reads the value of the link's key `lab`. Never throws: what it cannot read is at its default, and named. */
export function parseLab(text: string): {
  readonly options: LabOptions;
  readonly problems: readonly Problem[];
} {
  const problems = new LinkProblems();
  const options = parseOptions('lab', text, labOptionsSchema, problems);
  return { options, problems: problems.all() };
}

export function printLab(options: LabOptions): string {
  return printOptions(options, labOptionsSchema);
}
