import type { LinkProblems } from './link-problems';
import type { Pair } from './link-text';
import { optionMeta, type OptionSchema } from './options';
import type { Step, TechniqueId } from './step';
import type { TechniqueSpecs } from './technique';

/** Options of which every other word is a learning rate. */
const RATES: readonly string[] = ['at', 'rates'];

const NUMBER = /^-?\d+(\.\d+)?(e-?\d+)?$/i;

export function isTechnique(key: string, specs: TechniqueSpecs): key is TechniqueId {
  return Object.hasOwn(specs, key);
}

/** Reads `optimizer:adam,lr:0.001`. Options that are missing or cannot be read are at their default. */
export function parseStep(
  technique: TechniqueId,
  text: string,
  specs: TechniqueSpecs,
  problems: LinkProblems,
): Step {
  const options = parseOptions<object>(technique, text, specs[technique].options, problems);
  // The options were read by this technique's own schema; TypeScript cannot follow that the two belong together.
  return { technique, ...options } as Step;
}

/** Options as a schema wants them, from `option:value` with commas between; `key` is what the link calls them. */
export function parseOptions<Options>(
  key: string,
  text: string,
  schema: OptionSchema<Options>,
  problems: LinkProblems,
): Options {
  const defaults = schema.parse({});
  const given = new Map<string, unknown>();
  for (const part of text.split(',').filter((each) => each !== '')) {
    const colon = part.indexOf(':');
    const name = colon === -1 ? part : part.slice(0, colon);
    const held = colon === -1 ? '' : part.slice(colon + 1);
    const at = `${key}.${name}`;
    const option = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
    if (option === undefined) {
      problems.unknownOption(at, held);
    } else if (given.has(name)) {
      problems.repeated({ key: at, held, used: String(given.get(name)) });
    } else {
      const meta = optionMeta.get(option);
      const read = option.safeParse(coerce(held, meta?.kind === 'number'));
      const used = read.success ? read.data : option.parse(undefined);
      if (!read.success) {
        if (meta?.kind === 'number') {
          problems.notInRange({ key: at, held, used: String(used) }, meta);
        } else if (used === '') problems.leftOut(at, held);
        else problems.replaced({ key: at, held, used: String(used) });
      }
      const isRates = RATES.includes(name);
      given.set(name, isRates ? ratesInRange(at, String(used), schema.shape, problems) : used);
    }
  }
  const whole = schema.safeParse(Object.fromEntries(given));
  if (!whole.success) problems.replaced({ key, held: text, used: 'its default' });
  return whole.success ? whole.data : defaults;
}

/** Rates at later iterations, or of some optimizers, are the option `lr` there, so its range is theirs. */
function ratesInRange(
  key: string,
  at: string,
  shape: OptionSchema<object>['shape'],
  problems: LinkProblems,
): string {
  const meta = shape['lr'] === undefined ? undefined : optionMeta.get(shape['lr']);
  if (meta?.kind !== 'number') return at;
  const inRange = (held: string): string => {
    const rate = Number(held);
    const used = Math.min(meta.max, Math.max(meta.min, rate));
    if (rate === used) return held;
    problems.notInRange({ key, held, used: optionText(used) }, meta);
    return optionText(used);
  };
  // What they belong to and rates take turns.
  const words = at === '' ? [] : at.split('~');
  return words.map((word, index) => (index % 2 === 1 ? inRange(word) : word)).join('~');
}

/** A value as its schema wants it. An empty one is no value: no option takes it but a text's default. */
function coerce(held: string, isNumber: boolean): unknown {
  if (!isNumber) return held;
  // `+ 0` makes −0 plain zero, which is how it prints.
  return NUMBER.test(held) ? Number(held) + 0 : held;
}

/** The step without the options that are at their default. */
export function printStep(step: Step, specs: TechniqueSpecs): Pair {
  const { technique, ...options } = step;
  const { options: schema } = specs[technique];
  return { key: technique, value: printOptions(options, schema) };
}

/** `option:value` with commas between, without the options that are at their default. */
export function printOptions(options: object, schema: OptionSchema<object>): string {
  const values: Readonly<Record<string, unknown>> = { ...options };
  const defaults: Readonly<Record<string, unknown>> = { ...schema.parse({}) };
  return Object.keys(schema.shape)
    .filter((name) => values[name] !== undefined && values[name] !== defaults[name])
    .map((name) => `${name}:${optionText(values[name])}`)
    .join(',');
}

/** The fewest digits that read as the same number. JavaScript's `1e+21` has a character that links have not. */
function optionText(value: unknown): string {
  return String(value).replace('e+', 'e');
}
