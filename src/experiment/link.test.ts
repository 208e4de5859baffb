import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { techniqueSpecs as specs } from '../techniques/registry';
import { DATASETS, resolveDataset } from './dataset';
import { BACKENDS, LANGUAGES } from './experiment';
import type { Experiment, Link, LinkView } from './experiment';
import { defaultExperiment, MAX_LINK_LENGTH, MAX_STEPS, parseLink, printLink } from './link';
import { escapeText, unescapeText } from './link-text';
import { resolveModel } from './model';
import { optionMeta } from './options';
import type { Step, TechniqueId } from './step';

const parse = (fragment: string) => parseLink(fragment, specs);
const print = (link: Link) => printLink(link, specs);
const PLAIN: LinkView = { backend: 'auto', run: false, embed: false };

const techniques: readonly TechniqueId[] = Object.values(specs).map(({ id }) => id);

function stepOf(technique: TechniqueId, options: object = {}): Step {
  return { technique, ...specs[technique].options.parse(options) } as Step;
}

/** The problems by what they say is wrong, without their sentences. */
function replaced(fragment: string) {
  return parse(fragment).problems.map(({ code, params }) => ({ code, ...params }));
}

describe('an empty link', () => {
  test('is the default experiment, without a problem', () => {
    const expected: Experiment = {
      dataset: 'mnist',
      model: 'lenet-300-100',
      seed: 7,
      recipe: [
        stepOf('train', { optimizer: 'adam', lr: 0.002, epochs: 3, schedule: 'cosine' }),
        stepOf('prune', { sparsity: 0.9 }),
        stepOf('train', { lr: 0.002, epochs: 1, schedule: 'cosine' }),
        stepOf('quantize', { bits: 8 }),
      ],
    };
    for (const fragment of ['', '#', '&', '#&&', 'v=1']) {
      expect(parse(fragment)).toEqual({
        link: { experiment: expected, view: PLAIN },
        problems: [],
      });
    }
    expect(defaultExperiment(specs)).toEqual(expected);
  });

  test('prints with data, network, seed and steps spelled out, and options at their default left out', () => {
    expect(print(parse('').link)).toBe(
      'v=1&data=mnist&model=lenet-300-100&seed=7&train=lr:0.002,schedule:cosine&prune=&train=lr:0.002,epochs:1,schedule:cosine&quantize=',
    );
  });
});

describe('a link of version 1', () => {
  // Links live for ever: these must read the same in every version to come.
  test('of the design document opens', () => {
    const { link, problems } = parse(
      '#v=1&data=mnist&model=lenet-300-100&seed=7&train=optimizer:adam,lr:0.001,epochs:3&prune=sparsity:0.9&train=lr:0.0003,epochs:1&quantize=bits:4',
    );
    expect(problems).toEqual([]);
    expect(link).toEqual({
      experiment: {
        dataset: 'mnist',
        model: 'lenet-300-100',
        seed: 7,
        recipe: [
          stepOf('train', { optimizer: 'adam', lr: 0.001, epochs: 3 }),
          stepOf('prune', { sparsity: 0.9 }),
          stepOf('train', { lr: 0.0003, epochs: 1 }),
          stepOf('quantize', { bits: 4 }),
        ],
      },
      view: PLAIN,
    });
  });

  test('with everything in it opens', () => {
    const { link, problems } = parse(
      'v=1&data=spiral:0.2&model=mlp:8-8:tanh&seed=4294967295&backend=wasm&title=Two_spirals:_~E4~B8~A4&run=1&embed=1&lang=zh&lesson=pruning-1' +
        '&train=optimizer:lion,lr:3e-4,at:430~0.0003~812~1e-4&prune=criterion:threshold,threshold:0.05&quantize=scheme:affine,granularity:tensor',
    );
    expect(problems).toEqual([]);
    expect(link.view).toEqual({
      backend: 'wasm',
      title: 'Two spirals: 两',
      run: true,
      embed: true,
      lang: 'zh',
      lesson: 'pruning-1',
    });
    expect(link.experiment).toEqual({
      dataset: 'spiral:0.2',
      model: 'mlp:8-8:tanh',
      seed: 4294967295,
      recipe: [
        stepOf('train', { optimizer: 'lion', lr: 0.0003, at: '430~0.0003~812~1e-4' }),
        stepOf('prune', { criterion: 'threshold', threshold: 0.05 }),
        stepOf('quantize', { scheme: 'affine', granularity: 'tensor' }),
      ],
    });
  });

  test('with layers opens', () => {
    const model = 'net:conv-6-k5,maxpool-2,dense-84-tanh';
    expect(parse(`data=fashion-mnist&model=${model}&train=`)).toMatchObject({
      link: { experiment: { dataset: 'fashion-mnist', model, recipe: [stepOf('train')] } },
      problems: [],
    });
  });
});

describe('what a link leaves out', () => {
  test('is filled in to suit the data', () => {
    const { link, problems } = parse('data=spiral');
    expect(problems).toEqual([]);
    expect(link.experiment).toEqual(defaultExperiment(specs, 'spiral'));
    expect(link.experiment.model).toBe('mlp:16-16');
    expect(link.experiment.recipe.map(({ technique }) => technique)).toEqual([
      'train',
      'prune',
      'train',
      'quantize',
    ]);
    expect(link.experiment.recipe[0]).toEqual(
      stepOf('train', { lr: 0.01, epochs: 90, batch: 16, schedule: 'cosine' }),
    );
  });

  test('is right for every data set', () => {
    for (const { id } of DATASETS) {
      const { link, problems } = parse(`data=${id}`);
      expect(problems).toEqual([]);
      expect(parse(print(link))).toEqual({ link, problems: [] });
    }
  });

  test('is no recipe only where the link says so', () => {
    expect(parse('recipe=none').link.experiment.recipe).toEqual([]);
    expect(parse('seed=1').link.experiment.recipe).toHaveLength(4);
    expect(parse('prune').link.experiment.recipe).toEqual([stepOf('prune')]);
  });
});

describe('what a link gets wrong', () => {
  test.each([
    ['data=imagenet', 'linkReplaced', 'data', 'imagenet', 'mnist'],
    ['data=spiral:9', 'linkNoise', 'data', 'spiral:9', 'spiral'],
    ['data=spiral:-0.1', 'linkNoise', 'data', 'spiral:-0.1', 'spiral'],
    ['data=spiral:0.1:2', 'linkNoise', 'data', 'spiral:0.1:2', 'spiral'],
    ['data=iris:0.2', 'linkNoNoise', 'data', 'iris:0.2', 'iris'],
    ['model=resnet', 'linkUnfit', 'model', 'resnet', 'lenet-300-100'],
    ['model=net:maxpool-30', 'linkUnfit', 'model', 'net:maxpool-30', 'lenet-300-100'],
    ['data=xor&model=lenet-5', 'linkUnfit', 'model', 'lenet-5', 'mlp:16-16'],
    ['seed=-1', 'linkNeedsInteger', 'seed', '-1', '7'],
    ['seed=4294967296', 'linkNeedsInteger', 'seed', '4294967296', '7'],
    ['seed=NaN', 'linkNeedsInteger', 'seed', 'NaN', '7'],
    ['seed=0x10', 'linkNeedsInteger', 'seed', '0x10', '7'],
    ['seed=1.5', 'linkNeedsInteger', 'seed', '1.5', '7'],
    ['seed=', 'linkNeedsInteger', 'seed', '', '7'],
    ['seed=1&seed=2', 'linkRepeated', 'seed', '2', '1'],
    ['backend=cuda', 'linkReplaced', 'backend', 'cuda', 'auto'],
    ['run=yes', 'linkReplaced', 'run', 'yes', '0'],
    ['lang=tlh', 'linkLeftOut', 'lang', 'tlh', ''],
    ['title=~FF', 'linkLeftOut', 'title', '~FF', ''],
    ['title=a~0Ab', 'linkLeftOut', 'title', 'a~0Ab', ''],
    ['lesson=../x', 'linkLeftOut', 'lesson', '../x', ''],
    ['v=2', 'linkVersion', 'v', '2', '1'],
    ['v=one', 'linkReplaced', 'v', 'one', '1'],
    ['teleport=to:3', 'linkUnknownKey', 'teleport', 'to:3', ''],
    ['__proto__=1', 'linkUnknownKey', '__proto__', '1', ''],
    ['constructor=1', 'linkUnknownKey', 'constructor', '1', ''],
    ['recipe=all', 'linkRecipe', 'recipe', 'all', 'the default recipe'],
    ['recipe=none&prune=', 'linkRecipeAndSteps', 'recipe', 'none', 'the steps of the link'],
    ['train=lr:fast', 'linkNeedsNumber', 'train.lr', 'fast', '0.001'],
    ['train=lr:1e999', 'linkNeedsNumber', 'train.lr', '1e999', '0.001'],
    ['train=lr:NaN', 'linkNeedsNumber', 'train.lr', 'NaN', '0.001'],
    ['train=lr:Infinity', 'linkNeedsNumber', 'train.lr', 'Infinity', '0.001'],
    ['train=lr:', 'linkNeedsNumber', 'train.lr', '', '0.001'],
    ['train=lr:0x1', 'linkNeedsNumber', 'train.lr', '0x1', '0.001'],
    ['train=lr:11', 'linkNeedsNumber', 'train.lr', '11', '0.001'],
    ['train=epochs:1.5', 'linkNeedsInteger', 'train.epochs', '1.5', '3'],
    ['train=at:1~0.1~x', 'linkLeftOut', 'train.at', '1~0.1~x', ''],
    ['train=at:5~0.1~9~99', 'linkNeedsNumber', 'train.at', '99', '10'],
    ['train=at:5~0', 'linkNeedsNumber', 'train.at', '0', '0.00001'],
    ['train=optimizer:ADAM', 'linkReplaced', 'train.optimizer', 'ADAM', 'adam'],
    ['train=lr:0.1,lr:0.2', 'linkRepeated', 'train.lr', '0.2', '0.1'],
    ['prune=alpha:1', 'linkUnknownOption', 'prune.alpha', '1', ''],
    ['prune=__proto__:1', 'linkUnknownOption', 'prune.__proto__', '1', ''],
    ['prune=technique:train', 'linkUnknownOption', 'prune.technique', 'train', ''],
    ['quantize=bits:17', 'linkNeedsInteger', 'quantize.bits', '17', '8'],
    ['quantize=bits:0', 'linkNeedsInteger', 'quantize.bits', '0', '8'],
  ])('%s: %s', (fragment, code, key, held, used) => {
    const { link, problems } = parse(fragment);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code, at: 'link', params: { key, held, used } });
    expect(problems[0]?.message).toContain(held);
    expect(parse(print(link))).toEqual({ link, problems: [] });
  });

  test('is replaced alone: the rest of the link counts', () => {
    const { link } = parse('data=xor&seed=x&train=lr:0.02,epochs:no,batch:8&prune=sparsity:0.5');
    expect(link.experiment).toEqual({
      dataset: 'xor',
      model: 'mlp:16-16',
      seed: 7,
      recipe: [stepOf('train', { lr: 0.02, batch: 8 }), stepOf('prune', { sparsity: 0.5 })],
    });
  });

  test('is not made a recipe by a step that is not known', () => {
    expect(parse('teleport=').link.experiment.recipe).toHaveLength(4);
  });

  test('says why a network does not fit', () => {
    const [problem] = parse('model=net:maxpool-30').problems;
    expect(problem?.message).toContain('maxpool1');
    expect(problem?.cause).toMatchObject({ code: 'layerTooLarge', params: { layer: 'maxpool1' } });
  });

  test('says which numbers are allowed', () => {
    const message = (fragment: string) => parse(fragment).problems[0]?.message;
    expect(message('train=lr:99')).toBe(
      'The link\'s "train.lr" held "99"; a number from 0.00001 to 10 is needed, so 0.001 is used instead.',
    );
    expect(message('train=epochs:0')).toBe(
      'The link\'s "train.epochs" held "0"; a whole number from 1 to 500 is needed, so 3 is used instead.',
    );
    expect(message('seed=-3')).toContain('from 0 to 4294967295');
    expect(message('data=circles:0.9')).toContain('noise goes from 0 to 0.5');
  });

  test('leaves the data set what it is where its noise alone is wrong', () => {
    expect(parse('data=circles:0.9').link.experiment).toEqual(defaultExperiment(specs, 'circles'));
  });

  test('brings the learning rates of a run into their range, as training does', () => {
    const { link } = parse('train=at:5~0.1~9~99~12~0.0000001');
    expect(link.experiment.recipe).toEqual([stepOf('train', { at: '5~0.1~9~10~12~0.00001' })]);
  });

  test('is quoted as it is written, with an equals sign or without', () => {
    const message = (fragment: string) => parse(fragment).problems[0]?.message;
    expect(message('garbage')).toContain('"garbage"');
    expect(message('garbage=')).toContain('"garbage="');
    expect(message('garbage=1')).toContain('"garbage=1"');
  });

  test('is quoted in 60 characters at most, whatever its length', () => {
    for (const fragment of [`seed=${'9'.repeat(500)}`, `x${'y'.repeat(500)}=${'😀'.repeat(300)}`]) {
      for (const { params } of parse(fragment).problems) {
        for (const text of [params['key'], params['held']]) {
          expect([...String(text)].length).toBeLessThanOrEqual(60);
        }
      }
    }
  });

  test('is listed up to twenty things, the rest counted', () => {
    const { problems } = parse(Array.from({ length: 500 }, (_, i) => `x${String(i)}=1`).join('&'));
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)).toMatchObject({ code: 'linkMore', params: { count: 480 } });
  });

  test('a recipe too long for a link ends after thirty steps', () => {
    const { link, problems } = parse(Array(40).fill('prune=').join('&'));
    expect(link.experiment.recipe).toHaveLength(MAX_STEPS);
    expect(problems).toMatchObject([{ code: 'linkTooManySteps', params: { held: '40' } }]);
  });

  test('ten megabytes are the default experiment and one problem, and are not read', () => {
    const { link, problems } = parse(`seed=3&${'train=lr:0.1,&'.repeat(750_000)}`);
    expect(link.experiment).toEqual(defaultExperiment(specs));
    expect(problems).toMatchObject([{ code: 'linkTooLong', at: 'link' }]);
  });
});

describe('what programs do to links', () => {
  const link = 'data=spiral:0.2&model=mlp:8-8&seed=3&title=a_b&train=lr:0.1,epochs:5&prune=';
  const plain = parse(link);

  test('percent-encoding is taken back', () => {
    expect(plain.problems).toEqual([]);
    expect(parse(encodeURIComponent(link))).toEqual(plain);
    expect(parse(link.replaceAll(':', '%3a').replaceAll(',', '%2C'))).toEqual(plain);
  });

  test('an ampersand of HTML is an ampersand', () => {
    expect(parse(link.replaceAll('&', '&amp;'))).toEqual(plain);
  });

  test('a percent sign that encodes nothing is reported with its value', () => {
    expect(replaced('seed=%FF')).toMatchObject([{ code: 'linkNeedsInteger', held: '%FF' }]);
    expect(replaced('seed=%')).toMatchObject([{ code: 'linkNeedsInteger', held: '%' }]);
  });

  test('spaces between layers are taken away', () => {
    const { link, problems } = parse('model=net:%20dense-8,%20dense-4');
    expect(problems).toEqual([]);
    expect(link.experiment.model).toBe('net:dense-8,dense-4');
  });

  test('a title typed by hand may hold any letters', () => {
    expect(parse('title=Über_剪枝').link.view.title).toBe('Über 剪枝');
    expect(parse(`title=${encodeURIComponent('剪枝')}`).link.view.title).toBe('剪枝');
  });
});

/** Any options that the schema of a technique accepts. */
const anyStep: fc.Arbitrary<Step> = fc.constantFrom(...techniques).chain((technique) => {
  const options = Object.entries(specs[technique].options.shape).map(([name, schema]) => {
    const meta = optionMeta.get(schema);
    if (meta === undefined) throw new Error(`${technique}.${name} has no metadata`);
    return [name, valueOf(meta).filter((value) => schema.safeParse(value).success)] as const;
  });
  return fc
    .record(Object.fromEntries(options), { requiredKeys: [] })
    .map((given) => stepOf(technique, given));
});

function valueOf(meta: NonNullable<ReturnType<typeof optionMeta.get>>): fc.Arbitrary<unknown> {
  switch (meta.kind) {
    case 'choice':
      return fc.constantFrom(...meta.choices);
    case 'text':
      return fc.constantFrom(meta.default, '430~0.0003', '1~0.1~20~1e-4', 'conv1~0.5~dense2~3');
    case 'dataset':
      return fc.constantFrom(meta.default, 'mnist:5-9', 'spiral:0.2', 'linear:0.2:shifted');
    case 'network':
      return fc.constantFrom(meta.default, 'mlp:30', 'net:conv-6-k5~maxpool-2~dense-84-tanh');
    case 'number': {
      const { min, max } = meta;
      if (meta.integer) return fc.integer({ min, max });
      const round = (x: number) => Number(x.toPrecision(3));
      const any = fc.double({ min, max, noNaN: true }).map((x) => x + 0);
      return fc.oneof(
        any,
        any.map(round).filter((x) => x >= min && x <= max),
      );
    }
  }
}

const anyTitle = fc
  .string({ unit: 'grapheme', maxLength: 30 })
  .map((text) => text.trim())
  .filter((text) => text !== '' && text.length <= 100 && !/\p{Cc}/u.test(text));

const anyView: fc.Arbitrary<LinkView> = fc.record(
  {
    backend: fc.constantFrom('auto' as const, ...BACKENDS),
    run: fc.boolean(),
    embed: fc.boolean(),
    title: anyTitle,
    lang: fc.constantFrom(...LANGUAGES),
    lesson: fc.constantFrom('pruning', 'lesson-2', 'a-b-3'),
  },
  { requiredKeys: ['backend', 'run', 'embed'] },
);

const MODELS = [
  ...['lenet-300-100', 'lenet-5', 'lenet-5-classic', 'mlp:', 'mlp:3-4-5:gelu', 'net:'],
  ...['net:conv-6-k5-s2-same-tanh-lecun,batchnorm,maxpool-2,flatten,dropout-0.25,dense-84'],
] as const;

function fits(dataset: string, model: string): boolean {
  const info = resolveDataset(dataset)?.info;
  if (info === undefined) return false;
  try {
    resolveModel(model, info);
    return true;
  } catch {
    return false;
  }
}

const anyExperiment: fc.Arbitrary<Experiment> = fc
  .record({
    dataset: fc.constantFrom(...DATASETS.map(({ id }) => id), 'spiral:0.05', 'linear:0.5', 'xor:0'),
    model: fc.constantFrom(...MODELS),
    seed: fc.integer({ min: 0, max: 0xffffffff }),
    recipe: fc.array(anyStep, { maxLength: 10 }),
  })
  .filter(({ dataset, model }) => fits(dataset, model));

/** Pieces of links, broken in every way. */
const garbage = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...['#', '&', '=', ':', ',', '~', '_', '%', '%41', '%FF', '&amp;', '-', '__proto__'],
          ...['v', 'data', 'model', 'seed', 'recipe', 'none', 'title', 'run', 'lang', 'lesson'],
          ...['train', 'prune', 'quantize', 'lr', 'epochs', 'bits', 'at', 'sparsity', 'optimizer'],
          ...[
            'mnist',
            'spiral',
            'mlp:3',
            'net:',
            'conv-5',
            '1',
            '0.5',
            '1e999',
            'NaN',
            '-0',
            '1e-7',
          ],
        ),
        fc.string({ maxLength: 3 }),
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
);

describe('a printed link', () => {
  test('reads back as the same experiment, without a problem, from link characters alone', () => {
    fc.assert(
      fc.property(anyExperiment, anyView, (experiment, view) => {
        const link: Link = { experiment, view };
        const printed = print(link);
        expect(printed).toMatch(/^[A-Za-z0-9._~:,=&-]*$/);
        expect(parse(printed)).toEqual({ link, problems: [] });
      }),
      { numRuns: 500 },
    );
  });

  test('survives being percent-encoded as a whole', () => {
    fc.assert(
      fc.property(anyExperiment, (experiment) => {
        const link: Link = { experiment, view: PLAIN };
        expect(parse(`#${encodeURIComponent(print(link))}`)).toEqual({ link, problems: [] });
      }),
    );
  });

  test('of a recipe of ten steps with a few options each is within what chat programs keep', () => {
    const recipe = Array.from({ length: 10 }, (_, i) =>
      stepOf('train', { optimizer: 'nesterov', lr: 0.0125, epochs: i + 4, schedule: 'onecycle' }),
    );
    const experiment = { ...defaultExperiment(specs), recipe };
    expect(print({ experiment, view: PLAIN }).length).toBeLessThan(MAX_LINK_LENGTH);
  });

  test('has link characters alone even of references that name nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (dataset, model) => {
        const experiment = { ...defaultExperiment(specs), dataset, model };
        expect(print({ experiment, view: PLAIN })).toMatch(/^[A-Za-z0-9._~:,=&-]*$/);
      }),
    );
  });
});

describe('whatever a link holds', () => {
  test('it opens, and what it opened as prints and reads back the same', () => {
    fc.assert(
      fc.property(garbage, (fragment) => {
        const { link } = parse(fragment);
        expect(parse(print(link))).toEqual({ link, problems: [] });
      }),
      { numRuns: 2_000 },
    );
  });

  test('every problem names what the link held, and is the link’s', () => {
    fc.assert(
      fc.property(garbage, (fragment) => {
        for (const { at, params, message } of parse(fragment).problems) {
          expect(at).toBe('link');
          expect(message.length).toBeGreaterThan(20);
          expect(Object.keys(params).length).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('text in link characters', () => {
  test('reads back, and no two texts are spelled alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const escaped = escapeText(text);
        expect(escaped).toMatch(/^[A-Za-z0-9._~:,-]*$/);
        expect(unescapeText(escaped)).toBe(text);
      }),
    );
  });

  test('a space is an underscore, an underscore its code', () => {
    expect(escapeText('a b_c~')).toBe('a_b~5Fc~7E');
  });
});
