import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseLink, printLink } from '../experiment/link';
import { resolveModel } from '../experiment/model';
import { resolveDataset } from '../experiment/dataset';
import { checkRecipe } from '../techniques/check-recipe';
import { techniqueSpecs } from '../techniques/registry';
import { papersEn } from '../i18n/papers.en';
import { PRESETS } from './presets';
import { REPRODUCED } from './reproduced';
import { reproductionTable } from './reproduced-table';

describe('every preset', () => {
  it.each(PRESETS.map(({ id, link }) => [id, link]))('%s is a link without a fault', (_, link) => {
    const { link: read, problems } = parseLink(link, techniqueSpecs);
    expect(problems).toEqual([]);
    expect(parseLink(printLink(read, techniqueSpecs), techniqueSpecs).link).toEqual(read);
    const info = resolveDataset(read.experiment.dataset)?.info;
    if (info === undefined) throw new Error('there is no such data set');
    const architecture = resolveModel(read.experiment.model, info);
    expect(checkRecipe(read.experiment.recipe, architecture)).toEqual([]);
  });

  it.each(PRESETS.map(({ id, link }) => [id, link]))(
    '%s has figures of this very recipe, or none',
    (id, link) => {
      const reproduced = REPRODUCED[id];
      if (reproduced !== undefined) expect(reproduced.link).toBe(link);
    },
  );

  it('is in docs/reproduction.md with its figures', () => {
    const cells = (text: string) =>
      text
        .split('\n')
        .filter((line) => line.startsWith('| ['))
        .map((line) => line.split('|').map((cell) => cell.trim()));
    const docs = readFileSync('docs/reproduction.md', 'utf8');
    expect(cells(docs)).toEqual(cells(reproductionTable(papersEn.published)));
  });

  it('has a name of its own', () => {
    expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length);
  });
});
