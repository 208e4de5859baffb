import {
  ADAM_BETAS,
  BATCH_NORM_EPSILON,
  BATCH_NORM_MOMENTUM,
  EPSILON,
  LEAKY_SLOPE,
  LION_BETAS,
  RMSPROP_RHO,
} from '../../engine/constants';
import type { Architecture, Layer } from '../../experiment/architecture';
import { KERAS_HELPERS } from './keras-helpers';
import { KERAS_ROUNDING } from './keras-rounding';
import type { CodePlan } from './plan';
import { hasOtherLoss, lossOf, pythonDialect, pythonScript, pythonTrain } from './python';
import { numpyData } from './python-data';
import { numberText, wrapCall, type Dialect, type Helper } from './write';

const WEIGHTS = 'model.get_weights()';

/** The recipe as a Keras 3 script, for any of its backends. */
export function kerasScript(plan: CodePlan): string {
  const { info, experiment } = plan;
  const isIris = info.id === 'iris';
  return pythonScript(plan, {
    dialect: dialectOf(plan),
    packages: `keras numpy${isIris ? ' scikit-learn' : ''}, and TensorFlow, JAX or PyTorch behind Keras`,
    imports: (code) => [
      ...(code.includes('math.') ? ['import math', ''] : []),
      'import keras',
      'import numpy as np',
      ...(code.includes('ops.') ? ['from keras import ops'] : []),
      ...(isIris ? ['from sklearn.datasets import load_iris'] : []),
    ],
    data: [
      `keras.utils.set_random_seed(${String(experiment.seed)})`,
      `rng = np.random.default_rng(${String(experiment.seed)})`,
      info.shape.length === 3 ? pictures(plan) : numpyData(plan),
    ],
    model: (architecture) => [`model = ${sequential(architecture)}`],
    weights: WEIGHTS,
    helpers: { ...coreHelpers(plan), ...KERAS_HELPERS, ...KERAS_ROUNDING },
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

function pictures({ info }: CodePlan): string {
  const set = info.id === 'mnist' ? 'mnist' : 'fashion_mnist';
  const count = String(info.train);
  return `
(train_x, train_y), (test_x, test_y) = keras.datasets.${set}.load_data()
train_x, test_x = (x[..., None].astype("float32") / 255 for x in (train_x, test_x))
train_y, test_y = train_y.astype("int64"), test_y.astype("int64")
valid_x, valid_y = train_x[${count}:], train_y[${count}:]
train_x, train_y = train_x[:${count}], train_y[:${count}]`;
}

function betas([one, two]: readonly [number, number]): string {
  return `beta_1=${numberText(one)}, beta_2=${numberText(two)}`;
}

function dialectOf({ needs }: CodePlan): Dialect {
  const optimizer: Dialect['optimizer'] = ({ optimizer, lr, momentum, decay, clip }) => {
    const clipped = needs.clip && clip > 0 ? `, global_clipnorm=${numberText(clip)}` : '';
    const rate = `learning_rate=${numberText(lr)}`;
    const epsilon = `epsilon=${numberText(EPSILON)}`;
    const decays = `weight_decay=${numberText(decay)}`;
    const of = (name: string, more = '') => `keras.optimizers.${name}(${rate}${more}${clipped})`;
    switch (optimizer) {
      case 'momentum':
        return of('SGD', `, momentum=${numberText(momentum)}`);
      case 'nesterov':
        return of('SGD', `, momentum=${numberText(momentum)}, nesterov=True`);
      case 'rmsprop':
        return of('RMSprop', `, rho=${numberText(RMSPROP_RHO)}, ${epsilon}`);
      case 'adagrad':
        return of('Adagrad', `, initial_accumulator_value=0, ${epsilon}`);
      case 'adam':
        return of('Adam', `, ${betas(ADAM_BETAS)}, ${epsilon}`);
      case 'adamw':
        return `decayed(${of('AdamW', `, ${betas(ADAM_BETAS)}, ${decays}, ${epsilon}`)})`;
      case 'lion':
        return `decayed(${of('Lion', `, ${betas(LION_BETAS)}, ${decays}`)})`;
      default:
        return of('SGD');
    }
  };
  return pythonDialect({ clips: false, optimizer });
}

/** `keras.Sequential([…])`, layers called as in the link. */
function sequential({ input, layers }: Architecture): string {
  const shape = `keras.Input((${input.join(', ')}${input.length === 1 ? ',' : ''}))`;
  const lines = [shape, ...layers.flatMap(layerLines)].map((line) => `    ${line},`);
  return `keras.Sequential([\n${lines.join('\n')}\n])`;
}

const SCALES = { he: '2.0, "fan_in"', glorot: '1.0, "fan_avg"', lecun: '1.0, "fan_in"' } as const;

function layerLines(layer: Layer): readonly string[] {
  const named = `name="${layer.name}"`;
  const of = (type: string, ...args: readonly string[]) =>
    `keras.layers.${type}(${[...args, named].join(', ')})`;
  switch (layer.type) {
    case 'dense':
    case 'conv': {
      const { activation, initializer } = layer;
      const drawn = `keras.initializers.VarianceScaling(${SCALES[initializer]}, "untruncated_normal")`;
      const active = activation === 'none' || activation === 'leaky' ? [] : [`"${activation}"`];
      const size =
        layer.type === 'dense'
          ? [String(layer.units)]
          : [
              ...[String(layer.filters), String(layer.kernel)],
              ...(layer.stride === 1 ? [] : [`strides=${String(layer.stride)}`]),
              ...(layer.padding === 'valid' ? [] : ['padding="same"']),
            ];
      const args = [
        ...size,
        ...active.map((each) => `activation=${each}`),
        `kernel_initializer=${drawn}`,
      ];
      const leaky =
        activation === 'leaky'
          ? [
              `keras.layers.LeakyReLU(negative_slope=${numberText(LEAKY_SLOPE)}, name="${layer.name}_leaky")`,
            ]
          : [];
      const call = wrapCall(`keras.layers.${layer.type === 'dense' ? 'Dense' : 'Conv2D'}`, [
        ...args,
        named,
      ]);
      return [call.replaceAll('\n', '\n    '), ...leaky];
    }
    case 'maxpool':
    case 'avgpool': {
      const strided = layer.stride === layer.size ? [] : [`strides=${String(layer.stride)}`];
      const type = layer.type === 'maxpool' ? 'MaxPooling2D' : 'AveragePooling2D';
      return [of(type, String(layer.size), ...strided)];
    }
    case 'batchnorm':
      return [
        of(
          'BatchNormalization',
          `momentum=${numberText(BATCH_NORM_MOMENTUM)}`,
          `epsilon=${numberText(BATCH_NORM_EPSILON)}`,
        ),
      ];
    case 'dropout':
      return [of('Dropout', numberText(layer.rate))];
    case 'flatten':
      return layer.input.length > 1 ? [of('Flatten')] : [];
    case 'quantize':
      return [];
  }
}

function coreHelpers(plan: CodePlan): Readonly<Record<string, Helper>> {
  const { needs, info } = plan;
  const classes = info.task === 'classification';
  const outputs = String(info.outputs);
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
    loss: {
      code: classes
        ? `
cross_entropy = keras.losses.CategoricalCrossentropy(from_logits=True)
targets = keras.utils.to_categorical(train_y, ${outputs})`
        : `
squared_error = keras.losses.MeanSquaredError()
targets = train_y`,
    },
    ...(needs.squared
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
    report: {
      calls: ['kernels'],
      code: `
def report(label, model):
    outputs = model.predict(test_x, batch_size=1000, verbose=0)
${
  classes
    ? '    score = f"accuracy {(outputs.argmax(axis=1) == test_y).mean():.4f}"'
    : '    score = f"mean squared error {((outputs - test_y) ** 2).mean():.5f}"'
}
    weights = np.concatenate([weight.ravel() for weight in kernels(model).values()])
    print(f"{label}: {score}, {(weights == 0).mean():.4f} of the weights are zero")`,
    },
    ...(needs.distill ? { taughtBy: { calls: ['loss'], code: taughtBy(classes, outputs) } } : {}),
  };
}

/** A loss with targets of its own: what `train` takes instead of the labels. */
function taughtBy(classes: boolean, outputs: string): string {
  return classes
    ? `
def taught_by(teacher, temperature, weight):
    """The answers of a teacher, softened, beside the labels (Hinton, Vinyals & Dean 2015)."""

    def loss(wanted, logits):
        labels, answers = wanted[:, :${outputs}], wanted[:, ${outputs}:] / temperature
        apart = ops.sum(
            ops.softmax(answers) * (ops.log_softmax(answers) - ops.log_softmax(logits / temperature)),
            axis=1,
        )
        return (1 - weight) * cross_entropy(labels, logits) + weight * temperature**2 * ops.mean(apart)

    answers = teacher.predict(train_x, batch_size=1000, verbose=0)
    return loss, np.concatenate([targets, answers], axis=1)`
    : `
def taught_by(teacher, weight):
    """Targets a share of the way to what the teacher says."""
    answers = teacher.predict(train_x, batch_size=1000, verbose=0)
    return squared_error, targets + weight * (answers - targets)`;
}

function trainCode(plan: CodePlan): string {
  const { needs, info } = plan;
  const loss = hasOtherLoss(plan) ? 'loss' : lossOf(info);
  const wanted = needs.distill ? 'wanted' : 'targets';
  const strengths = [...(needs.l1 ? ['l1=l1'] : []), ...(needs.l2 ? ['l2=l2'] : [])].join(', ');
  const rows = 'rows = order[start : start + batch_size]';
  const outputs = String(info.outputs);
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
      info.task === 'classification'
        ? `now = float(cross_entropy(keras.utils.to_categorical(valid_y, ${outputs}), said))`
        : 'now = float(squared_error(valid_y, said))',
    ],
    weights: WEIGHTS,
    goBack: 'model.set_weights(best)',
  });
}
