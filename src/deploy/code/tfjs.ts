import {
  ADAM_BETAS,
  BATCH_NORM_EPSILON,
  BATCH_NORM_MOMENTUM,
  EPSILON,
  LEAKY_SLOPE,
  RMSPROP_RHO,
} from '../../engine/constants';
import type { Architecture, Layer } from '../../experiment/architecture';
import { hasRate, type CodePlan, type Needs } from './plan';
import { writeSteps } from './steps';
import { TFJS_HELPERS } from './tfjs-helpers';
import { TFJS_PRUNING } from './tfjs-pruning';
import { TFJS_ROUNDING } from './tfjs-rounding';
import { tfjsData, tfjsLoad } from './tfjs-data';
import { tfjsTransfer } from './tfjs-transfer';
import {
  helpersOf,
  indented,
  numberText,
  wrapCall,
  type Dialect,
  type Expression,
  type Helper,
  type OptimizerSettings,
} from './write';

/** The recipe as an ES module for TensorFlow.js, in Node or in a page. */
export function tfjsScript(plan: CodePlan): string {
  const { needs, architecture, experiment } = plan;
  const steps = writeSteps(plan, dialect, (student) => [
    `model = ${sequential(student, experiment.seed)};`,
  ]);
  // Students and smaller networks take its place.
  const changes = experiment.recipe.some(
    (step) =>
      step.technique === 'transfer' ||
      (step.technique === 'distill' && step.student !== '') ||
      (step.technique === 'prune' && step.pattern === 'units'),
  );
  const first = needs.toInit ? ['const initial = weightsOf(model);'] : [];
  const state = [
    ...(needs.masks ? ['/** By layer: 1 keeps, 0 is pruned. */', 'const masks = new Map();'] : []),
    ...(needs.milestones.length > 0
      ? [
          '/** Weights at iterations of the whole recipe. */',
          `const milestones = { ${needs.milestones.map((at) => `${String(at)}: null`).join(', ')} };`,
          'let iteration = 0;',
        ]
      : []),
  ];
  const helpers = helpersOf(
    {
      ...coreHelpers(plan),
      ...tfjsTransfer(needs),
      ...TFJS_HELPERS,
      ...TFJS_PRUNING,
      ...TFJS_ROUNDING,
    },
    [...steps.calls, 'kernels', ...(needs.toInit ? ['weightsOf'] : [])],
  ).map((code) => adapted(code, plan));
  return [
    `// ${plan.title}\n// ${plan.link}\n//\n// Needs: npm install @tensorflow/tfjs`,
    '',
    "import * as tf from '@tensorflow/tfjs';",
    tfjsData(plan),
    ...(state.length > 0 ? ['', ...state] : []),
    ...helpers.map((helper) => `\n${helper}`),
    '',
    `${changes ? 'let' : 'const'} model = ${sequential(architecture, experiment.seed)};`,
    ...first,
    ...steps.lines,
    '',
    'export { model };',
    '',
  ].join('\n');
}

/** Training lets a page have its turn; all else is done at once. */
const dialect: Dialect = {
  comment: '//',
  clips: true,
  takesApart: false,
  name: (name) => name,
  call: (name, positional, named) => {
    const options = named.map(([key, value]) => (key === value ? key : `${key}: ${value}`));
    const record = options.length > 0 ? [`{ ${options.join(', ')} }`] : [];
    const waits = name === 'train' || name === 'tune' ? 'await ' : '';
    const line = `${waits}${name}(${[...positional, ...record].join(', ')})`;
    if (line.length <= 96 || options.length === 0) return line;
    const rows = indented(
      options.map((option) => `${option},`),
      '  ',
    ).join('\n');
    return `${waits}${name}(${positional.join(', ')}, {\n${rows}\n})`;
  },
  statement: (call) => `${call};`,
  text: (value) => `'${value}'`,
  record: (entries) => `{ ${entries.map(([key, value]) => `${key}: ${value}`).join(', ')} }`,
  assign: (target, value, isNew) => `${isNew ? 'const ' : ''}${target} = ${value};`,
  truth: String,
  repeat: (variable, count, body) => [
    `for (let ${variable} = 0; ${variable} < ${String(count)}; ${variable}++) {`,
    ...indented(body, '  '),
    '}',
  ],
  each: (variables, of, body) => [
    `for (const [${variables.join(', ')}] of ${of}) {`,
    ...indented(body, '  '),
    '}',
  ],
  when: (condition, body) => [`if (${condition}) {`, ...indented(body, '  '), '}'],
  between: (name, body) => [`const ${name} = (done, total) => {`, ...indented(body, '  '), '};'],
  load: tfjsLoad,
  optimizer: (settings, rates) => {
    if (rates === undefined) return optimizer(settings, numberText(settings.lr));
    const { code, calls } = optimizer(settings, 'rate');
    const byLayer = dialect.call('layerRates', ['model'], rates);
    return {
      code: `perLayer(model, ${byLayer}, (rate) => ${code})`,
      calls: [...calls, 'layerRates', 'perLayer'],
    };
  },
};

function optimizer({ optimizer, momentum, decay }: OptimizerSettings, rate: string): Expression {
  const epsilon = numberText(EPSILON);
  const of = (code: string, ...calls: readonly string[]) => ({ code, calls });
  const adam = `tf.train.adam(${[rate, ...ADAM_BETAS.map(numberText), epsilon].join(', ')})`;
  switch (optimizer) {
    case 'momentum':
      return of(`tf.train.momentum(${rate}, ${numberText(momentum)})`);
    case 'nesterov':
      return of(`tf.train.momentum(${rate}, ${numberText(momentum)}, true)`);
    case 'rmsprop':
      return of(`tf.train.rmsprop(${rate}, ${numberText(RMSPROP_RHO)}, 0, ${epsilon})`);
    case 'adagrad':
      return of(`tf.train.adagrad(${rate}, ${epsilon})`);
    case 'adam':
      return of(adam);
    case 'adamw':
      return of(`decayed(${adam}, ${numberText(decay)})`, 'decayed');
    case 'lion':
      return of(`decayed(lion(${rate}), ${numberText(decay)})`, 'decayed', 'lion');
    default:
      return of(`tf.train.sgd(${rate})`);
  }
}

/** `tf.sequential({ layers: […] })`, layers called as in the link. */
function sequential({ input, layers }: Architecture, seed: number): string {
  const lines = layers.flatMap((layer, index) => layerLines(layer, seed + index));
  const all = [`tf.layers.inputLayer({ inputShape: [${input.join(', ')}] })`, ...lines];
  return `tf.sequential({\n  layers: [\n${all.map((line) => `    ${line},`).join('\n')}\n  ],\n})`;
}

const INITIALIZERS = { he: 'heNormal', glorot: 'glorotNormal', lecun: 'leCunNormal' } as const;

function layerLines(layer: Layer, seed: number): readonly string[] {
  const named = `name: '${layer.name}'`;
  const of = (type: string, ...settings: readonly string[]) =>
    `tf.layers.${type}({ ${[named, ...settings].join(', ')} })`;
  switch (layer.type) {
    case 'dense':
    case 'conv': {
      const { activation } = layer;
      const active =
        activation === 'none' || activation === 'leaky' ? [] : [`activation: '${activation}'`];
      const drawn = `tf.initializers.${INITIALIZERS[layer.initializer]}({ seed: ${String(seed)} })`;
      const size =
        layer.type === 'dense'
          ? [`units: ${String(layer.units)}`]
          : [
              ...[`filters: ${String(layer.filters)}`, `kernelSize: ${String(layer.kernel)}`],
              ...(layer.stride === 1 ? [] : [`strides: ${String(layer.stride)}`]),
              ...(layer.padding === 'valid' ? [] : ["padding: 'same'"]),
            ];
      const settings = [named, ...size, ...active, `kernelInitializer: ${drawn}`];
      const type = layer.type === 'dense' ? 'dense' : 'conv2d';
      return [
        `tf.layers.${type}({\n${settings.map((each) => `      ${each},`).join('\n')}\n    })`,
        ...(activation === 'leaky'
          ? [
              `tf.layers.leakyReLU({ name: '${layer.name}_leaky', alpha: ${numberText(LEAKY_SLOPE)} })`,
            ]
          : []),
      ];
    }
    case 'maxpool':
    case 'avgpool':
      return [
        of(
          layer.type === 'maxpool' ? 'maxPooling2d' : 'averagePooling2d',
          `poolSize: ${String(layer.size)}`,
          `strides: ${String(layer.stride)}`,
        ),
      ];
    case 'batchnorm':
      return [
        of(
          'batchNormalization',
          `momentum: ${numberText(BATCH_NORM_MOMENTUM)}`,
          `epsilon: ${numberText(BATCH_NORM_EPSILON)}`,
        ),
      ];
    case 'dropout':
      return [of('dropout', `rate: ${numberText(layer.rate)}`)];
    case 'flatten':
      return layer.input.length > 1 ? [of('flatten')] : [];
    case 'quantize':
      return [];
  }
}

/** Masks are asked for only where something is pruned. */
function adapted(code: string, { needs }: CodePlan): string {
  if (needs.masks) return code;
  return code
    .replace('masks.get(name) ?? ', '')
    .replace(/ +const mask = masks[^]*?mask\?\.dispose\(\);\n/, '');
}

function coreHelpers(plan: CodePlan): Readonly<Record<string, Helper>> {
  const { needs } = plan;
  return {
    loss: { code: LOSSES[needs.task] },
    ...(needs.squared
      ? {
          squaredError: {
            code: `
function squaredError(logits, rows) {
  return tf.losses.meanSquaredError(tf.gather(trainSet.y, rows), logits);
}`,
          },
        }
      : {}),
    smoothed: {
      code: `
function smoothed(smoothing) {
  return (logits, rows) => {
    const wanted = tf.gather(trainSet.y, rows).mul(1 - smoothing).add(smoothing / logits.shape[1]);
    return tf.losses.softmaxCrossEntropy(wanted, logits);
  };
}`,
    },
    taughtBy: { code: TAUGHT_BY },
    mixedTargets: { code: MIXED_TARGETS },
    train: {
      calls: [
        ...['loss', 'kernels'],
        ...(needs.masks ? ['applyMasks'] : []),
        ...(hasRate(needs) ? ['setRate'] : []),
        ...(needs.changes ? ['rateAt'] : []),
        ...(needs.clip ? ['clipped'] : []),
        ...(needs.patience || needs.milestones.length > 0 ? ['weightsOf'] : []),
      ],
      code: trainCode(plan),
    },
    tune: {
      calls: [
        'loss',
        ...(needs.norms || needs.dropouts ? ['answers'] : []),
        ...(needs.masks ? ['applyMasks'] : []),
        ...(needs.milestones.length > 0 ? ['weightsOf'] : []),
      ],
      code: tuneCode(plan),
    },
    report: {
      calls: ['kernels'],
      code: `
function report(label, model) {
  const score = tf.tidy(() => {
    const outputs = model.predict(testSet.x, { batchSize: 1000 });
${SCORES[needs.task]}
  });
  const weights = kernels(model).flatMap(({ kernel }) => [...kernel.dataSync()]);
  const zeros = weights.filter((w) => w === 0).length / weights.length;
  console.log(\`\${label}: \${score}, \${zeros.toFixed(4)} of the weights are zero\`);
}`,
    },
  };
}

/** Of the training examples in these rows. */
const LOSSES: Readonly<Record<Needs['task'], string>> = {
  classification: `
/** Mean cross-entropy of these rows of the training set. */
function loss(logits, rows) {
  return tf.losses.softmaxCrossEntropy(tf.gather(trainSet.y, rows), logits);
}`,
  regression: `
/** Mean squared error of these rows of the training set. */
function loss(values, rows) {
  return tf.losses.meanSquaredError(tf.gather(trainSet.y, rows), values);
}`,
  both: `
/** Cross-entropy where there are classes, squared error where there is a number. */
const errorOf = (wanted, outputs) =>
  outputs.shape[1] > 1
    ? tf.losses.softmaxCrossEntropy(wanted, outputs)
    : tf.losses.meanSquaredError(wanted, outputs);

/** Of these rows of the training set. */
function loss(outputs, rows) {
  return errorOf(tf.gather(trainSet.y, rows), outputs);
}`,
};

const ACCURACY = [
  'const right = tf.equal(outputs.argMax(1), testSet.y.argMax(1)).mean();',
  'return `accuracy ${right.dataSync()[0].toFixed(4)}`;',
];
const ERROR = [
  'const error = tf.losses.meanSquaredError(testSet.y, outputs);',
  'return `mean squared error ${error.dataSync()[0].toFixed(5)}`;',
];
const SCORES: Readonly<Record<Needs['task'], string>> = {
  classification: indented(ACCURACY, '    ').join('\n'),
  regression: indented(ERROR, '    ').join('\n'),
  both: indented(
    ['if (outputs.shape[1] > 1) {', ...indented(ACCURACY, '  '), '}', ...ERROR],
    '    ',
  ).join('\n'),
};

const TAUGHT_BY = `
/** The answers of a teacher, softened, beside the labels (Hinton, Vinyals & Dean 2015). */
function taughtBy(teacher, { temperature, weight }) {
  const answers = tf.tidy(() =>
    teacher.predict(trainSet.x, { batchSize: 1000 }).div(temperature),
  );
  return (logits, rows) => {
    const [wanted, said] = [tf.gather(answers, rows), logits.div(temperature)];
    const apart = tf.logSoftmax(wanted).sub(tf.logSoftmax(said)).mul(tf.softmax(wanted)).sum(1);
    const labels = tf.losses.softmaxCrossEntropy(tf.gather(trainSet.y, rows), logits);
    return labels.mul(1 - weight).add(apart.mean().mul(weight * temperature ** 2));
  };
}`;

const MIXED_TARGETS = `
/** A loss whose targets are a share of the way to what the teacher says. */
function mixedTargets(teacher, { weight }) {
  const targets = tf.tidy(() => {
    const answers = teacher.predict(trainSet.x, { batchSize: 1000 });
    return trainSet.y.mul(1 - weight).add(answers.mul(weight));
  });
  return (values, rows) => tf.losses.meanSquaredError(tf.gather(targets, rows), values);
}`;

/** What a measure of the validation set calls. */
const ERRORS = {
  classification: 'tf.losses.softmaxCrossEntropy',
  regression: 'tf.losses.meanSquaredError',
  both: 'errorOf',
} as const;

function trainCode({ needs }: CodePlan): string {
  const rated = hasRate(needs);
  const counted = rated || needs.gradual;
  const own = needs.distill || needs.squared || needs.smoothing;
  const options = [
    ...['epochs', 'batchSize'],
    ...(own ? ['loss: lossOf = loss'] : []),
    ...(needs.schedules.size > 0 ? ['schedule = () => 1'] : []),
    ...(needs.warmup ? ['warmup = 0'] : []),
    ...(needs.changes ? ['changes = {}'] : []),
    ...(needs.l1 ? ['l1 = 0'] : []),
    ...(needs.l2 ? ['l2 = 0'] : []),
    ...(needs.clip ? ['clip = 0'] : []),
    ...(needs.patience ? ['patience = 0'] : []),
    ...(needs.gradual ? ['before = null'] : []),
    ...(needs.rounded ? ['rounded = null'] : []),
  ];
  const penalties = [
    ...(needs.l1 ? ['.add(kernel.abs().sum().mul(l1))'] : []),
    ...(needs.l2 ? ['.add(kernel.square().sum().mul(l2))'] : []),
  ];
  const value = `${own ? 'lossOf' : 'loss'}(model.apply(tf.gather(trainSet.x, rows), { training: true }), rows)`;
  const inside =
    penalties.length === 0
      ? [`const { grads } = tf.variableGrads(() => ${value}, variables);`]
      : [
          'const { grads } = tf.variableGrads(() => {',
          `  const data = ${value};`,
          `  return kernels(model).reduce((sum, { kernel }) => sum${penalties.join('')}, data);`,
          '}, variables);',
        ];
  const base = needs.changes ? ['const base = rateAt(done, lr, changes);'] : [];
  const from = needs.changes ? 'base' : 'lr';
  const after =
    needs.schedules.size === 0
      ? '1'
      : needs.warmup
        ? 'schedule((done - 1 - rise) / (total - rise))'
        : 'schedule((done - 1) / total)';
  const factor = needs.warmup
    ? ` * (done <= rise ? done / rise : ${after})`
    : after === '1'
      ? ''
      : ` * ${after}`;
  const body = [
    ...(rated ? ['const lr = optimizer.learningRate;'] : []),
    ...(counted
      ? [
          'const steps = Math.ceil(trainSet.x.shape[0] / batchSize);',
          'const total = epochs * steps;',
        ]
      : []),
    ...(needs.warmup ? ['const rise = Math.min(total, Math.round(warmup * steps));'] : []),
    ...(counted ? ['let done = 0;'] : []),
    ...(needs.patience ? ['let [best, bestLoss, waited] = [null, Infinity, 0];'] : []),
    'const variables = model.trainableWeights.map((weight) => weight.val);',
    'for (let epoch = 0; epoch < epochs; epoch++) {',
    ...indented(
      [
        'const order = Array.from(tf.util.createShuffledIndices(trainSet.x.shape[0]));',
        'for (let start = 0; start < order.length; start += batchSize) {',
        ...indented(
          [
            ...(needs.gradual ? ['before?.(done, total);'] : []),
            ...(counted ? ['done += 1;'] : []),
            ...base,
            ...(rated ? [`setRate(optimizer, ${from}${factor});`] : []),
            'tf.tidy(() => {',
            ...indented(
              [
                ...(needs.rounded
                  ? [
                      '// The gradient is that of the rounded weights, the step is that of the weights',
                      '// behind them: a straight-through estimator (Bengio et al. 2013).',
                      'const behind = kernels(model).map(({ kernel }) => kernel.clone());',
                      'if (rounded !== null) roundWeights(model, rounded);',
                    ]
                  : []),
                "const rows = tf.tensor1d(order.slice(start, start + batchSize), 'int32');",
                ...inside,
                ...(needs.rounded
                  ? ['kernels(model).forEach(({ kernel }, i) => kernel.assign(behind[i]));']
                  : []),
                needs.clip
                  ? 'optimizer.applyGradients(clip > 0 ? clipped(grads, clip) : grads);'
                  : 'optimizer.applyGradients(grads);',
              ],
              '  ',
            ),
            '});',
            ...afterStep(needs),
          ],
          '  ',
        ),
        '}',
        ...(needs.patience
          ? [
              'if (patience > 0) {',
              '  const now = tf.tidy(() => {',
              '    const said = model.predict(validationSet.x, { batchSize: 1000 });',
              `    return ${ERRORS[needs.task]}(validationSet.y, said).dataSync()[0];`,
              '  });',
              '  waited += 1;',
              '  if (now < bestLoss) {',
              '    tf.dispose(best);',
              '    [best, bestLoss, waited] = [weightsOf(model), now, 0];',
              '  }',
              '  if (waited >= patience) break;',
              '}',
            ]
          : []),
        ...NEXT_FRAME,
      ],
      '  ',
    ),
    '}',
    ...(needs.patience ? ['if (best !== null) model.setWeights(best);', 'tf.dispose(best);'] : []),
    'optimizer.dispose();',
  ];
  return `
/** Gradient descent over shuffled epochs. */
${wrapCall('async function train', ['model', 'optimizer', `{ ${options.join(', ')} }`])} {
${indented(body, '  ').join('\n')}
}`;
}

const NEXT_FRAME = ['// Lets others have their turn: a page stays alive.', 'await tf.nextFrame();'];

/** What follows every iteration. */
function afterStep({ masks, milestones }: Needs): readonly string[] {
  return [
    ...(masks ? ['applyMasks(model);'] : []),
    ...(milestones.length > 0
      ? [
          'iteration += 1;',
          'if (iteration in milestones) milestones[iteration] = weightsOf(model);',
        ]
      : []),
  ];
}

function tuneCode({ needs }: CodePlan): string {
  const said =
    needs.norms || needs.dropouts
      ? 'answers(model, tf.gather(trainSet.x, rows))'
      : 'model.apply(tf.gather(trainSet.x, rows), { training: true })';
  const inBatch = [
    'tf.tidy(() => {',
    "  const rows = tf.tensor1d(examples.slice(start, start + batchSize), 'int32');",
    `  const value = () => loss(${said}, rows);`,
    '  optimizer.applyGradients(tf.variableGrads(value, variables).grads);',
    '});',
    ...afterStep(needs),
  ];
  const body = [
    'const variables = model.trainableWeights.map((weight) => weight.val);',
    'for (let epoch = 0; epoch < epochs; epoch++) {',
    ...indented(
      [
        'tf.util.shuffle(examples);',
        'for (let start = 0; start < examples.length; start += batchSize) {',
        ...indented(inBatch, '  '),
        '}',
        ...NEXT_FRAME,
      ],
      '  ',
    ),
    '}',
    'optimizer.dispose();',
  ];
  return `
/** Gradient descent on these training examples alone. */
async function tune(model, examples, optimizer, { epochs, batchSize }) {
${indented(body, '  ').join('\n')}
}`;
}
