import { expect, it } from 'vitest';
import { en } from '../i18n/en';
import { translator } from '../i18n/translate';
import { zh } from '../i18n/zh';
import { datasetName } from './useDatasetName';

it('a view of a data set is named with the punctuation of the language', () => {
  const nameIn = (language: 'en' | 'zh', words: typeof en | typeof zh) =>
    datasetName(translator(language, words).t, 'mnist:0-4', null);
  expect(nameIn('en', en)).toBe('MNIST, classes 0–4');
  expect(nameIn('zh', zh)).toMatch(/^MNIST，[^,]*0–4$/);
});
