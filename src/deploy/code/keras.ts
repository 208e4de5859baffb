import type { Architecture, Layer } from '../../experiment/architecture';
import { resolveModel } from '../../experiment/model';
import type { CodePlan } from './plan';
import {
  hasRate,
  numpyData,
  PYTHON_HELPERS,
  pythonDialect,
  rateLines,
  trainParameters,
} from './python';
import { KERAS_HELPERS } from './keras-helpers';
import { writeSteps } from './steps';
import { helpersOf, indented, numberText, wrapCall, type Dialect, type Helper } from './write';

/** The recipe as a Keras 3 script, for any of its backends. */
export function kerasScript(plan: CodePlan): string {
  const { info, needs, architecture, experiment } = plan;
  const steps = writeSteps(
    plan,
    dialectOf(plan),
    () => [],
    (model) => [`model = ${sequential(resolveModel(model, info))}`],
  );
  const toInit = experiment.recipe.some(
    (step) => step.technique === 'prune' && step.rewind === 'init',
  );
  const first = steps.calls.includes('rewind') && toInit ? ['initial = model.get_weights()'] : [];
  const state = [
    ...(needs.masks ? ['masks = {}  # by layer: 1 keeps, 0 is pruned'] : []),
    ...(needs.milestones.length > 0
      ? [
          `milestones = {${needs.milestones.map((at) => `${String(at)}: None`).join(', ')}}`,
          'iteration = 0  # over the whole recipe',
        ]
      : []),
  ];
  const helpers = helpersOf({ ...coreHelpers(plan), ...PYTHON_HELPERS, ...KERAS_HELPERS }, [
    ...steps.calls,
    'loss',
  ]).map((code) => adapted(code, plan));
  const isPictures = info.shape.length === 3;
  const packages = `keras numpy${info.id === 'iris' ? ' scikit-learn' : ''}`;
  const all = [...helpers, ...first, ...steps.lines].join('\n');
  return [
    `"""${plan.title}\n\n${plan.link}\n\nNeeds: pip install ${packages}, and TensorFlow, JAX or PyTorch behind Keras\n"""`,
    [
      ...(all.includes('math.') ? ['import math', ''] : []),
      'import keras',
      'import numpy as np',
      ...(all.includes('ops.') ? ['from keras import ops'] : []),
      ...(info.id === 'iris' ? ['from sklearn.datasets import load_iris'] : []),
    ].join('\n'),
    `\nkeras.utils.set_random_seed(${String(experiment.seed)})`,
    `rng = np.random.default_rng(${String(experiment.seed)})`,
    isPictures ? pictures(plan) : numpyData(plan),
    ...(state.length > 0 ? ['', ...state] : []),
    ...helpers.map((helper) => `\n\n${helper}`),
    '\n',
    `model = ${sequential(architecture)}`,
    ...first,
    ...steps.lines,
    '',
  ].join('\n');
}

/** The loss has the task's name, and masks are asked for only where something is pruned. */
function adapted(code: string, { needs, info }: CodePlan): string {
  const loss = info.task === 'classification' ? 'cross_entropy' : 'squared_error';
  const named = code.replace('LOSS', loss);
  if (needs.masks) return named;
  return named
    .replace('masks[name] if name in masks else np.ones_like(weight)', 'np.ones_like(weight)')
    .replace('        masks.pop(layer.name, None)\n', '');
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

function dialectOf({ needs }: CodePlan): Dialect {
  return pythonDialect(({ optimizer, lr, momentum, decay, clip }) => {
    const clipped = needs.clip && clip > 0 ? `, global_clipnorm=${numberText(clip)}` : '';
    const rate = `learning_rate=${numberText(lr)}`;
    const of = (name: string, more = '') => `keras.optimizers.${name}(${rate}${more}${clipped})`;
    switch (optimizer) {
      case 'momentum':
        return of('SGD', `, momentum=${numberText(momentum)}`);
      case 'nesterov':
        return of('SGD', `, momentum=${numberText(momentum)}, nesterov=True`);
      case 'rmsprop':
        return of('RMSprop', ', rho=0.9, epsilon=1e-8');
      case 'adagrad':
        return of('Adagrad', ', initial_accumulator_value=0, epsilon=1e-8');
      case 'adam':
        return of('Adam', ', epsilon=1e-8');
      case 'adamw':
        return `decayed(${of('AdamW', `, weight_decay=${numberText(decay)}, epsilon=1e-8`)})`;
      case 'lion':
        return `decayed(${of('Lion', `, weight_decay=${numberText(decay)}`)})`;
      default:
        return of('SGD');
    }
  });
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
          ? [`keras.layers.LeakyReLU(negative_slope=0.01, name="${layer.name}_leaky")`]
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
      return [of('BatchNormalization', 'momentum=0.9', 'epsilon=1e-5')];
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
    train: { calls: needs.masks ? ['applyMasks'] : [], code: trainCode(plan) },
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
    ...(needs.distill ? { taughtBy: { code: taughtBy(classes, outputs) } } : {}),
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
  const rated = hasRate(plan);
  const counted = rated || needs.gradual;
  const loss = info.task === 'classification' ? 'cross_entropy' : 'squared_error';
  const other = needs.distill || needs.squared || needs.smoothing;
  const parameters = trainParameters(plan, other ? [`loss=${loss}`] : []).filter(
    (name) => !name.startsWith('clip'),
  );
  const penalized = needs.l1 || needs.l2;
  const penalty = `keras.regularizers.L1L2(${[...(needs.l1 ? ['l1=l1'] : []), ...(needs.l2 ? ['l2=l2'] : [])].join(', ')})`;
  const called = other ? 'loss' : loss;
  const wanted = needs.distill ? 'wanted' : 'targets';
  const body = [
    ...(needs.distill
      ? ['loss, wanted = loss if isinstance(loss, tuple) else (loss, targets)']
      : []),
    ...(penalized
      ? [
          'for layer in model.layers:',
          '    if hasattr(layer, "kernel"):',
          `        layer.kernel.regularizer = ${penalty}`,
        ]
      : []),
    `model.compile(optimizer, ${called})`,
    ...(rated ? ['lr = float(keras.ops.convert_to_numpy(optimizer.learning_rate))'] : []),
    ...(counted ? ['steps = math.ceil(len(train_x) / batch_size)', 'total = epochs * steps'] : []),
    ...(needs.warmup ? ['rise = min(total, int(warmup * steps + 0.5))'] : []),
    ...(counted ? ['done = 0'] : []),
    ...(needs.patience ? ['best, best_loss, waited = None, math.inf, 0'] : []),
    'for _ in range(epochs):',
    ...indented(
      [
        'order = rng.permutation(len(train_x))',
        'for start in range(0, len(order), batch_size):',
        ...indented(
          [
            'rows = order[start : start + batch_size]',
            ...(needs.gradual ? ['if before:', '    before(done, total)'] : []),
            ...(counted ? ['done += 1'] : []),
            ...rateLines(plan),
            ...(rated ? ['optimizer.learning_rate = rate'] : []),
            ...(needs.rounded
              ? [
                  '# The gradient is that of the rounded weights, the step is added to the weights',
                  '# behind them: a straight-through estimator (Bengio et al. 2013).',
                  'behind = round_weights(model, rounded) if rounded else {}',
                ]
              : []),
            `model.train_on_batch(train_x[rows], ${wanted}[rows])`,
            ...(needs.rounded ? ['step_behind(model, behind)'] : []),
            ...(needs.masks ? ['apply_masks(model)'] : []),
            ...(needs.milestones.length > 0
              ? [
                  'iteration += 1',
                  'if iteration in milestones:',
                  '    milestones[iteration] = model.get_weights()',
                ]
              : []),
          ],
          '    ',
        ),
        ...(needs.patience
          ? [
              'if patience:',
              `    said = model.predict(valid_x, batch_size=1000, verbose=0)`,
              info.task === 'classification'
                ? `    now = float(cross_entropy(keras.utils.to_categorical(valid_y, ${String(info.outputs)}), said))`
                : '    now = float(squared_error(valid_y, said))',
              '    waited += 1',
              '    if now < best_loss:',
              '        best, best_loss, waited = model.get_weights(), now, 0',
              '    if waited >= patience:',
              '        break',
            ]
          : []),
      ],
      '    ',
    ),
    ...(needs.patience ? ['if best:', '    model.set_weights(best)'] : []),
  ];
  const global = needs.milestones.length > 0 ? ['global iteration'] : [];
  return [
    `${wrapCall('def train', [...parameters])}:`,
    '    """Gradient descent over shuffled epochs."""',
    ...indented([...global, ...body], '    '),
  ].join('\n');
}
