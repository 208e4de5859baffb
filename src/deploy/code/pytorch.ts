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

/** The recipe as a PyTorch script. */
export function pytorchScript(plan: CodePlan): string {
  const { info, needs, architecture, experiment } = plan;
  const steps = writeSteps(
    plan,
    dialect,
    () => [],
    (model) => [`model = ${sequential(resolveModel(model, info))}`, 'initialize(model)'],
  );
  const first = [
    ...(steps.calls.includes('rewind') && experiment.recipe.some(isToInit)
      ? ['initial = copy.deepcopy(model.state_dict())']
      : []),
  ];
  const state = [
    ...(needs.masks ? ['masks = {}  # by layer: 1 keeps, 0 is pruned'] : []),
    ...(needs.milestones.length > 0
      ? [`milestones = {${needs.milestones.map((at) => `${String(at)}: None`).join(', ')}}`]
      : []),
    ...(needs.milestones.length > 0 ? ['iteration = 0  # over the whole recipe'] : []),
  ];
  const helpers = helpersOf({ ...coreHelpers(plan), ...PYTHON_HELPERS, ...HELPERS }, [
    ...steps.calls,
    ...['initialize', 'loss'],
  ]).map((code) => adapted(code, plan));
  return [
    `"""${plan.title}\n\n${plan.link}\n\nNeeds: pip install torch${packages(plan)}\n"""`,
    imports(plan, [...helpers, ...first, ...steps.lines].join('\n')),
    `\ntorch.manual_seed(${String(experiment.seed)})`,
    ...(isPictures(plan) ? [] : [`rng = np.random.default_rng(${String(experiment.seed)})`]),
    data(plan),
    ...(state.length > 0 ? ['', ...state] : []),
    ...helpers.map((helper) => `\n\n${helper}`),
    '\n',
    `model = ${sequential(architecture)}`,
    'initialize(model)',
    ...first,
    ...steps.lines,
    '',
  ].join('\n');
}

/** The loss has the task's name, and masks are asked for only where something is pruned. */
function adapted(code: string, { info, needs }: CodePlan): string {
  const loss = info.task === 'classification' ? 'cross_entropy' : 'squared_error';
  const keep = 'rows_of(masks[name]) if name in masks else torch.ones_like(matrix)';
  return code
    .replace('LOSS', loss)
    .replace(needs.masks ? '' : keep, needs.masks ? '' : 'torch.ones_like(matrix)')
    .replace(needs.masks ? '' : '        masks.pop(name, None)\n', '');
}

function isToInit(step: CodePlan['experiment']['recipe'][number]): boolean {
  return step.technique === 'prune' && step.rewind === 'init';
}

function isPictures({ info }: CodePlan): boolean {
  return info.shape.length === 3;
}

function packages(plan: CodePlan): string {
  if (isPictures(plan)) return ' torchvision';
  return plan.info.id === 'iris' ? ' numpy scikit-learn' : ' numpy';
}

function imports(plan: CodePlan, code: string): string {
  const uses = (text: string) => code.includes(text);
  return [
    ...(uses('copy.deepcopy') ? ['import copy'] : []),
    ...(uses('math.') ? ['import math'] : []),
    'from collections import OrderedDict',
    '',
    ...(isPictures(plan) ? [] : ['import numpy as np']),
    'import torch',
    ...(plan.info.id === 'iris' ? ['from sklearn.datasets import load_iris'] : []),
    'from torch import nn',
    'from torch.nn import functional as F',
    ...(isPictures(plan) ? ['from torchvision import datasets'] : []),
  ].join('\n');
}

function data(plan: CodePlan): string {
  if (!isPictures(plan)) {
    return `${numpyData(plan)}
(train_x, train_y), (valid_x, valid_y), (test_x, test_y) = [
    (torch.from_numpy(x), torch.from_numpy(y))
    for x, y in [(train_x, train_y), (valid_x, valid_y), (test_x, test_y)]
]`;
  }
  const set = plan.info.id === 'mnist' ? 'MNIST' : 'FashionMNIST';
  const count = String(plan.info.train);
  return `

def load(train):
    data = datasets.${set}("data", train=train, download=True)
    return data.data.unsqueeze(1).float() / 255, data.targets


train_x, train_y = load(train=True)
valid_x, valid_y = train_x[${count}:], train_y[${count}:]
train_x, train_y = train_x[:${count}], train_y[:${count}]
test_x, test_y = load(train=False)`;
}

const dialect: Dialect = pythonDialect(({ optimizer, lr, momentum, decay }) => {
  const rate = `lr=${numberText(lr)}`;
  const all = 'model.parameters()';
  switch (optimizer) {
    case 'momentum':
      return `torch.optim.SGD(${all}, ${rate}, momentum=${numberText(momentum)})`;
    case 'nesterov':
      return `torch.optim.SGD(${all}, ${rate}, momentum=${numberText(momentum)}, nesterov=True)`;
    case 'rmsprop':
      return `torch.optim.RMSprop(${all}, ${rate}, alpha=0.9)`;
    case 'adagrad':
      return `torch.optim.Adagrad(${all}, ${rate}, eps=1e-8)`;
    case 'adam':
      return `torch.optim.Adam(${all}, ${rate})`;
    case 'adamw':
      return `torch.optim.AdamW(decayed(model, ${numberText(decay)}), ${rate})`;
    case 'lion':
      return `Lion(decayed(model, ${numberText(decay)}), ${rate})`;
    default:
      return `torch.optim.SGD(${all}, ${rate})`;
  }
});

/** `nn.Sequential(OrderedDict([…]))`, layers called as in the link. */
function sequential({ layers }: Architecture): string {
  const modules = layers.flatMap((layer) => modulesOf(layer));
  const lines = modules.map(([name, module]) => `    ("${name}", ${module}),`);
  return `nn.Sequential(OrderedDict([\n${lines.join('\n')}\n]))`;
}

type Module = readonly [name: string, code: string];

function modulesOf(layer: Layer): readonly Module[] {
  const { name } = layer;
  const channels = String(layer.input.at(-1) ?? 1);
  switch (layer.type) {
    case 'dense': {
      const inputs = layer.input.reduce((product, side) => product * side, 1);
      return [
        [name, `nn.Linear(${String(inputs)}, ${String(layer.units)})`],
        ...activation(name, layer.activation),
      ];
    }
    case 'conv': {
      const { filters, kernel, stride, padding } = layer;
      const args = [channels, String(filters), String(kernel)];
      const strided = stride === 1 ? [] : [`stride=${String(stride)}`];
      // PyTorch pads a convolution by itself only where it has no stride.
      const pads = padding === 'same' && stride > 1;
      const padded = padding === 'same' && !pads ? ['padding="same"'] : [];
      return [
        ...(pads ? [[`${name}_pad`, `nn.ZeroPad2d(${samePadding(layer)})`] as const] : []),
        [name, `nn.Conv2d(${[...args, ...strided, ...padded].join(', ')})`],
        ...activation(name, layer.activation),
      ];
    }
    case 'maxpool':
    case 'avgpool': {
      const { size, stride, type } = layer;
      const module = type === 'maxpool' ? 'MaxPool2d' : 'AvgPool2d';
      const strided = stride === size ? '' : `, stride=${String(stride)}`;
      return [[name, `nn.${module}(${String(size)}${strided})`]];
    }
    case 'batchnorm':
      return [[name, `nn.BatchNorm${layer.input.length > 1 ? '2d' : '1d'}(${channels})`]];
    case 'dropout':
      return [[name, `nn.Dropout(${numberText(layer.rate)})`]];
    case 'flatten':
      return [[name, 'nn.Flatten()']];
    case 'quantize':
      return [];
  }
}

/** What TensorFlow puts around a picture: left, right, top and bottom; the odd row and column last. */
function samePadding({ input, kernel, stride }: Extract<Layer, { type: 'conv' }>): string {
  const around = (side: number) => {
    const total = Math.max(0, (Math.ceil(side / stride) - 1) * stride + kernel - side);
    return [Math.floor(total / 2), Math.ceil(total / 2)] as const;
  };
  const [height = 1, width = 1] = input;
  return `(${[...around(width), ...around(height)].join(', ')})`;
}

const ACTIVATIONS = {
  relu: 'nn.ReLU()',
  leaky: 'nn.LeakyReLU(0.01)',
  tanh: 'nn.Tanh()',
  sigmoid: 'nn.Sigmoid()',
  gelu: 'nn.GELU()',
  none: '',
} as const;

function activation(name: string, id: keyof typeof ACTIVATIONS): readonly Module[] {
  return id === 'none' ? [] : [[`${name}_${id}`, ACTIVATIONS[id]]];
}

/** Functions that look different from recipe to recipe. */
function coreHelpers(plan: CodePlan): Readonly<Record<string, Helper>> {
  const { needs, info, architecture } = plan;
  const classes = info.task === 'classification';
  const initializers = new Set(
    architecture.layers.flatMap((l) => (l.type === 'dense' || l.type === 'conv' ? [l] : [])),
  );
  const glorot = [...initializers].filter(({ initializer }) => initializer === 'glorot');
  const lecun = [...initializers].filter(({ initializer }) => initializer === 'lecun');
  const named = (layers: typeof glorot) => layers.map(({ name }) => `"${name}"`).join(', ');
  return {
    kernels: {
      code: `
def kernels(model):
    """The weights that are pruned and quantized, by layer."""
    kinds = (nn.Linear, nn.Conv2d)
    layers = model.named_children()
    return {name: layer.weight for name, layer in layers if isinstance(layer, kinds)}`,
    },
    initialize: {
      calls: ['kernels'],
      code: `
def initialize(model):
    for name, weight in kernels(model).items():
        fan_in = weight[0].numel()
${
  lecun.length > 0
    ? `        if name in {${named(lecun)}}:\n            nn.init.normal_(weight, std=fan_in**-0.5)\n            continue\n`
    : ''
}        if name in {${named(glorot)}}:
            nn.init.xavier_normal_(weight)
        else:
            nn.init.normal_(weight, std=(2 / fan_in) ** 0.5)  # He et al. 2015
        nn.init.zeros_(model.get_submodule(name).bias)`,
    },
    loss: {
      code: classes
        ? `
def cross_entropy(logits, rows):
    return F.cross_entropy(logits, train_y[rows])`
        : `
def squared_error(values, rows):
    return F.mse_loss(values, train_y[rows])`,
    },
    ...(needs.squared ? { squaredError: { code: SQUARED_ERROR } } : {}),
    smoothed: {
      code: `
def smoothed(smoothing):
    return lambda logits, rows: F.cross_entropy(logits, train_y[rows], label_smoothing=smoothing)`,
    },
    predict: {
      code: `
@torch.no_grad()
def predict(model, x):
    model.eval()
    return torch.cat([model(part) for part in x.split(1000)])`,
    },
    decayed: {
      calls: ['kernels'],
      code: `
def decayed(model, decay):
    """Weight decay is for kernels, not for biases."""
    weights = list(kernels(model).values())
    rest = [p for p in model.parameters() if not any(p is w for w in weights)]
    return [{"params": weights, "weight_decay": decay}, {"params": rest, "weight_decay": 0}]`,
    },
    train: {
      calls: ['kernels', 'predict', ...(needs.masks ? ['applyMasks'] : [])],
      code: trainCode(plan),
    },
    report: {
      calls: ['predict', 'kernels'],
      code: `
def report(label, model):
    outputs = predict(model, test_x)
${
  classes
    ? '    score = f"accuracy {(outputs.argmax(1) == test_y).float().mean():.4f}"'
    : '    score = f"mean squared error {F.mse_loss(outputs, test_y):.5f}"'
}
    weights = torch.cat([w.flatten() for w in kernels(model).values()])
    print(f"{label}: {score}, {(weights == 0).float().mean():.4f} of the weights are zero")`,
    },
    ...(needs.distill ? { taughtBy: { code: taughtBy(classes), calls: ['predict'] } } : {}),
  };
}

const SQUARED_ERROR = `
def squared_error(logits, rows):
    return F.mse_loss(logits, F.one_hot(train_y[rows], logits.shape[1]).float())`;

function taughtBy(classes: boolean): string {
  return classes
    ? `
def taught_by(teacher, temperature, weight):
    """The answers of a teacher, softened, beside the labels (Hinton, Vinyals & Dean 2015)."""
    answers = F.log_softmax(predict(teacher, train_x) / temperature, dim=1)

    def loss(logits, rows):
        said = F.log_softmax(logits / temperature, dim=1)
        apart = F.kl_div(said, answers[rows], log_target=True, reduction="batchmean")
        labels = F.cross_entropy(logits, train_y[rows])
        return (1 - weight) * labels + weight * temperature**2 * apart

    return loss`
    : `
def taught_by(teacher, weight):
    """Targets a share of the way to what the teacher says."""
    targets = torch.lerp(train_y, predict(teacher, train_x), weight)
    return lambda values, rows: F.mse_loss(values, targets[rows])`;
}

function trainCode(plan: CodePlan): string {
  const { needs, info } = plan;
  const classes = info.task === 'classification';
  const rated = hasRate(plan);
  const loss = classes ? 'cross_entropy' : 'squared_error';
  const other = needs.distill || needs.squared || needs.smoothing;
  const penalties = [
    ...(needs.l1 ? ['l1 * w.abs().sum()'] : []),
    ...(needs.l2 ? ['l2 * w.square().sum()'] : []),
  ];
  const head = wrapCall('def train', [...trainParameters(plan, other ? [`loss=${loss}`] : [])]);
  const value = `value = ${other ? 'loss' : loss}(model(train_x[rows]), rows)`;
  const body = [
    ...(rated ? ['lr = optimizer.param_groups[0]["lr"]'] : []),
    ...(rated || needs.gradual
      ? ['steps = math.ceil(len(train_x) / batch_size)', 'total = epochs * steps']
      : []),
    ...(needs.warmup ? ['rise = min(total, int(warmup * steps + 0.5))'] : []),
    ...(rated || needs.gradual ? ['done = 0'] : []),
    ...(needs.patience ? ['best, best_loss, waited = None, math.inf, 0'] : []),
    'for _ in range(epochs):',
    ...indented(
      [
        'model.train()',
        'for rows in torch.randperm(len(train_x)).split(batch_size):',
        ...indented(
          [
            ...(needs.gradual ? ['if before:', '    before(done, total)'] : []),
            ...(rated || needs.gradual ? ['done += 1'] : []),
            ...rateLines(plan),
            ...(rated ? ['for group in optimizer.param_groups:', '    group["lr"] = rate'] : []),
            ...(needs.rounded
              ? [
                  '# The gradient is that of the rounded weights, the step is that of the weights',
                  '# behind them: a straight-through estimator (Bengio et al. 2013).',
                  'behind = round_weights(model, rounded) if rounded else {}',
                ]
              : []),
            value,
            ...(penalties.length > 0
              ? [`value = value + sum(${penalties.join(' + ')} for w in kernels(model).values())`]
              : []),
            'optimizer.zero_grad()',
            'value.backward()',
            ...(needs.rounded ? ['restore(model, behind)'] : []),
            ...(needs.clip
              ? ['if clip:', '    nn.utils.clip_grad_norm_(model.parameters(), clip)']
              : []),
            'optimizer.step()',
            ...(needs.masks ? ['apply_masks(model)'] : []),
            ...(needs.milestones.length > 0
              ? [
                  'iteration += 1',
                  'if iteration in milestones:',
                  '    milestones[iteration] = copy.deepcopy(model.state_dict())',
                ]
              : []),
          ],
          '    ',
        ),
        ...(needs.patience
          ? [
              'if patience:',
              `    now = ${classes ? 'F.cross_entropy' : 'F.mse_loss'}(predict(model, valid_x), valid_y).item()`,
              '    waited += 1',
              '    if now < best_loss:',
              '        best, best_loss, waited = copy.deepcopy(model.state_dict()), now, 0',
              '    if waited >= patience:',
              '        break',
            ]
          : []),
      ],
      '    ',
    ),
    ...(needs.patience ? ['if best:', '    model.load_state_dict(best)'] : []),
  ];
  const global = needs.milestones.length > 0 ? ['global iteration'] : [];
  return [
    `${head}:`,
    '    """Gradient descent over shuffled epochs."""',
    ...indented([...global, ...body], '    '),
  ].join('\n');
}

/** Functions that are the same in every recipe that needs them. Matrices are `[units, inputs]`. */
const HELPERS: Readonly<Record<string, Helper>> = {
  lion: {
    code: `
class Lion(torch.optim.Optimizer):
    """The sign of a momentum (Chen et al. 2023)."""

    def __init__(self, params, lr):
        super().__init__(params, {"lr": lr, "weight_decay": 0})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in (p for p in group["params"] if p.grad is not None):
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                change = torch.lerp(p.grad, m, 0.9).sign() + group["weight_decay"] * p
                p.sub_(group["lr"] * change)
                m.lerp_(p.grad, 0.01)`,
  },
  applyMasks: {
    calls: ['kernels'],
    code: `
@torch.no_grad()
def apply_masks(model):
    for name, weight in kernels(model).items():
        if name in masks:
            weight.mul_(masks[name])
            # A unit without weights has been removed, and with it its bias.
            model.get_submodule(name).bias.mul_(masks[name].flatten(1).any(1))`,
  },
  rowsOf: {
    code: `
def rows_of(weight):
    """The weights as [units, inputs]; of a convolution channels come last, as in the recipe."""
    return weight.flatten(1) if weight.dim() == 2 else weight.permute(0, 2, 3, 1).flatten(1)


def from_rows(matrix, weight):
    if weight.dim() == 2:
        return matrix
    units, channels, height, width = weight.shape
    return matrix.reshape(units, height, width, channels).permute(0, 3, 1, 2)`,
  },
  remove: {
    calls: ['applyMasks', 'kernels'],
    code: `
@torch.no_grad()
def remove(model, keep, delta=1):
    """Prunes the weights whose keep is 0; with delta below 1 they only shrink."""
    for name, weight in kernels(model).items():
        if name in keep and delta == 1:
            masks[name] = keep[name] * masks.get(name, 1)
        elif name in keep:
            weight.mul_(1 - delta * (1 - keep[name]))
    apply_masks(model)`,
  },
  magnitude: {
    calls: ['kernels'],
    code: `
def magnitude(model):
    return {name: weight.detach().abs() for name, weight in kernels(model).items()}`,
  },
  randomScores: {
    calls: ['kernels'],
    code: `
def random_scores(model):
    return {name: torch.rand_like(weight) for name, weight in kernels(model).items()}`,
  },
  saliency: {
    calls: ['kernels', 'loss'],
    code: `
def saliency(model, batches):
    """|w · dL/dw|, summed over batches of 128 training examples."""
    model.eval()
    scores = {name: torch.zeros_like(weight) for name, weight in kernels(model).items()}
    for rows in torch.randperm(len(train_x)).split(128)[:batches]:
        weights = kernels(model)
        LOSS(model(train_x[rows]), rows).backward()
        for name, weight in weights.items():
            scores[name] += (weight * weight.grad).abs().detach()
        model.zero_grad()
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
        flat = [
            scores[n].masked_fill(masks[n] == 0, -math.inf) if n in masks else scores[n]
            for n in names
        ]
        order = torch.cat([s.flatten() for s in flat]).argsort(stable=True)
        keep = torch.ones(len(order))
        keep[order[: int(share * len(order) + 0.5)]] = 0
        parts = keep.split([s.numel() for s in flat])
        remove(model, {n: k.reshape(s.shape) for n, k, s in zip(names, parts, flat)}, delta)`,
  },
  pruneBelow: {
    calls: ['remove', 'kernels'],
    code: `
def prune_below(model, threshold, delta=1):
    remove(model, {n: (w.abs() >= threshold).float() for n, w in kernels(model).items()}, delta)`,
  },
  pruneScaled: {
    calls: ['remove', 'kernels'],
    code: `
def prune_scaled(model, factor, delta=1):
    """Prunes |w| < factor · ‖W‖ / fan-in."""
    keep = {}
    for name, weight in kernels(model).items():
        keep[name] = (weight.abs() >= factor * weight.norm() / weight[0].numel()).float()
    remove(model, keep, delta)`,
  },
  pruneNOfM: {
    calls: ['remove', 'rowsOf', 'kernels'],
    code: `
def prune_n_of_m(model, scores, n, m, delta=1):
    """Of each m consecutive inputs of a unit, the n with the highest scores stay."""
    keep = {}
    for name, weight in kernels(model).items():
        matrix = rows_of(scores[name])
        inputs = matrix.shape[1]
        groups = F.pad(matrix, (0, -inputs % m)).reshape(-1, m)
        lowest = groups.argsort(dim=1, stable=True)[:, : max(0, m - n)]
        kept = torch.ones_like(groups).scatter(1, lowest, 0).reshape(len(matrix), -1)
        keep[name] = from_rows(kept[:, :inputs], weight)
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
    keep = {name: torch.ones_like(weight) for name, weight in hidden.items()}
    for names, share in groups:
        norms = {n: hidden[n].detach().flatten(1).norm(p=norm, dim=1).tolist() for n in names}
        ranked = sorted((value, n, unit) for n in names for unit, value in enumerate(norms[n]))
        left = {n: len(norms[n]) for n in names}
        missing = int(share * len(ranked) + 0.5)
        for _, name, unit in ranked:
            if missing > 0 and left[name] > 1:
                keep[name][unit] = 0
                left[name] -= 1
                missing -= 1
    remove(model, keep)`,
  },
  afterRound: {
    calls: ['kernels'],
    code: `
def after_round(model, to, left):
    """The sparsity after this round: each takes the same share of what is left (Han et al. 2015)."""
    pruned = sum(int((mask == 0).sum()) for mask in masks.values())
    now = pruned / sum(weight.numel() for weight in kernels(model).values())
    return now if now >= to else 1 - (1 - now) * ((1 - to) / (1 - now)) ** (1 / left)`,
  },
  rewind: {
    calls: ['applyMasks'],
    code: `
def rewind(model, weights):
    """The weights that stay go back to what they were (Frankle & Carbin 2019)."""
    model.load_state_dict(weights)
    apply_masks(model)`,
  },
  drawAnew: {
    calls: ['applyMasks', 'initialize'],
    code: `
def draw_anew(model):
    initialize(model)
    apply_masks(model)`,
  },
  symmetric: {
    code: `
def symmetric(w, kept, bits):
    """2^bits - 1 levels, evenly from -max|w| to max|w|."""
    largest = 2 ** (bits - 1) - 1
    scale = w.abs().amax(dim=1, keepdim=True) / largest
    scale[scale == 0] = 1
    return scale * (w / scale).round().clamp(-largest, largest)`,
  },
  affine: {
    code: `
def affine(w, kept, bits):
    """2^bits levels, evenly from min w to max w; zero is one of them."""
    largest = 2**bits - 1
    low, high = w.amin(dim=1, keepdim=True).clamp(max=0), w.amax(dim=1, keepdim=True).clamp(min=0)
    scale = (high - low) / largest
    scale[scale == 0] = 1
    zero = (-low / scale).round()
    return scale * (((w / scale).round() + zero).clamp(0, largest) - zero)`,
  },
  ternary: {
    code: `
def ternary(w, kept, bits):
    """-a, 0 and a, a being the mean of the |w| above 0.7 mean|w| (Li, Zhang & Liu 2016)."""
    size = w.abs() * kept
    large = size > 0.7 * size.sum(dim=1, keepdim=True) / kept.sum(dim=1, keepdim=True).clamp(min=1)
    a = (size * large).sum(dim=1, keepdim=True) / large.sum(dim=1, keepdim=True).clamp(min=1)
    return a * w.sign() * large`,
  },
  binary: {
    code: `
def binary(w, kept, bits):
    """-a and a, a being mean|w|."""
    a = (w.abs() * kept).sum(dim=1, keepdim=True) / kept.sum(dim=1, keepdim=True).clamp(min=1)
    return torch.where(w < 0, -a, a) * kept`,
  },
  powersOfTwo: {
    code: `
def powers_of_two(w, kept, bits):
    """0 and ± the 2^(bits-1) - 1 powers of two from that nearest to max|w| down."""

    def nearest(size):
        exponent = size.clamp(min=2.0**-126).log2().floor()
        return torch.exp2(exponent + (size >= 1.5 * torch.exp2(exponent)))

    size = w.abs()
    largest = nearest(size.amax(dim=1, keepdim=True))
    least = largest * 2.0 ** (2 - 2 ** (bits - 1))
    level = nearest(size).clamp(min=least, max=largest)
    return torch.where(size < least / 2, 0, w.sign() * level)`,
  },
  codebook: {
    code: `
def codebook(w, kept, bits):
    """2^bits centroids by k-means, started evenly; a pruned zero takes none (Han et al. 2016)."""
    result = torch.zeros_like(w)
    for row, values, keep in zip(result, w, kept.bool()):
        if not keep.any():
            continue
        sample = values[keep]
        levels = torch.linspace(sample.min(), sample.max(), 2**bits)
        while True:
            nearest = (sample[:, None] - levels).abs().argmin(dim=1)
            count = torch.bincount(nearest, minlength=len(levels))
            sums = torch.zeros_like(levels).index_add(0, nearest, sample)
            moved = torch.where(count > 0, sums / count.clamp(min=1), levels)
            if torch.equal(moved, levels):
                break
            levels = moved
        row[keep] = levels[nearest]
    return result`,
  },
  rounding: {
    calls: ['rowsOf'],
    code: `
def rounding(scheme, bits, per="channel", group=None, own={}):
    """How a layer's weights are rounded: units, groups of inputs or the whole share their levels."""

    def rounded(name, weight):
        matrix = rows_of(weight.detach())
        keep = rows_of(masks[name]) if name in masks else torch.ones_like(matrix)
        units, inputs = matrix.shape
        size = {"channel": inputs, "tensor": matrix.numel(), "group": group}[per]
        pad = -inputs % size if per == "group" else 0
        parts = [F.pad(m, (0, pad)).reshape(-1, size) for m in (matrix, keep)]
        chosen, width = own.get(name, (scheme, bits))
        levels = chosen(*parts, width).reshape(units, -1)[:, :inputs]
        return from_rows(levels * keep, weight)

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
@torch.no_grad()
def round_weights(model, rounded):
    """Rounds every kernel, and returns what was there before."""
    behind = {name: weight.clone() for name, weight in kernels(model).items()}
    for name, weight in kernels(model).items():
        weight.copy_(rounded(name, weight))
    return behind


@torch.no_grad()
def restore(model, behind):
    for name, weight in behind.items():
        kernels(model)[name].copy_(weight)`,
  },
  lowRank: {
    code: `
@torch.no_grad()
def low_rank(model, rank=None, energy=None):
    """Two thin layers in place of each dense one that becomes smaller by it."""
    layers = OrderedDict()
    for name, layer in model.named_children():
        layers[name] = layer
        if not isinstance(layer, nn.Linear):
            continue
        u, s, v = torch.linalg.svd(layer.weight, full_matrices=False)
        units, inputs = layer.weight.shape
        share = s.square().cumsum(0) / s.square().sum()
        k = min(rank or int((share < energy).sum()) + 1, len(s))
        if k * (units + inputs + 1) >= units * inputs:
            continue
        first, second = nn.Linear(inputs, k), nn.Linear(k, units)
        first.weight.copy_(s[:k, None].sqrt() * v[:k])
        first.bias.zero_()
        second.weight.copy_(u[:, :k] * s[:k].sqrt())
        second.bias.copy_(layer.bias)
        del layers[name]
        masks.pop(name, None)
        layers[name + "a"], layers[name + "b"] = first, second
    return nn.Sequential(layers)`,
  },
  copyOf: {
    code: `
def copy_of(model):
    return copy.deepcopy(model)`,
  },
};
