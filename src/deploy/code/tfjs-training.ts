import { hasRate, type CodePlan, type Needs } from './plan';
import { indented, wrapCall } from './write';

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

/** Training as a network does that goes on to other data, with layers that are frozen. */
export function tfjsTune({ needs }: CodePlan): string {
  const said =
    needs.norms || needs.dropouts
      ? 'answers(model, tf.gather(trainSet.x, rows))'
      : 'model.apply(tf.gather(trainSet.x, rows), { training: true })';
  const inBatch = [
    'tf.tidy(() => {',
    "  const rows = tf.tensor1d(order.slice(start, start + batchSize), 'int32');",
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
        'const order = Array.from(tf.util.createShuffledIndices(trainSet.x.shape[0]));',
        'for (let start = 0; start < order.length; start += batchSize) {',
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
/** Gradient descent for a network that goes on to other data. */
async function tune(model, optimizer, { epochs, batchSize }) {
${indented(body, '  ').join('\n')}
}`;
}
