import { describe, expect, it } from 'vitest';
import { parseLink, printLink } from '../experiment/link';
import { resolveModel } from '../experiment/model';
import { resolveDataset } from '../experiment/dataset';
import { checkRecipe } from '../techniques/check-recipe';
import { techniqueSpecs } from '../techniques/registry';
import { PRESETS } from './presets';

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

  it('has a name of its own', () => {
    expect(new Set(PRESETS.map(({ id }) => id)).size).toBe(PRESETS.length);
  });
});
