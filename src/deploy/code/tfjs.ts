import { ADAM_BETAS, EPSILON, RMSPROP_RHO } from '../../engine/constants';
import { hasRate, type CodePlan, type Needs } from './plan';
import { writeSteps } from './steps';
import { TFJS_HELPERS } from './tfjs-helpers';
import { TFJS_PRUNING } from './tfjs-pruning';
import { TFJS_ROUNDING } from './tfjs-rounding';
import { wrapOptions } from './tfjs-calls';
import { tfjsData, tfjsKeep, tfjsLoad } from './tfjs-data';
import { tfjsNetwork } from './tfjs-network';
import { tfjsTrain, tfjsTune } from './tfjs-training';
import { tfjsTransfer } from './tfjs-transfer';
import {
  helpersOf,
  indented,
  numberText,
  type Dialect,
  type Expression,
  type Helper,
  type OptimizerSettings,
} from './write';

/** The recipe as an ES module for TensorFlow.js, in Node or in a page. */
export function tfjsScript(plan: CodePlan): string {
  const { needs, architecture, experiment } = plan;
  const steps = writeSteps(plan, dialect, (student) => [
    `model = ${tfjsNetwork(student, experiment.seed)};`,
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
    `${changes ? 'let' : 'const'} model = ${tfjsNetwork(architecture, experiment.seed)};`,
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
    const waits = name === 'train' || name === 'tune' ? 'await ' : '';
    return wrapOptions(`${waits}${name}`, positional, options);
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
  keep: tfjsKeep,
  optimizer: (settings, rates) => {
    if (rates === undefined) return optimizer(settings, numberText(settings.lr));
    const { code, calls } = optimizer(settings, 'rate');
    const byLayer = dialect.call('layerRates', ['model'], rates);
    return {
      code: wrapOptions('perLayer', ['model', byLayer, `(rate) => ${code}`], []),
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
      code: tfjsTrain(plan),
    },
    tune: {
      calls: [
        'loss',
        ...(needs.norms || needs.dropouts ? ['answers'] : []),
        ...(needs.masks ? ['applyMasks'] : []),
        ...(needs.milestones.length > 0 ? ['weightsOf'] : []),
      ],
      code: tfjsTune(plan),
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
