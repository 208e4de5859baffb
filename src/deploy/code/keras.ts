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
  const helpers = helpersOf({ ...coreHelpers(plan), ...PYTHON_HELPERS, ...HELPERS }, [
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
    ...(rated ? ['lr = float(optimizer.learning_rate)'] : []),
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

/** Functions that are the same in every recipe that needs them. Matrices are `[inputs, units]`. */
const HELPERS: Readonly<Record<string, Helper>> = {
  applyMasks: {
    code: `
def apply_masks(model):
    for layer in model.layers:
        if layer.name in masks:
            mask = masks[layer.name]
            layer.kernel.assign(layer.kernel * mask)
            # A unit without weights has been removed, and with it its bias.
            alive = mask.reshape(-1, mask.shape[-1]).any(axis=0)
            layer.bias.assign(layer.bias * alive.astype("float32"))`,
  },
  remove: {
    calls: ['applyMasks'],
    code: `
def remove(model, keep, delta=1):
    """Prunes the weights whose keep is 0; with delta below 1 they only shrink."""
    for layer in model.layers:
        name = layer.name
        if name in keep and delta == 1:
            masks[name] = (keep[name] * masks.get(name, 1)).astype("float32")
        elif name in keep:
            layer.kernel.assign(layer.kernel * (1 - delta * (1 - keep[name])).astype("float32"))
    apply_masks(model)`,
  },
  magnitude: {
    calls: ['kernels'],
    code: `
def magnitude(model):
    return {name: np.abs(weight) for name, weight in kernels(model).items()}`,
  },
  randomScores: {
    calls: ['kernels'],
    code: `
def random_scores(model):
    return {name: rng.random(weight.shape) for name, weight in kernels(model).items()}`,
  },
  saliency: {
    calls: ['kernels', 'loss'],
    code: `
def saliency(model, batches):
    """|w · dL/dw|, summed over batches of 128 training examples. Keras has no gradients of its
    own: a step of plain gradient descent says them."""
    scores = {name: np.zeros_like(weight) for name, weight in kernels(model).items()}
    before = model.get_weights()
    order = rng.permutation(len(train_x))
    for start in range(0, min(len(order), 128 * batches), 128):
        rows = order[start : start + 128]
        model.compile(keras.optimizers.SGD(learning_rate=1.0), LOSS)
        old = kernels(model)
        model.train_on_batch(train_x[rows], targets[rows])
        new = kernels(model)
        for name in scores:
            scores[name] += np.abs(old[name] * (old[name] - new[name]))
        model.set_weights(before)
    return scores`,
  },
  prune: {
    calls: ['remove'],
    code: `
def prune(model, scores, sparsity, each=False, own={}, delta=1):
    """Prunes that share of the weights, those with the lowest scores: of all layers together,
    or of each; layers with a sparsity of their own are ranked apart."""
    others = [name for name in scores if name not in own]
    groups = [([name], own[name]) for name in own]
    groups += [([name], sparsity) for name in others] if each else [(others, sparsity)]
    for names, share in groups:
        # What was pruned before goes first.
        flat = [np.where(masks.get(n, 1) == 0, -np.inf, scores[n]).ravel() for n in names]
        order = np.concatenate(flat).argsort(kind="stable")
        keep = np.ones(len(order))
        keep[order[: int(share * len(order) + 0.5)]] = 0
        parts = np.split(keep, np.cumsum([len(s) for s in flat])[:-1])
        remove(model, {n: k.reshape(scores[n].shape) for n, k in zip(names, parts)}, delta)`,
  },
  pruneBelow: {
    calls: ['remove', 'kernels'],
    code: `
def prune_below(model, threshold, delta=1):
    remove(model, {n: np.abs(w) >= threshold for n, w in kernels(model).items()}, delta)`,
  },
  pruneScaled: {
    calls: ['remove', 'kernels'],
    code: `
def prune_scaled(model, factor, delta=1):
    """Prunes |w| < factor · ‖W‖ / fan-in."""
    keep = {}
    for name, weight in kernels(model).items():
        fan_in = weight.size // weight.shape[-1]
        keep[name] = np.abs(weight) >= factor * np.sqrt((weight**2).sum()) / fan_in
    remove(model, keep, delta)`,
  },
  pruneNOfM: {
    calls: ['remove', 'kernels'],
    code: `
def prune_n_of_m(model, scores, n, m, delta=1):
    """Of each m consecutive inputs of a unit, the n with the highest scores stay."""
    keep = {}
    for name, weight in kernels(model).items():
        matrix = scores[name].reshape(-1, weight.shape[-1]).T
        units, inputs = matrix.shape
        groups = np.pad(matrix, ((0, 0), (0, -inputs % m))).reshape(-1, m)
        lowest = groups.argsort(axis=1, kind="stable")[:, : max(0, m - n)]
        kept = np.ones_like(groups)
        np.put_along_axis(kept, lowest, 0, axis=1)
        keep[name] = kept.reshape(units, -1)[:, :inputs].T.reshape(weight.shape)
    remove(model, keep, delta)`,
  },
  pruneUnits: {
    calls: ['remove', 'kernels'],
    code: `
def prune_units(model, sparsity, norm, each=False, own={}):
    """Silences that share of the hidden units, those whose weights have the smallest norm; each
    layer keeps one."""
    hidden = dict(list(kernels(model).items())[:-1])
    others = [name for name in hidden if name not in own]
    groups = [([name], own[name]) for name in own]
    groups += [([name], sparsity) for name in others] if each else [(others, sparsity)]
    keep = {name: np.ones_like(weight) for name, weight in hidden.items()}
    for names, share in groups:
        matrices = {n: hidden[n].reshape(-1, hidden[n].shape[-1]) for n in names}
        norms = {n: np.linalg.norm(m, ord=norm, axis=0) for n, m in matrices.items()}
        ranked = sorted((value, n, unit) for n in names for unit, value in enumerate(norms[n]))
        left = {n: len(norms[n]) for n in names}
        missing = int(share * len(ranked) + 0.5)
        for _, name, unit in ranked:
            if missing > 0 and left[name] > 1:
                keep[name][..., unit] = 0
                left[name] -= 1
                missing -= 1
    remove(model, keep)`,
  },
  afterRound: {
    calls: ['kernels'],
    code: `
def after_round(model, to, left):
    """The sparsity after this round: each takes the same share of what is left (Han et al. 2015)."""
    pruned = sum((mask == 0).sum() for mask in masks.values())
    now = pruned / sum(weight.size for weight in kernels(model).values())
    return now if now >= to else 1 - (1 - now) * ((1 - to) / (1 - now)) ** (1 / left)`,
  },
  rewind: {
    calls: ['applyMasks'],
    code: `
def rewind(model, weights):
    """The weights that stay go back to what they were (Frankle & Carbin 2019)."""
    model.set_weights(weights)
    apply_masks(model)`,
  },
  drawAnew: {
    calls: ['applyMasks'],
    code: `
def draw_anew(model):
    # A clone is drawn with the seeds of the original: others make other weights.
    for layer in model.layers:
        if hasattr(layer, "kernel"):
            fan_in = int(np.prod(layer.kernel.shape[:-1]))
            deviation = float(np.sqrt(2 / fan_in))
            layer.kernel.assign(deviation * rng.standard_normal(layer.kernel.shape))
            layer.bias.assign(np.zeros(layer.bias.shape))
    apply_masks(model)`,
  },
  symmetric: {
    code: `
def symmetric(w, kept, bits):
    """2^bits - 1 levels, evenly from -max|w| to max|w|."""
    largest = 2 ** (bits - 1) - 1
    scale = np.abs(w).max(axis=1, keepdims=True) / largest
    scale[scale == 0] = 1
    return scale * np.clip(np.round(w / scale), -largest, largest)`,
  },
  affine: {
    code: `
def affine(w, kept, bits):
    """2^bits levels, evenly from min w to max w; zero is one of them."""
    largest = 2**bits - 1
    low = np.minimum(0, w.min(axis=1, keepdims=True))
    high = np.maximum(0, w.max(axis=1, keepdims=True))
    scale = (high - low) / largest
    scale[scale == 0] = 1
    zero = np.round(-low / scale)
    return scale * (np.clip(np.round(w / scale) + zero, 0, largest) - zero)`,
  },
  ternary: {
    code: `
def ternary(w, kept, bits):
    """-a, 0 and a, a being the mean of the |w| above 0.7 mean|w| (Li, Zhang & Liu 2016)."""
    size = np.abs(w) * kept
    count = np.maximum(1, kept.sum(axis=1, keepdims=True))
    large = size > 0.7 * size.sum(axis=1, keepdims=True) / count
    a = (size * large).sum(axis=1, keepdims=True)
    return a / np.maximum(1, large.sum(axis=1, keepdims=True)) * np.sign(w) * large`,
  },
  binary: {
    code: `
def binary(w, kept, bits):
    """-a and a, a being mean|w|."""
    count = np.maximum(1, kept.sum(axis=1, keepdims=True))
    a = (np.abs(w) * kept).sum(axis=1, keepdims=True) / count
    return np.where(w < 0, -a, a) * kept`,
  },
  powersOfTwo: {
    code: `
def powers_of_two(w, kept, bits):
    """0 and ± the 2^(bits-1) - 1 powers of two from that nearest to max|w| down."""

    def nearest(size):
        exponent = np.floor(np.log2(np.maximum(size, 2.0**-126)))
        return 2 ** (exponent + (size >= 1.5 * 2**exponent))

    size = np.abs(w)
    largest = nearest(size.max(axis=1, keepdims=True))
    least = largest * 2.0 ** (2 - 2 ** (bits - 1))
    return np.where(size < least / 2, 0, np.sign(w) * np.clip(nearest(size), least, largest))`,
  },
  codebook: {
    code: `
def codebook(w, kept, bits):
    """2^bits centroids by k-means, started evenly; a pruned zero takes none (Han et al. 2016)."""
    result = np.zeros_like(w)
    for row, values, keep in zip(result, w, kept.astype(bool)):
        if not keep.any():
            continue
        sample = values[keep]
        levels = np.linspace(sample.min(), sample.max(), 2**bits)
        while True:
            nearest = np.abs(sample[:, None] - levels).argmin(axis=1)
            count = np.bincount(nearest, minlength=len(levels))
            sums = np.bincount(nearest, weights=sample, minlength=len(levels))
            moved = np.where(count > 0, sums / np.maximum(1, count), levels)
            if (moved == levels).all():
                break
            levels = moved
        row[keep] = levels[nearest]
    return result`,
  },
  rounding: {
    code: `
def rounding(scheme, bits, per="channel", group=None, own={}):
    """How a layer's weights are rounded: units, groups of inputs or the whole share their levels."""

    def rounded(name, weight):
        keep = masks[name] if name in masks else np.ones_like(weight)
        inputs, units = weight.size // weight.shape[-1], weight.shape[-1]
        size = {"channel": inputs, "tensor": weight.size, "group": group}[per]
        pad = ((0, 0), (0, -inputs % size if per == "group" else 0))
        parts = [np.pad(a.reshape(inputs, units).T, pad).reshape(-1, size) for a in (weight, keep)]
        chosen, width = own.get(name, (scheme, bits))
        levels = chosen(*parts, width).reshape(units, -1)[:, :inputs]
        return levels.T.reshape(weight.shape) * keep

    return rounded`,
  },
  quantize: {
    calls: ['roundWeights'],
    code: `
def quantize(model, rounded):
    round_weights(model, rounded)`,
  },
  roundWeights: {
    calls: ['kernels'],
    code: `
def round_weights(model, rounded):
    """Rounds every kernel, and returns it before and after."""
    behind = {}
    for name, weight in kernels(model).items():
        levels = rounded(name, weight)
        model.get_layer(name).kernel.assign(levels)
        behind[name] = weight, levels
    return behind


def step_behind(model, behind):
    for name, (weight, levels) in behind.items():
        kernel = model.get_layer(name).kernel
        kernel.assign(weight + kernel - levels)`,
  },
  lowRank: {
    code: `
def low_rank(model, rank=None, energy=None):
    """Two thin layers in place of each dense one that becomes smaller by it."""
    layers, weights = [keras.Input(model.input_shape[1:])], {}
    for layer in model.layers:
        config = layer.get_config()
        layers.append(layer.__class__.from_config(config))
        weights[layer.name] = layer.get_weights()
        if not isinstance(layer, keras.layers.Dense):
            continue
        kernel, bias = layer.get_weights()
        u, s, v = np.linalg.svd(kernel, full_matrices=False)
        share = np.cumsum(s**2) / (s**2).sum()
        k = min(rank or int((share < energy).sum()) + 1, len(s))
        if k * (sum(kernel.shape) + 1) >= kernel.size:
            continue
        first, second = layer.name + "a", layer.name + "b"
        layers[-1:] = [
            keras.layers.Dense(k, name=first),
            keras.layers.Dense(layer.units, activation=layer.activation, name=second),
        ]
        weights[first] = [u[:, :k] * np.sqrt(s[:k]), np.zeros(k)]
        weights[second] = [np.sqrt(s[:k, None]) * v[:k], bias]
        masks.pop(layer.name, None)
    thin = keras.Sequential(layers)
    for layer in thin.layers:
        layer.set_weights(weights[layer.name])
    return thin`,
  },
  copyOf: {
    code: `
def copy_of(model):
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    return copy`,
  },
};
