import { describe, expect, it } from 'vitest';
import { functionOf, checkPrinted } from './testing/python';
import { codeOf, DIGITS, LINKS, POINTS } from './testing/recipes';

const PYTHON = ['pytorch', 'keras'] as const;

describe.each(PYTHON)('the script for %s', (language) => {
  it('ranks layers apart, and the others together where there are others', () => {
    const code = functionOf(codeOf(LINKS['every layer apart'] ?? '', language), 'groups_of');
    const asked = `${code}
print(groups_of(["a", "b"], 0.5, False, {"a": 0.1, "b": 0.2}))
print(groups_of(["a", "b", "c"], 0.5, False, {"b": 0.2}))
print(groups_of(["a", "b", "c"], 0.5, True, {"b": 0.2}))`;
    checkPrinted(asked, (said) => {
      expect(said.split('\n')).toEqual([
        "[(['a'], 0.1), (['b'], 0.2)]",
        "[(['b'], 0.2), (['a', 'c'], 0.5)]",
        "[(['b'], 0.2), (['a'], 0.5), (['c'], 0.5)]",
      ]);
    });
  });

  it('keeps the units with the largest norms, and one of each layer', () => {
    const code = codeOf(LINKS['every layer apart'] ?? '', language);
    const asked = `${functionOf(code, 'groups_of')}
${functionOf(code, 'kept_units')}
norms = {"a": [3, 1, 2], "b": [0.1, 0.2]}
print(kept_units(norms, 0.6, False, {}), kept_units(norms, 0.5, False, {"a": 1}))`;
    checkPrinted(asked, (said) => {
      // Of five units three go: both of b but one, then the smaller two of a.
      expect(said).toBe("{'a': [0], 'b': [1]} {'a': [0], 'b': [1]}");
    });
  });

  it('approaches sparsities of layers apart in rounds of their own', () => {
    const code = codeOf(LINKS['rounds of layers apart'] ?? '', language);
    const asked = `import math
class Weight:
    def __init__(self, size, kept):
        self.shape, self.kept = (size, 1), kept
    def sum(self):
        return self.kept
masks = {"a": Weight(16, 4), "b": Weight(48, 48)}
kernels = lambda model: masks
${functionOf(code, 'after_round')}
print(after_round(None, 0.75, 2, without=["a"]), after_round(None, 0.5, 2, only="a"))
print(after_round(None, 0.5, 2, without=["a", "b"]))`;
    checkPrinted(asked, (said) => {
      // 1 − (1/4)^(1/2), and a layer that has less already keeps it.
      expect(said).toBe('0.5 0.75\n1.0');
    });
  });

  it('judges by a copy, so that training goes on as it was', () => {
    const code = codeOf(LINKS['gradual pruning by saliency'] ?? '', language);
    const saliency = functionOf(code, 'saliency');
    expect(saliency).toContain('twin');
    expect(saliency).not.toMatch(/model\.(compile|eval|train|train_on_batch|set_weights)\(/);
  });

  it('draws weights anew as every layer is drawn', () => {
    const reinit = 'train=&lowrank=rank:2&distill=student:mlp:4,epochs:1&prune=rewind:reinit';
    const code = codeOf(`${POINTS}&${reinit}`, language);
    const anew = functionOf(code, 'draw_anew');
    if (language === 'keras') {
      expect(anew).toContain('layer.kernel_initializer');
    } else {
      expect(anew).toContain('draw(model)');
      // The student's output is drawn after Glorot & Bengio 2010, like that of the first network.
      expect(code.match(/^initialize\(model, glorot=\["dense\d"\], lecun=\[\]\)$/gm)).toEqual([
        'initialize(model, glorot=["dense3"], lecun=[])',
        'initialize(model, glorot=["dense2"], lecun=[])',
      ]);
    }
  });

  it('takes units out, with what batch norm has of them, and touches no other bias', () => {
    const link = `${DIGITS}&model=net:conv-4-k3,batchnorm,dense-8&train=epochs:1&prune=sparsity:0.5&prune=pattern:units,sparsity:0.5`;
    const code = codeOf(link, language);
    expect(functionOf(code, 'apply_masks')).not.toContain('bias');
    expect(functionOf(code, 'keep_units')).toContain('BatchNorm');
    expect(code).toMatch(/^model = prune_units\(/m);
  });

  it('gives every part of the iris flowers each species equally', () => {
    const code = codeOf(LINKS['flowers'] ?? '', language);
    const split = code.slice(code.indexOf('order = rng'), code.indexOf('mean, deviation'));
    const asked = `import numpy as np
rng = np.random.default_rng(7)
class iris:
    data, target = np.zeros((150, 4)), np.repeat(np.arange(3), 50)
${split}
print([np.bincount(iris.target[part]).tolist() for part in parts])`;
    checkPrinted(asked, (said) => {
      expect(said).toBe('[[30, 30, 30], [5, 5, 5], [15, 15, 15]]');
    });
    expect(split).toContain('np.argsort(np.argsort(');
  });

  it('has the same flowers in each part again where a transfer loads them anew', () => {
    const code = codeOf(LINKS['few flowers twice'] ?? '', language);
    expect(code.match(/^whole = \[$/gm)).toHaveLength(1);
    expect(code.match(/^\(train_x, .* = whole$/gm)).toHaveLength(2);
    expect(code).not.toMatch(/\biris\(/);
  });
});

it('clips in the optimizer where training cannot', () => {
  const link = `${POINTS}&train=clip:2`;
  expect(codeOf(link, 'keras')).toContain('global_clipnorm=2');
  expect(codeOf(link, 'keras')).not.toContain('clip=2');
  expect(codeOf(link, 'pytorch')).toContain('clip=2');
});

it('takes an only example twice in every loop of PyTorch, where batch norm needs two', () => {
  const twice = 'rows = rows.repeat(2)';
  const code = codeOf(LINKS['one example in the last batch'] ?? '', 'pytorch');
  for (const name of ['train', 'tune', 'saliency']) {
    expect(functionOf(code, name)).toContain(twice);
  }
  // Pictures have a value a pixel.
  const pictures = codeOf(`${DIGITS}&model=net:conv-4-k3,batchnorm,dense-8&train=`, 'pytorch');
  expect(pictures).not.toContain(twice);
});
