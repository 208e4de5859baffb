import type { LinkProblems } from './link-problems';
import type { Pair } from './link-text';
import { optionMeta } from './options';
import type { Step, TechniqueId } from './step';
import type { TechniqueSpecs } from './technique';

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
  const { options: schema } = specs[technique];
  const defaults: Readonly<Record<string, unknown>> = { ...schema.parse({}) };
  const given = new Map<string, unknown>();
  for (const part of text.split(',').filter((each) => each !== '')) {
    const colon = part.indexOf(':');
    const name = colon === -1 ? part : part.slice(0, colon);
    const held = colon === -1 ? '' : part.slice(colon + 1);
    const key = `${technique}.${name}`;
    const option = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
    if (option === undefined) {
      problems.unknownOption(key, held);
    } else if (given.has(name)) {
      problems.repeated({ key, held, used: String(given.get(name)) });
    } else {
      const meta = optionMeta.get(option);
      const read = option.safeParse(coerce(held, meta?.kind === 'number'));
      const used = read.success ? read.data : defaults[name];
      if (!read.success) {
        if (meta?.kind === 'number') problems.notInRange({ key, held, used: String(used) }, meta);
        else if (used === '') problems.leftOut(key, held);
        else problems.replaced({ key, held, used: String(used) });
      }
      given.set(
        name,
        name === 'at' ? ratesInRange(key, String(used), schema.shape, problems) : used,
      );
    }
  }
  const whole = schema.safeParse(Object.fromEntries(given));
  if (!whole.success) problems.replaced({ key: technique, held: text, used: 'its default' });
  // The options were read by this technique's own schema; TypeScript cannot follow that the two belong together.
  return { technique, ...(whole.success ? whole.data : defaults) } as Step;
}

/** The rates in `at` are the option `lr` at later iterations, so its range is theirs. */
function ratesInRange(
  key: string,
  at: string,
  shape: TechniqueSpecs[TechniqueId]['options']['shape'],
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
  // Iterations and rates take turns.
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
  const values: Readonly<Record<string, unknown>> = options;
  const defaults: Readonly<Record<string, unknown>> = { ...schema.parse({}) };
  const value = Object.keys(schema.shape)
    .filter((name) => values[name] !== undefined && values[name] !== defaults[name])
    .map((name) => `${name}:${optionText(values[name])}`)
    .join(',');
  return { key: technique, value };
}

/** The fewest digits that read as the same number. JavaScript's `1e+21` has a character that links have not. */
function optionText(value: unknown): string {
  return String(value).replace('e+', 'e');
}
