import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATASETS } from '../experiment/dataset';
import { REFERENCE_MODELS } from '../experiment/model';
import { FUNCTIONS, labOptionsSchema } from '../lab/options';
import { defaultStep, viewStep } from '../state/recipe';
import { techniqueSpecs } from '../techniques/registry';
import { en as english } from './en';
import { problemsZh } from './problems.zh';
import { translator } from './translate';
import { zh as chinese } from './zh';

/** `header.play` → `Play`; plural forms under the key without their ending. */
function flatten(tree: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null
        ? [...flatten(value, `${prefix}${key}.`)]
        : [[`${prefix}${key}`, String(value)] as const],
    ),
  );
}

// What problems are made of stands in English where they arise.
const chineseWords = Object.fromEntries(
  Object.entries(chinese).filter(([key]) => !(key in problemsZh)),
);
const en = flatten(english);
const zh = flatten(chineseWords);
const bare = (key: string) => key.replace(/_(one|other)$/, '');
const has = (key: string) => en.has(key) || en.has(`${key}_other`);
const holes = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [path] : [];
  });
}

describe('the words of the page', () => {
  it('are the same in both languages, none empty', () => {
    expect([...new Set([...zh.keys()].map(bare))].sort()).toEqual(
      [...new Set([...en.keys()].map(bare))].sort(),
    );
    for (const text of [...en.values(), ...zh.values()]) expect(text.trim()).not.toBe('');
  });

  it('have the same gaps to fill in both languages', () => {
    for (const [key, text] of zh) {
      expect(holes(text), key).toEqual(holes(en.get(key) ?? ''));
    }
  });

  it('are Chinese in Chinese, but for names', () => {
    const untranslated = [...zh].filter(
      ([key, text]) => text.length > 30 && !/[\u4e00-\u9fff]/.test(text) && en.get(key) === text,
    );
    expect(untranslated).toEqual([]);
  });

  it('are there for every key that the page asks for', () => {
    const folder = join(import.meta.dirname, '..', 'ui');
    const missing = sources(folder).flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\bt\(\s*'([\w.-]+)'/g)].flatMap(([, key = '']) =>
        has(key) ? [] : [`${path}: ${key}`],
      ),
    );
    expect(missing).toEqual([]);
  });

  it('name every technique, option, choice, data set and network, and the laboratory’s functions', () => {
    const keys = [
      ...Object.values(techniqueSpecs).flatMap(({ id }) => [
        `technique.${id}`,
        `techniqueHint.${id}`,
        ...Object.values(viewStep(defaultStep(id)).options).flatMap(({ name, meta }) => {
          if (meta.kind === 'text') return [];
          const choices = meta.kind === 'choice' ? meta.choices : [];
          return [`option.${name}`, ...choices.map((choice) => `choice.${name}.${choice}`)];
        }),
      ]),
      ...DATASETS.flatMap(({ id }) => [`dataset.${id}`, `datasetHint.${id}`]),
      ...REFERENCE_MODELS.map((id) => `model.${id}`),
      ...Object.keys(labOptionsSchema.shape).map((name) => `lab.option.${name}`),
      ...FUNCTIONS.flatMap((id) => [`lab.functions.${id}`, `lab.functionHint.${id}`]),
    ];
    expect(keys.filter((key) => !has(key))).toEqual([]);
  });

  it('count pictures in one class, and in several', () => {
    const { t } = translator('en', english);
    const found = (count: number) => t('gather.found', { count, pictures: '60', size: '28 × 28' });
    expect(found(1)).toBe('60 pictures of 28 × 28 pixels in one class.');
    expect(found(10)).toBe('60 pictures of 28 × 28 pixels in 10 classes.');
  });
});
