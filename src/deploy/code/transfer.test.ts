import { afterAll, describe, expect, it } from 'vitest';
import { functionOf as helperOf } from './testing/javascript';
import { checkPrinted, functionOf } from './testing/python';
import { codeOf, experimentOf, LANGUAGES, LINKS, POINTS } from './testing/recipes';
import { Scripts, type Part } from './testing/tfjs';

const scripts = new Scripts();
afterAll(() => {
  scripts.remove();
});

/** A picture and what becomes of it. */
const PICTURE = '[[1, 2], [3, 4]]';
const TURNED = [
  [3, 1],
  [4, 2],
];

describe('views of a set', () => {
  const PYTHON = {
    pytorch: { imports: 'import torch', array: 'torch.tensor', shape: '(2, 1, 2, 2)' },
    keras: { imports: 'import numpy as np', array: 'np.array', shape: '(2, 2, 2, 1)' },
  } as const;

  it.each(['pytorch', 'keras'] as const)('are made in Python, for %s', (language) => {
    const { imports, array, shape } = PYTHON[language];
    const code = (view: string, name: string) =>
      functionOf(codeOf(`v=1&data=mnist:${view}&train=`, language), name);
    const asked = `${imports}
${code('5-9', 'five_classes')}
${code('inverted', 'inverted')}
${code('rotated', 'rotated')}
def flat(part):
    return [values.reshape(-1).tolist() for values in part]
part = ${array}([0.0, 1, 2, 3]), ${array}([9, 4, 5, 0])
print(flat(five_classes(part, 5)), flat(five_classes(part, 0)))
print(flat(inverted((${array}([0.25, 1.0]), ${array}([7])))))
pictures = ${array}([${PICTURE}, ${PICTURE}]).reshape(${shape})
print(flat(rotated((pictures, ${array}([1, 2])))))`;
    checkPrinted(asked, (said) => {
      expect(said.split('\n')).toEqual([
        '[[0.0, 2.0], [4, 0]] [[1.0, 3.0], [4, 0]]',
        '[[0.75, 0.0], [7]]',
        '[[3, 1, 4, 2, 3, 1, 4, 2], [1, 2]]',
      ]);
    });
  });

  it('are made in JavaScript', async () => {
    const helper = (view: string, name: string) =>
      helperOf(codeOf(`v=1&data=mnist:${view}&train=`, 'tfjs'), name);
    const { five, dark, turned } = (await scripts.import(`import * as tf from '@tensorflow/tfjs';
      ${helper('0-4', 'fiveClasses')}
      ${helper('inverted', 'inverted')}
      ${helper('rotated', 'rotated')}
      const part = { x: tf.tensor1d([0, 1, 2, 3]), y: tf.oneHot([9, 4, 5, 0], 10) };
      const kept = fiveClasses(part, 5);
      export const five = [kept.x.arraySync(), kept.y.argMax(1).arraySync(), kept.y.shape];
      export const dark = inverted({ x: tf.tensor1d([0.25, 1]), y: null }).x.arraySync();
      const pictures = tf.tensor([${PICTURE}, ${PICTURE}]).reshape([2, 2, 2, 1]);
      export const turned = rotated({ x: pictures, y: null }).x.squeeze().arraySync();`)) as Record<
      string,
      unknown
    >;
    expect(five).toEqual([
      [0, 2],
      [4, 0],
      [2, 5],
    ]);
    expect(dark).toEqual([0.75, 0]);
    expect(turned).toEqual([TURNED, TURNED]);
  });

  it('are named where the data is loaded', () => {
    for (const language of LANGUAGES) {
      expect(codeOf('v=1&data=mnist:5-9&train=', language)).toMatch(/five_?[cC]lasses\(part, 5\)/);
      expect(codeOf('v=1&data=mnist&train=', language)).not.toMatch(/five_?[cC]lasses|inverted/);
      const shifted = codeOf('v=1&data=linear:shifted&model=mlp:4&train=', language);
      // w + 0.3 v, as in docs/definitions.md.
      expect(shifted).toMatch(/shifted = weights.* 0\.3 \* /);
    }
  });
});

describe('a transfer', () => {
  const partOf = (parts: readonly Part[], name: string) =>
    parts.find((part) => part.name === name)?.weights ?? [];
  const distance = (a: readonly number[] = [], b: readonly number[] = []) =>
    Math.max(...a.map((w, i) => Math.abs(w - (b[i] ?? 0))));
  const net = 'v=1&data=xor&seed=7&model=net:dense-8,batchnorm,dropout-0.25,dense-6,dense-5';
  const partsAfter = async (link: string) => (await scripts.run(link)).parts;

  it('keeps what is frozen bit for bit, its batch norm too, under a head with the outputs of the task', async () => {
    const before = await partsAfter(`${net}&prune=sparsity:0`);
    const transfer = 'transfer=to:surface,epochs:2,beta:0.01,head:0.01,examples:0';
    const after = await partsAfter(`${net}&${transfer},freeze:1`);
    for (const name of ['dense1', 'batchnorm1']) {
      expect(partOf(after, name)).toEqual(partOf(before, name));
    }
    for (const name of ['dense2', 'dense3']) {
      expect(distance(partOf(after, name)[0], partOf(before, name)[0])).toBeGreaterThan(0.01);
    }
    // Five units below, one number above.
    expect(partOf(after, 'dense4').map(({ length }) => length)).toEqual([5, 1]);
    const all = await partsAfter(`${net}&${transfer.replace('beta:0.01', 'beta:0')}`);
    for (const { name, weights } of before.filter((part) => part.name !== 'dense4')) {
      expect(partOf(all, name), name).toEqual(weights);
    }
    const none = await partsAfter(`${net}&${transfer}`);
    const [, , mean] = partOf(none, 'batchnorm1');
    expect(distance(mean, partOf(before, 'batchnorm1')[2])).toBeGreaterThan(0.001);
  });

  it('moves each layer at its rate: the first step of Adam is as long as the rate', async () => {
    const points = 'v=1&data=xor&seed=7&model=mlp:8-6-4';
    const before = await partsAfter(`${points}&prune=sparsity:0`);
    const once = 'transfer=to:spiral,examples:0,batch:2048,epochs:1,head:0.2,beta:0.1,ratio:0.5';
    const after = await partsAfter(`${points}&${once}`);
    const moved = ['dense1', 'dense2', 'dense3'].map((name) =>
      distance(partOf(after, name)[0], partOf(before, name)[0]),
    );
    // β from the head down, times ½ each.
    [0.025, 0.05, 0.1].forEach((rate, layer) => {
      expect(moved[layer]).toBeCloseTo(rate, 4);
    });
  });

  it('thaws a layer more each time, from the head down', async () => {
    const points = 'v=1&data=xor&seed=7&model=mlp:8-6';
    const before = await partsAfter(`${points}&prune=sparsity:0`);
    const moved = async (epochs: number, more = '') => {
      const thawing = `transfer=to:spiral,examples:0,batch:2048,epochs:${String(epochs)},thaw:1,beta:0.1${more}`;
      const after = await partsAfter(`${points}&${thawing}`);
      return ['dense1', 'dense2'].map((name) =>
        distance(partOf(after, name)[0], partOf(before, name)[0]),
      );
    };
    expect(await moved(1)).toEqual([0, 0]);
    const [first, second] = await moved(2);
    expect(first).toBe(0);
    expect(second).toBeCloseTo(0.1, 4);
    expect((await moved(3))[0]).toBeCloseTo(0.1, 4);
    expect((await moved(3, ',freeze:1'))[0]).toBe(0);
  });

  it('keeps the masks of layers that stay, and none from scratch', async () => {
    const zeros = async (more: string) =>
      (await scripts.run(`${POINTS}&prune=scope:layer,sparsity:0.5&${more}`)).kernels.map(
        ({ values }) => values.filter((w) => w === 0).length,
      );
    // Half of 16 and of 48; the head is drawn anew.
    expect(await zeros('transfer=to:spiral,epochs:2,optimizer:momentum')).toEqual([8, 24, 0]);
    expect(await zeros('transfer=to:spiral,epochs:1,from:scratch')).toEqual([0, 0, 0]);
  });

  it('goes on with the data and the measures of the task', async () => {
    const { said } = await scripts.run(LINKS['classes and numbers'] ?? '');
    const measures = [...said.matchAll(/step \d: (accuracy|mean squared error) [\d.]+,/g)];
    expect(measures.map(([, measure]) => measure)).toEqual([
      ...['mean squared error', 'mean squared error'],
      ...['accuracy', 'accuracy', 'accuracy'],
      ...['mean squared error', 'mean squared error'],
    ]);
  });

  it('learns from as many examples of each class', async () => {
    const code = codeOf(`${POINTS}&transfer=to:circles,examples:3`, 'tfjs');
    const { counts } = (await scripts.import(`import * as tf from '@tensorflow/tfjs';
      const labels = [0, 1, 0, 0, 2, 0, 1, 2, 2, 2];
      let trainSet = { x: tf.range(0, 10), y: tf.oneHot(labels, 3) };
      ${helperOf(code, 'fewOfEach')}
      ${helperOf(code, 'pick')}
      trainSet = fewOfEach(3);
      const rows = Array.from(trainSet.x.dataSync());
      const said = Array.from(trainSet.y.argMax(1).dataSync());
      if (rows.some((row, i) => labels[row] !== said[i])) throw new Error('a label is another’s');
      export const counts = [0, 1, 2].map((label) => new Set(rows.filter((row) => labels[row] === label)).size);`)) as {
      readonly counts: unknown;
    };
    // A class with fewer gives all that it has.
    expect(counts).toEqual([3, 2, 3]);
    expect(codeOf(`${POINTS}&transfer=to:circles,examples:0`, 'tfjs')).not.toMatch(/few/);
  });

  it('leaves these examples to the steps behind it; the next transfer loads all of them once more', () => {
    const twice = `${POINTS}&transfer=to:circles,examples:3&train=&transfer=examples:0`;
    for (const language of LANGUAGES) {
      const [first = '', , again = ''] = codeOf(twice, language)
        .split(/(?:#|\/\/) Step \d: /)
        .slice(1);
      expect(first).toMatch(/few_?[oO]f_?[eE]ach\(3\)/);
      expect(again).toMatch(/circles\(/);
      expect(again).not.toMatch(/few/);
    }
  });

  it('prints of freezing, rates and thawing what it needs', () => {
    for (const language of LANGUAGES) {
      const bodyOf = (link: string) => codeOf(link, language).replace(link, '');
      const plain = bodyOf(`${POINTS}&transfer=to:spiral`);
      expect(plain).not.toMatch(
        /freeze\(|thawing|ratio|decay|(def|function) train\(|masks|initial\b/,
      );
      const scratch = bodyOf(`${POINTS}&transfer=to:spiral,from:scratch`);
      expect(scratch).not.toMatch(/layer_?[rR]ates|per_?[lL]ayer|freeze|masks/);
      const all = bodyOf(`${POINTS}&transfer=to:spiral,beta:0,thaw:3,ratio:0.5`);
      expect(all).toMatch(/freeze\(model, below_?[hH]ead\(model\)\)/);
      expect(all).not.toMatch(/thawing|ratio/);
    }
  });

  it('loads no data where it stays with the same', () => {
    for (const language of LANGUAGES) {
      expect(
        codeOf(`${POINTS}&transfer=examples:5`, language).match(/in \(400|\[400/g),
      ).toHaveLength(1);
    }
  });

  it.each(LANGUAGES)(
    'to data of one’s own is refused in %s, as data of one’s own is',
    (language) => {
      const own = 'own:9f3a2b1c-8k:2:c2';
      expect(() => codeOf(`${POINTS}&transfer=to:${own}`, language)).toThrow(/no way to your data/);
    },
  );
});

/** Milliseconds: libraries of a gigabyte are loaded for each script. */
const SLOW = 180_000;

describe.each(['pytorch', 'keras'] as const)('the script for %s', (language) => {
  it('moves each layer at its rate', { timeout: SLOW }, () => {
    const link =
      'v=1&data=xor&seed=7&model=mlp:8-6-4&transfer=to:spiral,examples:0,batch:2048,epochs:1,head:0.2,beta:0.1,ratio:0.5';
    const check = (more: string, wanted: readonly string[]) => {
      const values = '{name: np.array(w.tolist()) for name, w in kernels(model).items()}';
      const code = codeOf(`${link}${more}`, language);
      const asked = `${code.replace('# Step 1', `before = ${values}\n# Step 1`)}
after = ${values}
for name in ["dense1", "dense2", "dense3"]:
    print(f"moved {abs(after[name] - before[name]).max():.4f}")`;
      checkPrinted(asked, (said) => {
        expect(said.match(/(?<=^moved ).*/gm), said).toEqual(wanted);
      });
    };
    check('', ['0.0250', '0.0500', '0.1000']);
    check(',freeze:1', ['0.0000', '0.0500', '0.1000']);
  });

  it.each([
    'classes and numbers',
    'thawing a network with every layer',
    'few flowers twice',
    'one example in the last batch',
    'other tasks for a network with fewer units',
  ])('runs through %s', { timeout: SLOW }, (name) => {
    const link = LINKS[name] ?? '';
    checkPrinted(codeOf(link, language), (said) => {
      const reports = said.split('\n').filter((line) => line.startsWith('after step'));
      expect(reports, said).toHaveLength(experimentOf(link).recipe.length);
      expect(said).not.toMatch(/\bnan\b/);
    });
  });
});
