import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, test } from 'vitest';
import { DATASETS } from '../experiment/dataset';
import { linkDocs } from '../experiment/link-docs';
import { resolveModel } from '../experiment/model';
import { optionMeta } from '../experiment/options';
import type { TechniqueId, TechniqueOptions } from '../experiment/step';
import type { TechniqueSpec } from '../experiment/technique';
import { labOptionsSchema } from '../lab/options';
import { techniqueSpecs } from './registry';
import { techniqueRunners } from './runners';

const ids: readonly TechniqueId[] = Object.values(techniqueSpecs).map(({ id }) => id);

/** Keys of a link that no technique may take. */
const RESERVED = [
  ...[
    'v',
    'data',
    'model',
    'seed',
    'recipe',
    'backend',
    'title',
    'run',
    'embed',
    'lang',
    'lesson',
    'lab',
  ],
];

/** Every default and, of each option in turn, every edge: ends of its range, each of its choices. */
function edgesOf<Id extends TechniqueId>(spec: TechniqueSpec<Id>): readonly TechniqueOptions[Id][] {
  const variations = Object.entries(spec.options.shape).flatMap(([name, schema]) => {
    const meta = optionMeta.get(schema);
    const values =
      meta?.kind === 'number' ? [meta.min, meta.max] : meta?.kind === 'choice' ? meta.choices : [];
    return values.map((value) => ({ [name]: value }));
  });
  return [{}, ...variations].map((options) => spec.options.parse(options));
}

/** What must hold of each technique, checked with the types of its own options. */
function checkSpec<Id extends TechniqueId>(id: Id): void {
  const spec: TechniqueSpec<Id> = techniqueSpecs[id];
  const names = Object.keys(spec.options.shape);
  for (const options of edgesOf(spec)) {
    const active = spec.activeOptions(options);
    expect(names).toEqual(expect.arrayContaining([...active]));
    expect(new Set(active).size).toBe(active.length);
    const main = spec.mainOption(options);
    if (main !== null) expect(active).toContain(main);
    const byLayer = spec.byLayer?.(options);
    if (byLayer) {
      expect(active).toContain('layers');
      expect(names).toEqual(expect.arrayContaining([byLayer.option, ...byLayer.counts]));
    }
    for (const info of DATASETS) {
      const problem = spec.check(options, resolveModel('mlp:', info));
      if (problem?.at !== undefined) expect(names).toContain(problem.at);
    }
  }
}

describe('every technique', () => {
  test('is registered under its own id, with a way to run', () => {
    for (const [key, { id }] of Object.entries(techniqueSpecs)) expect(id).toBe(key);
    expect(Object.keys(techniqueRunners).sort()).toEqual([...ids].sort());
  });

  test('has an id that a link can hold and that is not reserved', () => {
    for (const id of ids) {
      expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(RESERVED).not.toContain(id);
    }
  });

  test.each(ids)('%s shows options that it has, its main one among them', (id) => {
    checkSpec(id);
  });

  const withOptions = ids.filter((id) => Object.keys(techniqueSpecs[id].options.shape).length > 0);
  describe.each(withOptions)('%s', (id) => {
    const options = Object.entries(techniqueSpecs[id].options.shape);

    test.each(options)(
      '%s has a default that it accepts and that its metadata tell',
      (name, schema) => {
        const meta = optionMeta.get(schema);
        const parsed: unknown = techniqueSpecs[id].options.parse({});
        expect(schema.parse(undefined)).toBe(meta?.default);
        expect(parsed).toHaveProperty(name, meta?.default);
      },
    );

    test.each(options)('%s accepts just the values that its control offers', (name, schema) => {
      expect(name).toMatch(/^[a-z][a-z0-9]*$/i);
      const meta = optionMeta.get(schema);
      const accepts = (value: unknown) => schema.safeParse(value).success;
      switch (meta?.kind) {
        case 'number':
          expect(accepts(meta.min) && accepts(meta.max)).toBe(true);
          expect(accepts(meta.min - 1) || accepts(meta.max + 1)).toBe(false);
          expect(accepts(NaN) || accepts(Infinity) || accepts('1')).toBe(false);
          expect(accepts(meta.min + 0.5)).toBe(!meta.integer && meta.min + 0.5 <= meta.max);
          expect(meta.step).toBeGreaterThan(0);
          if (meta.scale === 'log') expect(meta.least ?? meta.min).toBeGreaterThan(0);
          break;
        case 'choice':
          for (const choice of meta.choices) {
            expect(accepts(choice)).toBe(true);
            expect(choice).toMatch(/^[a-z0-9]+$/);
          }
          expect(accepts('none of these')).toBe(false);
          break;
        case 'text':
        case 'network':
        case 'dataset':
          // These end a value, an option or a step in a link.
          for (const mark of [',', '&', '=', '#', '%', ' ', 'ü', '"', '<']) {
            expect(accepts(mark) || accepts(`1~0.1${mark}`)).toBe(false);
          }
          break;
        case undefined:
          throw new Error(`${id}.${name} has no metadata`);
      }
    });
  });
});

test('docs/link.md says what the schemas say', async () => {
  const path = join(import.meta.dirname, '..', '..', 'docs', 'link.md');
  const style = await resolveConfig(path);
  const text = await format(linkDocs(techniqueSpecs, labOptionsSchema), {
    ...style,
    parser: 'markdown',
  });
  if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(path, text);
  expect(readFileSync(path, 'utf8')).toBe(text);
});
