import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Experiment } from '../../experiment/experiment';
import { parseLink } from '../../experiment/link';
import { checkRecipe } from '../../techniques/check-recipe';
import { initialCheckpoint } from '../../experiment/model';
import { techniqueSpecs } from '../../techniques/registry';
import { recipeCode, type CodeLanguage } from '.';

const LANGUAGES: readonly CodeLanguage[] = ['pytorch', 'keras', 'tfjs'];
const POINTS = 'v=1&data=xor&model=mlp:8-6&seed=7';
const DIGITS = 'v=1&data=mnist&seed=7';

/** Recipes that between them use every technique, and of each what changes the script. */
const LINKS: Readonly<Record<string, string>> = {
  'the default recipe': 'v=1&data=mnist',
  'every optimizer': `${POINTS}&train=optimizer:sgd&train=optimizer:momentum,momentum:0.8&train=optimizer:nesterov&train=optimizer:rmsprop&train=optimizer:adagrad&train=optimizer:adamw,decay:0.1&train=optimizer:lion`,
  'every option of training': `${POINTS}&train=schedule:step,warmup:0.5&train=schedule:onecycle,l1:0.001,l2:0.002,clip:1,smooth:0.1,patience:3&train=at:30~0.01~60~0.001&train=loss:mse`,
  'a convolutional network with every layer': `${DIGITS}&model=net:conv-4-k3-s2-same-none,batchnorm,maxpool-2-s1,conv-5-leaky,conv-6-k3-same-gelu,avgpool-2,dropout-0.25,dense-12-tanh-lecun&train=epochs:1&prune=pattern:nm&fold=`,
  'every criterion': `${POINTS}&train=&prune=criterion:random,sparsity:0.3&prune=criterion:snip,sparsity:0.4&prune=criterion:taylor,sparsity:0.5,batches:3&prune=criterion:threshold&prune=criterion:scaled,delta:0.5&prune=criterion:movement,sparsity:0.6`,
  'every pattern': `${POINTS}&train=&prune=pattern:nm,n:1,m:4&prune=pattern:blocks,sparsity:0.8&prune=pattern:units,sparsity:0.3,norm:l1&prune=pattern:units,scope:layer,sparsity:0.3,layers:dense1~0.5`,
  'rounds with rewinding': `${POINTS}&train=epochs:4,batch:16&prune=sparsity:0.8,schedule:iterative,rounds:3,epochs:1,rewind:iteration,to:30&prune=sparsity:0.9,scope:layer,rewind:init&prune=sparsity:0.95,rewind:reinit`,
  'gradual pruning of layers apart': `${POINTS}&train=&prune=sparsity:0.8,schedule:gradual,epochs:3,batch:16,layers:dense2~0.5`,
  'every scheme': `${POINTS}&train=&quantize=bits:8&quantize=bits:5,scheme:affine,granularity:tensor&quantize=bits:2&quantize=bits:1&quantize=bits:4,scheme:power2&quantize=bits:3,scheme:codebook,granularity:group,group:4&quantize=widths:budget,target:both,correct:bias,range:mse`,
  'quantizing while training': `${POINTS}&train=&quantize=bits:2,aware:ste,epochs:2,batch:16,layers:dense1~4&quantize=bits:4,aware:lsq,epochs:1`,
  'low rank and distillation': `${POINTS}&train=&lowrank=rank:2&lowrank=by:energy,energy:0.8&prune=sparsity:0.5&distill=student:mlp:4,epochs:2&distill=teacher:1,temperature:2`,
  'a regression':
    'v=1&data=surface&model=mlp:8-6-4&train=&prune=sparsity:0.5&lowrank=rank:1&distill=student:mlp:4,weight:0.5',
  'ten features': 'v=1&data=linear&model=mlp:8&train=epochs:2',
  flowers: 'v=1&data=iris&model=mlp:8&train=epochs:2',
  'other points': 'v=1&data=circles:0.2&model=mlp:8&train=epochs:2',
  clouds: 'v=1&data=gaussians&model=mlp:8&train=epochs:2',
  spirals: 'v=1&data=spiral&model=mlp:8&train=epochs:2',
};

function experimentOf(link: string): Experiment {
  const { link: parsed, problems } = parseLink(link, techniqueSpecs);
  expect(problems).toEqual([]);
  return parsed.experiment;
}

function codeOf(link: string, language: CodeLanguage, title = 'A test'): string {
  return recipeCode(experimentOf(link), language, { link: `https://whittle.test/#${link}`, title });
}

/** What a reader of Python says of a script; null where there is no Python. */
function pythonErrors(code: string): string | null {
  const check = [
    'import ast, builtins, sys',
    'tree = ast.parse(sys.stdin.read())',
    'known = set(dir(builtins)) | {"__name__"}',
    'for node in ast.walk(tree):',
    '    if isinstance(node, (ast.FunctionDef, ast.ClassDef)): known.add(node.name)',
    '    if isinstance(node, ast.arg): known.add(node.arg)',
    '    if isinstance(node, ast.alias): known.add((node.asname or node.name).split(".")[0])',
    '    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load): known.add(node.id)',
    'used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}',
    'print(",".join(sorted(used - known)))',
  ].join('\n');
  const made = spawnSync('python3', ['-c', check], { input: code, encoding: 'utf8' });
  if (made.error !== undefined) return null;
  return `${made.stdout.trim()}${made.stderr.trim()}`;
}

describe('a recipe as code', () => {
  it('is of recipes that make sense', () => {
    for (const [name, link] of Object.entries(LINKS)) {
      const experiment = experimentOf(link);
      expect(
        checkRecipe(experiment.recipe, initialCheckpoint(experiment).architecture),
        name,
      ).toEqual([]);
    }
  });

  it.each(Object.entries(LINKS))('is Python in which every name is known, for %s', (_, link) => {
    for (const language of ['pytorch', 'keras'] as const) {
      expect(pythonErrors(codeOf(link, language)) ?? '').toBe('');
    }
  });

  it('has the hyperparameters of the recipe', () => {
    const link = `${POINTS}&train=optimizer:nesterov,momentum:0.85,lr:0.03,epochs:7,batch:24,l2:0.0007,clip:2.5&prune=sparsity:0.755&quantize=bits:5`;
    for (const language of LANGUAGES) {
      const code = codeOf(link, language);
      for (const value of ['0.85', '0.03', '7', '24', '0.0007', '2.5', '0.755', '5']) {
        expect(code, language).toMatch(new RegExp(`[^\\d.]${value.replace('.', '\\.')}[^\\d.]`));
      }
      expect(code).toContain(link);
    }
  });

  it('prints only what its recipe needs', () => {
    for (const language of LANGUAGES) {
      const code = codeOf(`${POINTS}&train=epochs:2`, language);
      expect(code).not.toMatch(
        /masks|rounding|prune\w*\(|schedule|patience|clip|\bl1\b|quantize\(|teacher/,
      );
    }
  });

  it('says what it leaves out', () => {
    const link = `${POINTS}&train=&quantize=target:both,correct:bias&fold=`;
    for (const language of LANGUAGES) {
      const code = codeOf(link, language);
      expect(code).toContain('Left out: rounding activations');
      expect(code).toContain('Left out: correcting biases');
    }
    expect(codeOf(`${POINTS}&train=&lowrank=rank:2`, 'tfjs')).toContain('Left out: taking layers');
  });

  it('is not left by what somebody writes into the title', () => {
    const title = 'a"""\nimport os\u2028alert(1)\\';
    for (const language of LANGUAGES) {
      const code = codeOf(`${POINTS}&train=epochs:1`, language, title);
      expect(code.split(/[\n\u2028]/).filter((line) => /^\s*(import os|alert)/.test(line))).toEqual(
        [],
      );
      if (language !== 'tfjs') expect(pythonErrors(code) ?? '').toBe('');
    }
  });
});

describe('the script for TensorFlow.js', () => {
  const cache = join(import.meta.dirname, '..', '..', '..', '.cache');
  let folder = '';
  beforeAll(() => {
    mkdirSync(cache, { recursive: true });
    folder = mkdtempSync(join(cache, 'code-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** Runs the script in Node, and gives what it prints and the kernels that it exports. */
  function run(link: string): { readonly said: string; readonly kernels: Kernel[] } {
    writeFileSync(join(folder, 'recipe.mjs'), codeOf(link, 'tfjs'));
    writeFileSync(
      join(folder, 'run.mjs'),
      `import { model } from './recipe.mjs';
       const kernels = model.layers.filter((layer) => layer.kernel).map((layer) => ({
         shape: layer.kernel.val.shape, values: [...layer.kernel.val.dataSync()],
       }));
       console.log('KERNELS' + JSON.stringify(kernels));`,
    );
    const output = execFileSync('node', [join(folder, 'run.mjs')], { encoding: 'utf8' });
    const [said = '', kernels = '[]'] = output.split('KERNELS');
    return { said, kernels: JSON.parse(kernels) as Kernel[] };
  }
  interface Kernel {
    readonly shape: readonly [number, number];
    readonly values: readonly number[];
  }

  it('trains, prunes to the exact sparsity, holds it, and quantizes to the levels', () => {
    const { said, kernels } = run(
      'v=1&data=xor:0&model=mlp:8-6&seed=7&train=epochs:40,batch:16,lr:0.02,schedule:cosine&prune=sparsity:0.5' +
        '&train=epochs:5,batch:16,lr:0.005&quantize=bits:4',
    );
    const accuracies = [...said.matchAll(/accuracy ([\d.]+)/g)].map(([, value]) => Number(value));
    expect(accuracies).toHaveLength(4);
    expect(accuracies[0]).toBeGreaterThan(0.9);
    // 2·8 + 8·6 + 6·2 = 76 weights, of which 38 are pruned; rounding makes no fewer.
    const zeros = [...said.matchAll(/, ([\d.]+) of the weights/g)].map(([, value]) =>
      Number(value),
    );
    expect(zeros.slice(1, 3)).toEqual([0.5, 0.5]);
    expect(zeros[3]).toBeGreaterThanOrEqual(0.5);
    for (const { shape, values } of kernels) {
      for (let unit = 0; unit < shape[1]; unit++) {
        const column = values.filter((_, i) => i % shape[1] === unit);
        const scale = Math.max(...column.map(Math.abs)) / 7 || 1;
        for (const w of column)
          expect(Math.abs(w / scale - Math.round(w / scale))).toBeLessThan(1e-5);
      }
    }
  });

  it('prunes gradually, silences units, goes back, and quantizes while it trains', () => {
    const { said, kernels } = run(
      'v=1&data=xor&model=mlp:8-6&seed=7&train=epochs:3,batch:16,lr:0.02,l2:0.0001,clip:1,smooth:0.05,patience:2,warmup:1' +
        '&prune=sparsity:0.4,schedule:iterative,rounds:2,epochs:1,batch:16,rewind:iteration,to:30' +
        '&prune=pattern:units,sparsity:0.25&prune=sparsity:0.75,schedule:gradual,epochs:2,batch:16' +
        '&quantize=bits:2,granularity:tensor,aware:ste,epochs:2,batch:16&distill=epochs:1,batch:16',
    );
    const zeros = [...said.matchAll(/, ([\d.]+) of the weights/g)].map(([, value]) =>
      Number(value),
    );
    // Of 76 weights 30 and 57 go, as masks hold.
    expect(zeros[1]).toBeCloseTo(30 / 76, 3);
    expect(zeros[3]).toBeCloseTo(57 / 76, 3);
    expect(zeros[4]).toBeGreaterThanOrEqual(0.75);
    expect(kernels).toHaveLength(3);
  });

  it.each([
    [
      'every optimizer',
      `${POINTS}&train=optimizer:sgd,epochs:1&train=optimizer:momentum,epochs:1&train=optimizer:rmsprop,epochs:1&train=optimizer:adagrad,epochs:1&train=optimizer:adamw,epochs:1,schedule:step&train=optimizer:lion,epochs:1`,
    ],
    ['every criterion', LINKS['every criterion'] ?? ''],
    ['every pattern', LINKS['every pattern'] ?? ''],
    ['every scheme', LINKS['every scheme'] ?? ''],
    ['a regression', LINKS['a regression'] ?? ''],
    ['low rank and distillation', LINKS['low rank and distillation'] ?? ''],
    ['every option of training', LINKS['every option of training'] ?? ''],
  ])('runs with %s', (_, link) => {
    const { said } = run(link.replaceAll('train=&', 'train=epochs:1&'));
    const steps = experimentOf(link).recipe.length;
    expect(
      said
        .trim()
        .split('\n')
        .filter((line) => line.startsWith('after step')),
    ).toHaveLength(steps);
    expect(said).not.toContain('NaN');
  });
});
