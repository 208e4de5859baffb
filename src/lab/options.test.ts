import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLink, printLink } from '../experiment/link';
import { optionMeta } from '../experiment/options';
import { techniqueSpecs } from '../techniques/registry';
import { LANDSCAPES } from './landscapes';
import {
  activeOptions,
  formulaOfOption,
  labOptionsSchema,
  LAST_STEP,
  optionOfFormula,
  parseLab,
  printLab,
  racersOf,
  ratesWith,
  type LabOptions,
} from './options';

const { shape } = labOptionsSchema;

/** Any value that the option's metadata allow. */
function valueFor(name: keyof LabOptions): fc.Arbitrary<string | number> {
  const meta = optionMeta.get(shape[name]);
  if (name === 'expr')
    return fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).map(optionOfFormula);
  if (name === 'rates') return fc.constantFrom('', 'adam~0.1', 'sgd~0.003~lion~1e-5');
  if (name === 'optimizers') return fc.constantFrom('sgd', 'adam~sgd', 'lion~adamw~nesterov');
  if (meta?.kind === 'choice') return fc.constantFrom(...meta.choices);
  if (meta?.kind !== 'number') throw new Error(`${name} has no values`);
  const { min, max, integer } = meta;
  return integer
    ? fc.integer({ min, max })
    : fc.double({ min, max, noNaN: true }).map((n) => n + 0);
}

const names = Object.keys(shape) as (keyof LabOptions)[];
const anyOptions = fc.record(
  Object.fromEntries(names.map((name) => [name, valueFor(name)])),
) as fc.Arbitrary<unknown> as fc.Arbitrary<LabOptions>;

describe('a link', () => {
  test('carries any race there and back, in link characters, beside the experiment', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        const { link } = parseLink('data=xor&seed=3', techniqueSpecs);
        const printed = printLink(
          { ...link, view: { ...link.view, lab: printLab(options) } },
          techniqueSpecs,
        );
        expect(printed).toMatch(/^[A-Za-z0-9._~:,=&-]+$/);
        const again = parseLink(printed, techniqueSpecs);
        expect(again.problems).toEqual([]);
        expect(again.link.experiment).toEqual(link.experiment);
        expect(parseLab(again.link.view.lab ?? '')).toEqual({ options, problems: [] });
      }),
      { numRuns: 40 },
    );
  });

  test('without options is the article’s bowl', () => {
    const { options } = parseLab('');
    expect(options).toMatchObject({ function: 'bowl', lr: 0.01, steps: 1000 });
    expect(printLab(options)).toBe('');
    expect(options.step).toBe(LAST_STEP);
    expect(options.steps).toBeLessThanOrEqual(LAST_STEP);
    expect(parseLink('lab=', techniqueSpecs).link.view.lab).toBe('');
    expect(parseLink('', techniqueSpecs).link.view.lab).toBeUndefined();
  });

  test('is read as far as it can be, and the rest named', () => {
    const { options, problems } = parseLab(
      'function:cliff,lr:99,x:far,steps:1.5,step:-1,optimizers:sgd~ghost,rates:adam~99,wings:2,y:1',
    );
    expect(options).toEqual({ ...labOptionsSchema.parse({}), y: 1, rates: 'adam~10' });
    expect(problems.map(({ params }) => params['key'])).toEqual([
      ...[
        'lab.function',
        'lab.lr',
        'lab.x',
        'lab.steps',
        'lab.step',
        'lab.optimizers',
        'lab.rates',
        'lab.wings',
      ],
    ]);
    for (const { at, params } of problems) {
      expect(at).toBe('link');
      expect(params['held']).not.toBe('');
    }
  });

  test('spells no formula that is no text', () => {
    const { options, problems } = parseLab('expr:x~ZZ');
    expect(options.expr).toBe(labOptionsSchema.parse({}).expr);
    expect(problems).toHaveLength(1);
  });
});

describe('options', () => {
  test.each(names)('%s has a default that it accepts and that its metadata tell', (name) => {
    expect(name).toMatch(/^[a-z0-9]+$/);
    expect(shape[name].parse(undefined)).toBe(optionMeta.get(shape[name])?.default);
  });

  test('of each function’s own start lie within their ranges', () => {
    for (const { start } of Object.values(LANDSCAPES)) {
      expect(labOptionsSchema.safeParse(start).success).toBe(true);
    }
  });

  test('without an effect are not offered', () => {
    const active = (given: object) => activeOptions(labOptionsSchema.parse(given));
    expect(active({ optimizers: 'adam' })).not.toContain('momentum');
    expect(active({ optimizers: 'nesterov~adam' })).toContain('momentum');
    expect(active({ optimizers: 'lion' })).toContain('decay');
    expect(active({})).not.toContain('expr');
    expect(active({ function: 'expression' })).toEqual(expect.arrayContaining(['expr', 'span']));
    expect(active({ noise: 0.1 })).toContain('seed');
  });

  test('set the learning rate of one optimizer apart, and back', () => {
    const options = labOptionsSchema.parse({ optimizers: 'adam~sgd', lr: 0.02 });
    const apart = { ...options, rates: ratesWith(options, 'adam', 0.3) };
    expect(racersOf(apart)).toEqual([
      { optimizer: 'sgd', learningRate: 0.02, own: false },
      { optimizer: 'adam', learningRate: 0.3, own: true },
    ]);
    expect(ratesWith(apart, 'adam', null)).toBe(options.rates);
  });

  test('spell every formula so that it comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (formula) => {
        expect(formulaOfOption(optionOfFormula(formula))).toBe(formula);
      }),
    );
  });
});
