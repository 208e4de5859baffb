import { ADAM_BETAS, EPSILON, LION_BETAS, RMSPROP_RHO } from '../../engine/constants';
import { KERAS_DATA } from './keras-data';
import { KERAS_HELPERS } from './keras-helpers';
import { kerasNetwork } from './keras-network';
import { KERAS_ROUNDING } from './keras-rounding';
import { kerasTransfer } from './keras-transfer';
import type { CodePlan, CodeSet, Needs } from './plan';
import {
  hasOtherLoss,
  lossOf,
  pythonDialect,
  pythonScript,
  pythonTrain,
  pythonTune,
} from './python';
import { partsOf, pythonData } from './python-data';
import { numberText, wrapCall, type Dialect, type Expression, type Helper } from './write';

const WEIGHTS = 'model.get_weights()';

/** The recipe as a Keras 3 script, for any of its backends. */
export function kerasScript(plan: CodePlan): string {
  const { first, experiment, needs } = plan;
  const isIris = first.info.id === 'iris';
  return pythonScript(plan, {
    dialect: dialectOf(plan),
    packages: `keras numpy${isIris ? ' scikit-learn' : ''}, and TensorFlow, JAX or PyTorch behind Keras`,
    imports: (code) => [
      ...(code.includes('math.') ? ['import math', ''] : []),
      'import keras',
      'import numpy as np',
      ...(/(^|[^.\w])ops\./m.test(code) ? ['from keras import ops'] : []),
      ...(isIris ? ['from sklearn.datasets import load_iris'] : []),
    ],
    data: [
      `keras.utils.set_random_seed(${String(experiment.seed)})`,
      `rng = np.random.default_rng(${String(experiment.seed)})`,
      pythonData(plan, KERAS_DATA),
    ],
    model: (architecture) => [`model = ${kerasNetwork(architecture)}`],
    weights: WEIGHTS,
    helpers: {
      ...coreHelpers(plan),
      ...kerasTransfer(needs),
      ...KERAS_HELPERS,
      ...KERAS_ROUNDING,
    },
    always: [],
    unmasked: [
      ['masks[name] if name in masks else np.ones_like(weight)', 'np.ones_like(weight)'],
      ['        masks.pop(layer.name, None)\n', ''],
      [
        `            if layer.name in masks:
                masks[layer.name] = cut(masks[layer.name])
`,
        '',
      ],
    ],
  });
}

function betas([one, two]: readonly [number, number]): readonly string[] {
  return [`beta_1=${numberText(one)}`, `beta_2=${numberText(two)}`];
}

function dialectOf({ needs }: CodePlan): Dialect {
  const optimizer: Dialect['optimizer'] = ({ optimizer, lr, momentum, decay, clip }, rates) => {
    const clipped = needs.clip && clip > 0 ? [`global_clipnorm=${numberText(clip)}`] : [];
    const rate = `learning_rate=${numberText(lr)}`;
    const epsilon = `epsilon=${numberText(EPSILON)}`;
    const of = (name: string, ...settings: readonly string[]): Expression => {
      if (rates === undefined) {
        const all = [rate, ...settings, ...clipped];
        return { code: wrapCall(`keras.optimizers.${name}`, all), calls: [] };
      }
      const byLayer = dialect.call('layerRates', ['model'], rates);
      return {
        code: wrapCall('per_layer', [`keras.optimizers.${name}`, byLayer, ...settings]),
        calls: ['layerRates', 'perLayer'],
      };
    };
    /** With rates by layer, Keras's own decay would be at one rate for all. */
    const decayed = (name: string, plain: string, ...settings: readonly string[]) => {
      if (rates !== undefined) return of(plain, `decay=${numberText(decay)}`, ...settings);
      const { code } = of(name, ...settings, `weight_decay=${numberText(decay)}`);
      return { code: `decayed(${code})`, calls: ['decayed'] };
    };
    switch (optimizer) {
      case 'momentum':
        return of('SGD', `momentum=${numberText(momentum)}`);
      case 'nesterov':
        return of('SGD', `momentum=${numberText(momentum)}`, 'nesterov=True');
      case 'rmsprop':
        return of('RMSprop', `rho=${numberText(RMSPROP_RHO)}`, epsilon);
      case 'adagrad':
        return of('Adagrad', 'initial_accumulator_value=0', epsilon);
      case 'adam':
        return of('Adam', ...betas(ADAM_BETAS), epsilon);
      case 'adamw':
        return decayed('AdamW', 'Adam', ...betas(ADAM_BETAS), epsilon);
      case 'lion':
        return decayed('Lion', 'Lion', ...betas(LION_BETAS));
      default:
        return of('SGD');
    }
  };
  const dialect: Dialect = pythonDialect({
    ...{ clips: false, optimizer },
    load: (set) => [partsOf(set, KERAS_DATA), targetsOf(set)],
    keep: (picked) => [`train_x, train_y, targets = ${picked}`],
  });
  return dialect;
}

/** What a loss compares the network's outputs with. */
function targetsOf({ info }: CodeSet): string {
  return info.task === 'classification'
    ? `targets = keras.utils.to_categorical(train_y, ${String(info.outputs)})`
    : 'targets = train_y';
}

function coreHelpers(plan: CodePlan): Readonly<Record<string, Helper>> {
  const { needs } = plan;
  return {
    kernels: {
      code: `
def kernels(model):
    """The weights that are pruned and quantized, by layer, as NumPy arrays."""
    return {
        layer.name: keras.ops.convert_to_numpy(layer.kernel)
        for layer in model.layers
        if isinstance(layer, (keras.layers.Dense, keras.layers.Conv2D))
    }`,
    },
    loss: { code: `${LOSSES[needs.task]}\n${targetsOf(plan.first)}` },
    ...(needs.squared && needs.task !== 'both'
      ? { squaredError: { code: '\nsquared_error = keras.losses.MeanSquaredError()' } }
      : {}),
    smoothed: {
      code: `
def smoothed(smoothing):
    return keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)`,
    },
    decayed: {
      code: `
def decayed(optimizer):
    """Weight decay is for kernels, not for biases and batch norm."""
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    return optimizer`,
    },
    train: { calls: ['loss', ...(needs.masks ? ['applyMasks'] : [])], code: trainCode(plan) },
    tune: { calls: ['loss', ...(needs.masks ? ['applyMasks'] : [])], code: tuneCode(plan) },
    report: {
      calls: ['kernels'],
      code: `
def report(label, model):
    outputs = model.predict(test_x, batch_size=1000, verbose=0)
${SCORES[needs.task]}
    weights = np.concatenate([weight.ravel() for weight in kernels(model).values()])
    print(f"{label}: {score}, {(weights == 0).mean():.4f} of the weights are zero")`,
    },
    taughtBy: { calls: ['loss'], code: TAUGHT_BY },
    mixedTargets: { calls: ['loss'], code: MIXED_TARGETS },
    drawAnew: {
      calls: needs.masks ? ['applyMasks'] : [],
      code: `
def draw_anew(model):
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            ones, zeros = np.ones(layer.gamma.shape), np.zeros(layer.gamma.shape)
            layer.set_weights([ones, zeros, zeros, ones])
        elif hasattr(layer, "kernel"):
            # With its own seed it would draw the same weights once more.
            drawn = layer.kernel_initializer
            config = {**drawn.get_config(), "seed": int(rng.integers(2**31))}
            kernel = drawn.__class__.from_config(config)(layer.kernel.shape)
            layer.set_weights([keras.ops.convert_to_numpy(kernel), np.zeros(layer.bias.shape)])${
              needs.masks ? '\n    apply_masks(model)' : ''
            }`,
    },
  };
}

const CROSS_ENTROPY = 'cross_entropy = keras.losses.CategoricalCrossentropy(from_logits=True)';
const SQUARED_ERROR = 'squared_error = keras.losses.MeanSquaredError()';
const LOSSES: Readonly<Record<Needs['task'], string>> = {
  classification: CROSS_ENTROPY,
  regression: SQUARED_ERROR,
  both: `${CROSS_ENTROPY}
${SQUARED_ERROR}


def task_loss(wanted, outputs):
    """Cross-entropy where there are classes, squared error where there is a number."""
    return (cross_entropy if outputs.shape[1] > 1 else squared_error)(wanted, outputs)

`,
};

const ACCURACY = 'score = f"accuracy {(outputs.argmax(axis=1) == test_y).mean():.4f}"';
const ERROR = 'score = f"mean squared error {((outputs - test_y) ** 2).mean():.5f}"';
const SCORES: Readonly<Record<Needs['task'], string>> = {
  classification: `    ${ACCURACY}`,
  regression: `    ${ERROR}`,
  both: `    if outputs.shape[1] > 1:
        ${ACCURACY}
    else:
        ${ERROR}`,
};

/** Losses with targets of their own: what `train` takes instead of the labels. */
const TAUGHT_BY = `
def taught_by(teacher, temperature, weight):
    """The answers of a teacher, softened, beside the labels (Hinton, Vinyals & Dean 2015)."""

    def loss(wanted, logits):
        classes = logits.shape[1]
        labels, answers = wanted[:, :classes], wanted[:, classes:] / temperature
        apart = ops.sum(
            ops.softmax(answers) * (ops.log_softmax(answers) - ops.log_softmax(logits / temperature)),
            axis=1,
        )
        return (1 - weight) * cross_entropy(labels, logits) + weight * temperature**2 * ops.mean(apart)

    answers = teacher.predict(train_x, batch_size=1000, verbose=0)
    return loss, np.concatenate([targets, answers], axis=1)`;

const MIXED_TARGETS = `
def mixed_targets(teacher, weight):
    """Targets a share of the way to what the teacher says."""
    answers = teacher.predict(train_x, batch_size=1000, verbose=0)
    return squared_error, targets + weight * (answers - targets)`;

function trainCode(plan: CodePlan): string {
  const { needs } = plan;
  const loss = hasOtherLoss(plan) ? 'loss' : lossOf(plan);
  const wanted = needs.distill ? 'wanted' : 'targets';
  const strengths = [...(needs.l1 ? ['l1=l1'] : []), ...(needs.l2 ? ['l2=l2'] : [])].join(', ');
  const rows = 'rows = order[start : start + batch_size]';
  return pythonTrain(plan, dialectOf(plan), {
    begin: [
      ...(needs.distill
        ? ['loss, wanted = loss if isinstance(loss, tuple) else (loss, targets)']
        : []),
      ...(strengths === ''
        ? []
        : [
            'for layer in model.layers:',
            '    if hasattr(layer, "kernel"):',
            `        layer.kernel.regularizer = keras.regularizers.L1L2(${strengths})`,
          ]),
      `model.compile(optimizer, ${loss})`,
    ],
    rate: 'float(keras.ops.convert_to_numpy(optimizer.learning_rate))',
    setRate: ['optimizer.learning_rate = rate'],
    epoch: [
      'order = rng.permutation(len(train_x))',
      'for start in range(0, len(order), batch_size):',
    ],
    rows: [rows],
    step: needs.rounded
      ? [
          '# The gradient is that of the rounded weights, the step is added to the weights',
          '# behind them: a straight-through estimator (Bengio et al. 2013).',
          'behind = round_weights(model, rounded) if rounded else {}',
          `model.train_on_batch(train_x[rows], ${wanted}[rows])`,
          'step_behind(model, behind)',
        ]
      : [`model.train_on_batch(train_x[rows], ${wanted}[rows])`],
    validation: [
      'said = model.predict(valid_x, batch_size=1000, verbose=0)',
      ...VALIDATION[needs.task],
    ],
    weights: WEIGHTS,
    goBack: 'model.set_weights(best)',
  });
}

const VALIDATION: Readonly<Record<Needs['task'], readonly string[]>> = {
  classification: [
    'now = float(cross_entropy(keras.utils.to_categorical(valid_y, said.shape[1]), said))',
  ],
  regression: ['now = float(squared_error(valid_y, said))'],
  both: [
    'truth = valid_y',
    'if said.shape[1] > 1:',
    '    truth = keras.utils.to_categorical(valid_y, said.shape[1])',
    'now = float(task_loss(truth, said))',
  ],
};

function tuneCode(plan: CodePlan): string {
  const { l1, l2 } = plan.needs;
  return pythonTune(plan, {
    begin: [
      ...(l1 || l2
        ? [
            'for layer in model.layers:',
            '    if hasattr(layer, "kernel"):',
            '        layer.kernel.regularizer = None',
          ]
        : []),
      `model.compile(optimizer, ${lossOf(plan)})`,
    ],
    epoch: [
      'order = rng.permutation(len(train_x))',
      'for start in range(0, len(order), batch_size):',
    ],
    rows: ['rows = order[start : start + batch_size]'],
    step: ['model.train_on_batch(train_x[rows], targets[rows])'],
    weights: WEIGHTS,
  });
}
