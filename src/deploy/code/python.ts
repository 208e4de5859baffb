import type { Architecture } from '../../experiment/architecture';
import { hasRate, type CodePlan } from './plan';
import { PYTHON_HELPERS } from './python-helpers';
import { writeSteps } from './steps';
import { helpersOf, indented, wrapCall, type Dialect, type Helper } from './write';

/** What a library says in its own words in a script that is Python besides. */
export interface PythonLibrary {
  readonly dialect: Dialect;
  /** Behind `pip install`. */
  readonly packages: string;
  readonly imports: (code: string) => readonly string[];
  /** How random numbers and data come about. */
  readonly data: readonly string[];
  /** What makes `model` of an architecture. */
  readonly model: (architecture: Architecture) => readonly string[];
  /** A copy of all of the model's weights. */
  readonly weights: string;
  readonly helpers: Readonly<Record<string, Helper>>;
  /** Helpers that every script calls. */
  readonly always: readonly string[];
  /** What a helper says where nothing is pruned, in place of what it says of masks. */
  readonly unmasked: readonly (readonly [masked: string, unmasked: string])[];
}

/** The recipe as a Python script. */
export function pythonScript(plan: CodePlan, library: PythonLibrary): string {
  const { needs, architecture } = plan;
  const steps = writeSteps(plan, library.dialect, library.model);
  const first = needs.toInit ? [`initial = ${library.weights}`] : [];
  const milestones = needs.milestones.map((at) => `${String(at)}: None`).join(', ');
  const state = [
    ...(needs.masks ? ['masks = {}  # by layer: 1 keeps, 0 is pruned'] : []),
    ...(milestones === ''
      ? []
      : [`milestones = {${milestones}}`, 'iteration = 0  # over the whole recipe']),
  ];
  const unmasked = needs.masks ? [] : library.unmasked;
  const helpers = helpersOf({ ...library.helpers, ...PYTHON_HELPERS }, [
    ...steps.calls,
    ...library.always,
  ]).map((code) =>
    unmasked
      .reduce((text, [from, to]) => text.replace(from, to), code)
      .replace('LOSS', lossOf(plan)),
  );
  return [
    `"""${plan.title}\n\n${plan.link}\n\nNeeds: pip install ${library.packages}\n"""`,
    ...library.imports([...helpers, ...first, ...steps.lines].join('\n')),
    '',
    ...library.data,
    ...(state.length > 0 ? ['', ...state] : []),
    ...helpers.map((helper) => `\n\n${helper}`),
    '\n',
    ...library.model(architecture),
    ...first,
    ...steps.lines,
    '',
  ].join('\n');
}

const LOSSES = {
  classification: 'cross_entropy',
  regression: 'squared_error',
  both: 'task_loss',
} as const;

/** The loss that the task asks for. */
export function lossOf({ needs }: Pick<CodePlan, 'needs'>): string {
  return LOSSES[needs.task];
}

/** Whether `train` can be given another loss. */
export function hasOtherLoss({ needs }: CodePlan): boolean {
  return needs.distill || needs.squared || needs.smoothing;
}

/** What of `train` is a library's own. */
export interface PythonTraining {
  readonly begin: readonly string[];
  /** Where the rate stands, and what sets it. */
  readonly rate: string;
  readonly setRate: readonly string[];
  /** The head of the loop over an epoch's batches, and what comes before. */
  readonly epoch: readonly string[];
  /** What makes `rows` of it, if the head does not. */
  readonly rows: readonly string[];
  readonly step: readonly string[];
  /** What finds the loss `now` of the validation set. */
  readonly validation: readonly string[];
  readonly weights: string;
  readonly goBack: string;
}

/** The training loop, as long as the recipe needs it. */
export function pythonTrain(plan: CodePlan, dialect: Dialect, own: PythonTraining): string {
  const { needs } = plan;
  const rated = hasRate(needs);
  const counted = rated || needs.gradual;
  const marks = needs.milestones.length > 0;
  const inBatch = [
    ...own.rows,
    ...(needs.gradual ? ['if before:', '    before(done, total)'] : []),
    ...(counted ? ['done += 1'] : []),
    ...rateLines(plan),
    ...(rated ? own.setRate : []),
    ...own.step,
    ...afterStep(plan, own.weights),
  ];
  const afterEpoch = [
    ...own.validation,
    ...[
      'waited += 1',
      'if now < best_loss:',
      `    best, best_loss, waited = ${own.weights}, now, 0`,
    ],
    ...['if waited >= patience:', '    break'],
  ];
  const body = [
    ...(marks ? ['global iteration'] : []),
    ...own.begin,
    ...(rated ? [`lr = ${own.rate}`] : []),
    ...(counted ? ['steps = math.ceil(len(train_x) / batch_size)', 'total = epochs * steps'] : []),
    ...(needs.warmup ? ['rise = min(total, int(warmup * steps + 0.5))'] : []),
    ...(counted ? ['done = 0'] : []),
    ...(needs.patience ? ['best, best_loss, waited = None, math.inf, 0'] : []),
    'for _ in range(epochs):',
    ...indented(
      [
        ...own.epoch,
        ...indented(inBatch, INDENT),
        ...(needs.patience ? ['if patience:', ...indented(afterEpoch, INDENT)] : []),
      ],
      INDENT,
    ),
    ...(needs.patience ? ['if best:', `    ${own.goBack}`] : []),
  ];
  return [
    `${wrapCall('def train', parameters(plan, dialect))}:`,
    '    """Gradient descent over shuffled epochs."""',
    ...indented(body, INDENT),
  ].join('\n');
}

/** What follows every iteration. */
function afterStep({ needs }: CodePlan, weights: string): readonly string[] {
  return [
    ...(needs.masks ? ['apply_masks(model)'] : []),
    ...(needs.milestones.length > 0
      ? ['iteration += 1', 'if iteration in milestones:', `    milestones[iteration] = ${weights}`]
      : []),
  ];
}

/** Training as a network does that goes on to other data, with layers that are frozen. */
export function pythonTune(
  plan: CodePlan,
  own: Pick<PythonTraining, 'begin' | 'epoch' | 'rows' | 'step' | 'weights'>,
): string {
  const body = [
    ...(plan.needs.milestones.length > 0 ? ['global iteration'] : []),
    ...own.begin,
    'for _ in range(epochs):',
    ...indented(
      [
        ...own.epoch,
        ...indented([...own.rows, ...own.step, ...afterStep(plan, own.weights)], INDENT),
      ],
      INDENT,
    ),
  ];
  return [
    'def tune(model, optimizer, *, epochs, batch_size):',
    '    """Gradient descent for a network that goes on to other data."""',
    ...indented(body, INDENT),
  ].join('\n');
}

const INDENT = '    ';

/** The parameters of `train` that the recipe needs. */
function parameters(plan: CodePlan, { clips }: Dialect): readonly string[] {
  const { needs } = plan;
  return [
    ...['model', 'optimizer', '*', 'epochs', 'batch_size'],
    ...(hasOtherLoss(plan) ? [`loss=${lossOf(plan)}`] : []),
    ...(needs.schedules.size > 0 ? ['schedule=lambda progress: 1'] : []),
    ...(needs.warmup ? ['warmup=0'] : []),
    ...(needs.changes ? ['changes={}'] : []),
    ...(needs.l1 ? ['l1=0'] : []),
    ...(needs.l2 ? ['l2=0'] : []),
    ...(needs.clip && clips ? ['clip=None'] : []),
    ...(needs.patience ? ['patience=0'] : []),
    ...(needs.gradual ? ['before=None'] : []),
    ...(needs.rounded ? ['rounded=None'] : []),
  ];
}

/** How the rate of an iteration is found, in the body of `train`. */
function rateLines({ needs }: CodePlan): readonly string[] {
  const rate = needs.changes
    ? 'base = next((rate for since, rate in reversed(changes.items()) if since <= done), lr)'
    : null;
  const base = needs.changes ? 'base' : 'lr';
  const lines = rate === null ? [] : [rate];
  const scheduled = needs.schedules.size > 0;
  if (!needs.warmup) {
    return scheduled
      ? [...lines, `rate = ${base} * schedule((done - 1) / total)`]
      : [...lines, ...(rate === null ? [] : ['rate = base'])];
  }
  const after = scheduled ? 'schedule((done - 1 - rise) / (total - rise))' : '1';
  return [...lines, `rate = ${base} * (done / rise if done <= rise else ${after})`];
}

/** How Python writes what all steps have in common. */
export function pythonDialect(
  own: Pick<Dialect, 'clips' | 'optimizer' | 'load' | 'keep'>,
): Dialect {
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return {
    ...own,
    comment: '#',
    takesApart: true,
    name: snake,
    call: (name, positional, named) =>
      wrapCall(snake(name), [
        ...positional,
        ...named.map(([key, value]) => `${snake(key)}=${value}`),
      ]),
    statement: (call) => call,
    text: (value) => `"${value}"`,
    record: (entries) =>
      `{${entries.map(([key, value]) => `${/^\d+$/.test(key) ? key : `"${key}"`}: ${value}`).join(', ')}}`,
    assign: (target, value) => `${target} = ${value}`,
    truth: (value) => (value ? 'True' : 'False'),
    repeat: (variable, count, body) => [
      `for ${variable} in range(${String(count)}):`,
      ...indented(body, INDENT),
    ],
    each: (variables, of, body) => [
      `for ${variables.join(', ')} in ${of}:`,
      ...indented(body, INDENT),
    ],
    when: (condition, body) => [`if ${condition}:`, ...indented(body, INDENT)],
    between: (name, body) => [`def ${name}(done, total):`, ...indented(body, INDENT), ''],
  };
}
