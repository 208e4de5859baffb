import { describe, expect, it } from 'vitest';
import { ADAM_BETAS, EPSILON, LEAKY_SLOPE } from '../../engine/constants';
import { initialCheckpoint } from '../../experiment/model';
import { checkRecipe } from '../../techniques/check-recipe';
import { javaScriptErrors } from './testing/javascript';
import { pythonErrors } from './testing/python';
import { codeOf, experimentOf, LANGUAGES, LINKS, POINTS } from './testing/recipes';

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

  it.each(['pytorch', 'keras'] as const)(
    'is Python in which every name is known, for %s',
    (language) => {
      const codes = Object.values(LINKS).map((link) => codeOf(link, language));
      expect(pythonErrors(codes)).toEqual(codes.map(() => ''));
    },
  );

  it.each(Object.entries(LINKS))(
    'is JavaScript in which every name is known, for %s',
    (_, link) => {
      expect(javaScriptErrors(codeOf(link, 'tfjs'))).toEqual([]);
    },
  );

  it('has the hyperparameters of the recipe', () => {
    const link = `${POINTS}&train=optimizer:nesterov,momentum:0.85,lr:0.03,epochs:7,batch:24,l2:0.0007,clip:2.5&prune=sparsity:0.755&quantize=bits:5`;
    for (const language of LANGUAGES) {
      const whole = codeOf(link, language);
      expect(whole).toContain(link);
      const code = whole.replace(link, '');
      for (const value of ['0.85', '0.03', '0.0007', '2.5', '0.755', '5']) {
        expect(code, language).toMatch(new RegExp(`[^\\d.]${value.replace('.', '\\.')}[^\\d.]`));
      }
      expect(code).toMatch(/\bepochs\W+7\b/);
      expect(code).toMatch(/\bbatch_?[sS]ize\W+24\b/);
    }
  });

  it('prints only what its recipe needs', () => {
    for (const language of LANGUAGES) {
      const code = codeOf(`${POINTS}&train=epochs:2`, language);
      expect(code).not.toMatch(
        /masks|rounding|prune\w*\(|schedule|patience|clip|\bl1\b|round_?[wW]eights|teacher/,
      );
    }
  });

  it('has a loss only where one is asked for', () => {
    for (const language of LANGUAGES) {
      expect(codeOf(`${POINTS}&prune=sparsity:0.5`, language)).not.toMatch(/loss|cross_?entropy/i);
      expect(codeOf(`${POINTS}&prune=criterion:snip`, language)).toMatch(/cross_?entropy/i);
    }
  });

  it('has the constants of the engine, not the library’s own', () => {
    const norm = `v=1&data=xor&model=net:dense-8-leaky,batchnorm&train=optimizer:adam,lr:0.5`;
    const wanted = {
      pytorch: [
        `betas=(${ADAM_BETAS.join(', ')}), eps=${String(EPSILON)}`,
        `LeakyReLU(${String(LEAKY_SLOPE)})`,
        'eps=0.00001, momentum=0.1',
      ],
      keras: [
        `beta_1=${String(ADAM_BETAS[0])}, beta_2=${String(ADAM_BETAS[1])}, epsilon=${String(EPSILON)}`,
        `negative_slope=${String(LEAKY_SLOPE)}`,
        'momentum=0.9, epsilon=0.00001',
      ],
      tfjs: [
        `tf.train.adam(0.5, ${ADAM_BETAS.join(', ')}, ${String(EPSILON)})`,
        `alpha: ${String(LEAKY_SLOPE)}`,
        'momentum: 0.9, epsilon: 0.00001',
      ],
    };
    for (const language of LANGUAGES) {
      for (const text of wanted[language]) expect(codeOf(norm, language)).toContain(text);
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
    const student = `${POINTS}&train=&distill=student:net:dense-4-sigmoid&prune=pattern:units`;
    expect(codeOf(student, 'keras')).toContain('Left out: the half');
  });

  it('does not say that it leaves out what a step does not do', () => {
    const link = `${POINTS}&train=&quantize=bits:2,range:mse,rounding:learned`;
    for (const language of LANGUAGES) expect(codeOf(link, language)).not.toContain('Left out');
  });

  it('trains a regression on its squared error, whatever is said of labels', () => {
    const link = 'v=1&data=surface&model=mlp:8&train=smooth:0.1';
    for (const language of LANGUAGES) {
      expect(codeOf(link, language)).not.toMatch(/smoothed|cross_?entropy/i);
    }
  });

  it('is not left by what somebody writes into the title', () => {
    const title = 'a"""\nimport os\u2028alert(1)\\';
    for (const language of LANGUAGES) {
      const code = codeOf(`${POINTS}&train=epochs:1`, language, title);
      expect(code.split(/[\n\u2028]/).filter((line) => /^\s*(import os|alert)/.test(line))).toEqual(
        [],
      );
      const errors = language === 'tfjs' ? javaScriptErrors(code) : pythonErrors([code]);
      expect(errors.filter((error) => error !== '')).toEqual([]);
    }
  });
});
