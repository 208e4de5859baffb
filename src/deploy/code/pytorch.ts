import { ADAM_BETAS, EPSILON, RMSPROP_RHO } from '../../engine/constants';
import type { CodePlan, Needs } from './plan';
import {
  hasOtherLoss,
  lossOf,
  pythonDialect,
  pythonScript,
  pythonTrain,
  pythonTune,
} from './python';
import { partsOf, pythonData } from './python-data';
import { PYTORCH_DATA } from './pytorch-data';
import { pytorchHelpers, loneRow } from './pytorch-helpers';
import { namesOf, pytorchNetwork } from './pytorch-network';
import { PYTORCH_ROUNDING } from './pytorch-rounding';
import { pytorchTransfer } from './pytorch-transfer';
import {
  numberText,
  wrapCall,
  type Argument,
  type Dialect,
  type Expression,
  type Helper,
  type OptimizerSettings,
} from './write';

const WEIGHTS = 'copy.deepcopy(model.state_dict())';

/** The recipe as a PyTorch script. */
export function pytorchScript(plan: CodePlan): string {
  const seed = String(plan.experiment.seed);
  return pythonScript(plan, {
    dialect,
    packages: `torch${packages(plan)}`,
    imports: (code) => imports(plan, code),
    data: [
      `torch.manual_seed(${seed})`,
      ...(isPictures(plan) ? [] : [`rng = np.random.default_rng(${seed})`]),
      pythonData(plan, PYTORCH_DATA),
    ],
    model: (architecture) => [
      `model = ${pytorchNetwork(architecture)}`,
      `initialize(model, ${namesOf(architecture)})`,
    ],
    weights: WEIGHTS,
    helpers: {
      ...coreHelpers(plan),
      ...pytorchTransfer(plan.needs),
      ...pytorchHelpers(plan.needs),
      ...PYTORCH_ROUNDING,
    },
    always: ['initialize'],
    unmasked: [
      [
        'rows_of(masks[name]) if name in masks else torch.ones_like(matrix)',
        'torch.ones_like(matrix)',
      ],
      ['        masks.pop(name, None)\n', ''],
      ['        if name in masks:\n            masks[name] = cut(masks[name])\n', ''],
    ],
  });
}

function isPictures({ first }: CodePlan): boolean {
  return first.info.shape.length === 3;
}

function packages(plan: CodePlan): string {
  if (isPictures(plan)) return ' torchvision';
  return plan.first.info.id === 'iris' ? ' numpy scikit-learn' : ' numpy';
}

function imports(plan: CodePlan, code: string): readonly string[] {
  const uses = (text: string) => code.includes(text);
  return [
    ...(uses('copy.deepcopy') ? ['import copy'] : []),
    ...(uses('math.') ? ['import math'] : []),
    'from collections import OrderedDict',
    '',
    ...(isPictures(plan) ? [] : ['import numpy as np']),
    'import torch',
    ...(plan.first.info.id === 'iris' ? ['from sklearn.datasets import load_iris'] : []),
    'from torch import nn',
    'from torch.nn import functional as F',
    ...(isPictures(plan) ? ['from torchvision import datasets'] : []),
  ];
}

function optimizer(
  { optimizer, lr, momentum, decay }: OptimizerSettings,
  rates?: readonly Argument[],
): Expression {
  const betas = `betas=(${ADAM_BETAS.map(numberText).join(', ')})`;
  const epsilon = `eps=${numberText(EPSILON)}`;
  /** What is optimized, and how fast. Weight decay is for kernels alone. */
  const begin = (decays: boolean) => {
    if (rates !== undefined) {
      const decayed: readonly Argument[] = decays ? [['decay', numberText(decay)]] : [];
      const code = dialect.call('layerRates', ['model'], [...rates, ...decayed]);
      return { args: [code], calls: ['layerRates'] };
    }
    const rate = `lr=${numberText(lr)}`;
    return decays
      ? { args: [`decayed(model, ${numberText(decay)})`, rate], calls: ['decayed'] }
      : { args: ['model.parameters()', rate], calls: [] };
  };
  const made = (name: string, decays: boolean, settings: readonly string[]): Expression => {
    const { args, calls } = begin(decays);
    return { code: wrapCall(name, [...args, ...settings]), calls };
  };
  const of = (name: string, ...settings: readonly string[]) =>
    made(`torch.optim.${name}`, false, settings);
  switch (optimizer) {
    case 'momentum':
      return of('SGD', `momentum=${numberText(momentum)}`);
    case 'nesterov':
      return of('SGD', `momentum=${numberText(momentum)}`, 'nesterov=True');
    case 'rmsprop':
      return of('RMSprop', `alpha=${numberText(RMSPROP_RHO)}`, epsilon);
    case 'adagrad':
      return of('Adagrad', epsilon);
    case 'adam':
      return of('Adam', betas, epsilon);
    case 'adamw':
      return made('torch.optim.AdamW', true, [betas, epsilon]);
    case 'lion': {
      const { code, calls } = made('Lion', true, []);
      return { code, calls: ['lion', ...calls] };
    }
    default:
      return of('SGD');
  }
}

const dialect: Dialect = pythonDialect({
  ...{ clips: true, optimizer },
  load: (set) => [partsOf(set, PYTORCH_DATA)],
  keep: (picked) => [`train_x, train_y = ${picked}`],
});

/** Functions that look different from recipe to recipe. */
function coreHelpers(plan: CodePlan): Readonly<Record<string, Helper>> {
  const { needs } = plan;
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
      calls: ['kernels', 'draw'],
      code: `
def initialize(model, glorot, lecun):
    """Draws all weights after He et al. 2015, but those of these layers."""
    for name in kernels(model):
        drawn = "glorot" if name in glorot else "lecun" if name in lecun else "he"
        model.get_submodule(name).drawn = drawn
    draw(model)`,
    },
    draw: {
      code: `
def draw(model):
    for layer in model:
        if not hasattr(layer, "drawn"):
            continue
        if layer.drawn == "glorot":
            nn.init.xavier_normal_(layer.weight)
        else:
            gain = 1 if layer.drawn == "lecun" else 2
            nn.init.normal_(layer.weight, std=(gain / layer.weight[0].numel()) ** 0.5)
        nn.init.zeros_(layer.bias)`,
    },
    loss: { code: LOSSES[needs.task] },
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
      calls: ['loss', 'kernels', 'predict', ...(needs.masks ? ['applyMasks'] : [])],
      code: trainCode(plan),
    },
    tune: { calls: ['loss', ...(needs.masks ? ['applyMasks'] : [])], code: tuneCode(plan) },
    report: {
      calls: ['predict', 'kernels'],
      code: `
def report(label, model):
    outputs = predict(model, test_x)
${SCORES[needs.task]}
    weights = torch.cat([w.flatten() for w in kernels(model).values()])
    print(f"{label}: {score}, {(weights == 0).float().mean():.4f} of the weights are zero")`,
    },
    taughtBy: { code: TAUGHT_BY, calls: ['predict'] },
    mixedTargets: { code: MIXED_TARGETS, calls: ['predict'] },
    drawAnew: {
      calls: ['draw', ...(needs.masks ? ['applyMasks'] : [])],
      code: `
def draw_anew(model):
    draw(model)
    for layer in model:
        if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            layer.reset_parameters()${needs.masks ? '\n    apply_masks(model)' : ''}`,
    },
  };
}

/** Of the training examples in these rows. */
const LOSSES: Readonly<Record<Needs['task'], string>> = {
  classification: `
def cross_entropy(logits, rows):
    return F.cross_entropy(logits, train_y[rows])`,
  regression: `
def squared_error(values, rows):
    return F.mse_loss(values, train_y[rows])`,
  both: `
def error_of(outputs, targets):
    """Cross-entropy where the targets are classes, squared error where they are numbers."""
    return (F.mse_loss if targets.is_floating_point() else F.cross_entropy)(outputs, targets)


def task_loss(outputs, rows):
    return error_of(outputs, train_y[rows])`,
};

const ACCURACY = 'score = f"accuracy {(outputs.argmax(1) == test_y).float().mean():.4f}"';
const ERROR = 'score = f"mean squared error {F.mse_loss(outputs, test_y):.5f}"';
const SCORES: Readonly<Record<Needs['task'], string>> = {
  classification: `    ${ACCURACY}`,
  regression: `    ${ERROR}`,
  both: `    if test_y.is_floating_point():
        ${ERROR}
    else:
        ${ACCURACY}`,
};

const SQUARED_ERROR = `
def squared_error(logits, rows):
    return F.mse_loss(logits, F.one_hot(train_y[rows], logits.shape[1]).float())`;

const TAUGHT_BY = `
def taught_by(teacher, temperature, weight):
    """The answers of a teacher, softened, beside the labels (Hinton, Vinyals & Dean 2015)."""
    answers = F.log_softmax(predict(teacher, train_x) / temperature, dim=1)

    def loss(logits, rows):
        said = F.log_softmax(logits / temperature, dim=1)
        apart = F.kl_div(said, answers[rows], log_target=True, reduction="batchmean")
        labels = F.cross_entropy(logits, train_y[rows])
        return (1 - weight) * labels + weight * temperature**2 * apart

    return loss`;

const MIXED_TARGETS = `
def mixed_targets(teacher, weight):
    """A loss whose targets are a share of the way to what the teacher says."""
    targets = torch.lerp(train_y, predict(teacher, train_x), weight)
    return lambda values, rows: F.mse_loss(values, targets[rows])`;

function trainCode(plan: CodePlan): string {
  const { needs } = plan;
  const loss = hasOtherLoss(plan) ? 'loss' : lossOf(plan);
  const penalties = [
    ...(needs.l1 ? ['l1 * w.abs().sum()'] : []),
    ...(needs.l2 ? ['l2 * w.square().sum()'] : []),
  ].join(' + ');
  return pythonTrain(plan, dialect, {
    begin: [],
    rate: 'optimizer.param_groups[0]["lr"]',
    setRate: ['for group in optimizer.param_groups:', '    group["lr"] = rate'],
    epoch: ['model.train()', 'for rows in torch.randperm(len(train_x)).split(batch_size):'],
    rows: loneRow(needs),
    step: [
      ...(needs.rounded
        ? [
            '# The gradient is that of the rounded weights, the step is that of the weights',
            '# behind them: a straight-through estimator (Bengio et al. 2013).',
            'behind = round_weights(model, rounded) if rounded else {}',
          ]
        : []),
      `value = ${loss}(model(train_x[rows]), rows)`,
      ...(penalties === ''
        ? []
        : [`value = value + sum(${penalties} for w in kernels(model).values())`]),
      'optimizer.zero_grad()',
      'value.backward()',
      ...(needs.rounded ? ['restore(model, behind)'] : []),
      ...(needs.clip ? ['if clip:', '    nn.utils.clip_grad_norm_(model.parameters(), clip)'] : []),
      'optimizer.step()',
    ],
    validation: [`now = ${ERRORS[needs.task]}(predict(model, valid_x), valid_y).item()`],
    weights: WEIGHTS,
    goBack: 'model.load_state_dict(best)',
  });
}

const ERRORS = {
  classification: 'F.cross_entropy',
  regression: 'F.mse_loss',
  both: 'error_of',
} as const;

function tuneCode(plan: CodePlan): string {
  const { norms, dropouts } = plan.needs;
  return pythonTune(plan, {
    begin: [],
    epoch: [
      ...(norms || dropouts
        ? [
            'for layer in model:  # what is frozen works as in inference',
            '    layer.train(getattr(layer, "trains", True))',
          ]
        : ['model.train()']),
      'for rows in torch.randperm(len(train_x)).split(batch_size):',
    ],
    rows: loneRow(plan.needs),
    step: [
      'optimizer.zero_grad()',
      `${lossOf(plan)}(model(train_x[rows]), rows).backward()`,
      'optimizer.step()',
    ],
    weights: WEIGHTS,
  });
}
