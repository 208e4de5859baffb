import * as z from 'zod/mini';

/**
 * How an option is shown and spelled. It lies in the zod schema's metadata, so that one schema
 * validates the link, types the code, draws the control and documents itself.
 */
export type OptionMeta =
  | {
      readonly kind: 'number';
      readonly min: number;
      readonly max: number;
      /** Smallest change of the slider; on a logarithmic scale, steps a decade, of integers steps an octave. */
      readonly step: number;
      readonly scale: 'linear' | 'log';
      readonly unit?: 'percent' | 'bits' | 'epochs' | 'examples' | 'rounds';
      readonly integer: boolean;
      /** Of a logarithmic scale that begins with 0: the value next to it. */
      readonly least?: number;
      readonly default: number;
    }
  | { readonly kind: 'choice'; readonly choices: readonly string[]; readonly default: string }
  | { readonly kind: 'text'; readonly default: string }
  /** A reference to a data set, as in a link; empty: none. */
  | { readonly kind: 'dataset'; readonly default: string }
  /** A network as in a link; empty: none. */
  | { readonly kind: 'network'; readonly default: string };

export type NumberMeta = Extract<OptionMeta, { readonly kind: 'number' }>;

export const optionMeta = z.registry<OptionMeta>();

/** The part of an object's schema by which options are read and printed; their order is the order in the link. */
export interface OptionSchema<Options> {
  readonly shape: Readonly<Record<string, z.ZodMiniType>>;
  readonly parse: (given: unknown) => Options;
  readonly safeParse: (
    given: unknown,
  ) => { readonly success: true; readonly data: Options } | { readonly success: false };
}

interface NumberRange {
  min: number;
  max: number;
  default: number;
  step: number;
  scale?: 'linear' | 'log';
  least?: number;
  unit?: 'percent' | 'bits' | 'epochs' | 'examples' | 'rounds';
}

/** A number in `[min, max]`. */
export function numberOption(range: NumberRange) {
  return register(z.number().check(...within(range)), { ...range, integer: false });
}

/** An integer in `[min, max]`. */
export function integerOption(range: NumberRange) {
  return register(z.int().check(...within(range)), { ...range, integer: true });
}

function within({ min, max }: NumberRange) {
  return [z.minimum(min), z.maximum(max)] as const;
}

function register(schema: z.ZodMiniNumber<number>, range: NumberRange & { integer: boolean }) {
  return z
    ._default(schema, range.default)
    .register(optionMeta, { kind: 'number', scale: 'linear', ...range });
}

/** One of a fixed list of words. */
export function choiceOption<const Choices extends readonly [string, ...string[]]>(
  choices: Choices,
  fallback: Choices[number],
) {
  return z
    ._default(z.enum(choices), fallback as never)
    .register(optionMeta, { kind: 'choice', choices, default: fallback });
}

/** A short text of link characters that matches `pattern`. */
export function textOption(pattern: RegExp, fallback = '') {
  return z
    ._default(z.string().check(z.regex(pattern)), fallback)
    .register(optionMeta, { kind: 'text', default: fallback });
}

/** A data set, or none. */
export function datasetOption() {
  return z
    ._default(z.string().check(z.regex(/^[A-Za-z0-9.:_-]*$/)), '')
    .register(optionMeta, { kind: 'dataset', default: '' });
}

/** A network, or nothing. In a link commas part options, so that `~` stands between layers in their place. */
export function networkOption() {
  return z
    ._default(z.string().check(z.regex(/^[A-Za-z0-9.:~-]*$/)), '')
    .register(optionMeta, { kind: 'network', default: '' });
}

/** The reference that a network option spells, and the other way round. */
export function modelOfOption(value: string): string {
  return value.replaceAll('~', ',');
}
export function optionOfModel(model: string): string {
  return model.replaceAll(',', '~');
}
