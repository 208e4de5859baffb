import { hasRate, type CodePlan, type Needs } from './plan';
import { wrapOptions } from './tfjs-calls';
import { indented } from './write';

/** What a measure of the validation set calls. */
const ERRORS = {
  classification: 'tf.losses.softmaxCrossEntropy',
  regression: 'tf.losses.meanSquaredError',
  both: 'errorOf',
} as const;

/** The training loop, as long as the recipe needs it. */
export function tfjsTrain({ needs }: CodePlan): string {
  const rated = hasRate(needs);
  const counted = rated || needs.gradual;
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
    ...epochs(
      [
        ...(needs.gradual ? ['before?.(done, total);'] : []),
        ...(counted ? ['done += 1;'] : []),
        ...(rated ? rateLines(needs) : []),
        ...iteration(needs),
        ...afterStep(needs),
      ],
      needs.patience ? waiting(needs) : [],
    ),
    ...(needs.patience ? ['if (best !== null) model.setWeights(best);', 'tf.dispose(best);'] : []),
    'optimizer.dispose();',
  ];
  const head = wrapOptions('async function train', ['model', 'optimizer'], parameters(needs));
  return `
/** Gradient descent over shuffled epochs. */
${head} {
${indented(body, '  ').join('\n')}
}`;
}

/** Whether `train` can be given another loss. */
function hasOtherLoss({ distill, squared, smoothing }: Needs): boolean {
  return distill || squared || smoothing;
}

/** The options of `train` that the recipe needs. */
function parameters(needs: Needs): readonly string[] {
  return [
    ...['epochs', 'batchSize'],
    ...(hasOtherLoss(needs) ? ['loss: lossOf = loss'] : []),
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
}

/** Sets the rate of an iteration. */
function rateLines({ schedules, warmup, changes }: Needs): readonly string[] {
  const base = changes ? 'base' : 'lr';
  const since = warmup ? '(done - 1 - rise) / (total - rise)' : '(done - 1) / total';
  const scheduled = schedules.size > 0 ? `schedule(${since})` : '1';
  const share = warmup ? 'share' : scheduled;
  return [
    ...(changes ? ['const base = rateAt(done, lr, changes);'] : []),
    ...(warmup ? [`const share = done <= rise ? done / rise : ${scheduled};`] : []),
    `setRate(optimizer, ${share === '1' ? base : `${base} * ${share}`});`,
  ];
}

/** A step down the gradient of a batch. */
function iteration(needs: Needs): readonly string[] {
  const inside = [
    ...(needs.rounded
      ? [
          '// The gradient is that of the rounded weights, the step is that of the weights',
          '// behind them: a straight-through estimator (Bengio et al. 2013).',
          'const behind = kernels(model).map(({ kernel }) => kernel.clone());',
          'if (rounded !== null) roundWeights(model, rounded);',
        ]
      : []),
    ...BATCH,
    ...gradient(needs),
    ...(needs.rounded
      ? ['kernels(model).forEach(({ kernel }, i) => kernel.assign(behind[i]));']
      : []),
    needs.clip
      ? 'optimizer.applyGradients(clip > 0 ? clipped(grads, clip) : grads);'
      : 'optimizer.applyGradients(grads);',
  ];
  return ['tf.tidy(() => {', ...indented(inside, '  '), '});'];
}

const BATCH = [
  "const rows = tf.tensor1d(order.slice(start, start + batchSize), 'int32');",
  'const x = tf.gather(trainSet.x, rows);',
];

/** The gradient of a batch's loss, and of what large weights add to it. */
function gradient(needs: Needs): readonly string[] {
  const { l1, l2 } = needs;
  const value = `${hasOtherLoss(needs) ? 'lossOf' : 'loss'}(model.apply(x, { training: true }), rows)`;
  const penalties = [
    ...(l1 ? ['.add(w.abs().sum().mul(l1))'] : []),
    ...(l2 ? ['.add(w.square().sum().mul(l2))'] : []),
  ];
  if (penalties.length === 0) {
    return [
      `const value = () => ${value};`,
      'const { grads } = tf.variableGrads(value, variables);',
    ];
  }
  return [
    'const { grads } = tf.variableGrads(() => {',
    `  const data = ${value};`,
    '  return kernels(model).reduce(',
    `    (sum, { kernel: w }) => sum${penalties.join('')},`,
    '    data,',
    '  );',
    '}, variables);',
  ];
}

/** Training ends where the validation set has not become better for some epochs. */
function waiting({ task }: Needs): readonly string[] {
  return [
    'if (patience > 0) {',
    '  const now = tf.tidy(() => {',
    '    const said = model.predict(validationSet.x, { batchSize: 1000 });',
    `    return ${ERRORS[task]}(validationSet.y, said).dataSync()[0];`,
    '  });',
    '  waited += 1;',
    '  if (now < bestLoss) {',
    '    tf.dispose(best);',
    '    [best, bestLoss, waited] = [weightsOf(model), now, 0];',
    '  }',
    '  if (waited >= patience) break;',
    '}',
  ];
}

/** The loop over shuffled epochs, with what is done in every batch and behind the last one. */
function epochs(inBatch: readonly string[], behind: readonly string[]): readonly string[] {
  const inEpoch = [
    'const order = Array.from(tf.util.createShuffledIndices(trainSet.x.shape[0]));',
    'for (let start = 0; start < order.length; start += batchSize) {',
    ...indented(inBatch, '  '),
    '}',
    ...behind,
    '// Lets others have their turn: a page stays alive.',
    'await tf.nextFrame();',
  ];
  return [
    'const variables = model.trainableWeights.map((weight) => weight.val);',
    'for (let epoch = 0; epoch < epochs; epoch++) {',
    ...indented(inEpoch, '  '),
    '}',
  ];
}

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

/** Training as a network does that goes on to other data, with layers that are frozen. */
export function tfjsTune({ needs }: CodePlan): string {
  const said =
    needs.norms || needs.dropouts ? 'answers(model, x)' : 'model.apply(x, { training: true })';
  const inBatch = [
    'tf.tidy(() => {',
    ...indented(BATCH, '  '),
    `  const value = () => loss(${said}, rows);`,
    '  optimizer.applyGradients(tf.variableGrads(value, variables).grads);',
    '});',
    ...afterStep(needs),
  ];
  const body = [...epochs(inBatch, []), 'optimizer.dispose();'];
  return `
/** Gradient descent for a network that goes on to other data. */
async function tune(model, optimizer, { epochs, batchSize }) {
${indented(body, '  ').join('\n')}
}`;
}
