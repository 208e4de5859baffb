import type { CodePlan } from './plan';
import { indented, numberText, wrapCall, type Dialect, type Helper } from './write';

/** How Python writes what all steps have in common. */
export function pythonDialect(optimizer: Dialect['optimizer']): Dialect {
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const indent = '    ';
  return {
    comment: '#',
    takesApart: true,
    name: snake,
    call: (name, positional, named) =>
      wrapCall(snake(name), [
        ...positional,
        ...named.map(([key, value]) => `${snake(key)}=${value}`),
      ]),
    text: (value) => `"${value}"`,
    record: (entries) =>
      `{${entries.map(([key, value]) => `${/^\d+$/.test(key) ? key : `"${key}"`}: ${value}`).join(', ')}}`,
    assign: (target, value) => `${target} = ${value}`,
    truth: (value) => (value ? 'True' : 'False'),
    repeat: (variable, count, body) => [
      `for ${variable} in range(${String(count)}):`,
      ...indented(body, indent),
    ],
    when: (condition, body) => [`if ${condition}:`, ...indented(body, indent)],
    between: (name, body) => [`def ${name}(done, total):`, ...indented(body, indent), ''],
    optimizer,
  };
}

/** Of planar points and made-up regressions, how an example is drawn. */
const DRAWN: Readonly<Record<string, (noise: string) => string>> = {
  circles: (noise) => `
    """A disc of class 0 inside a ring of class 1, both evenly by area."""
    y = np.arange(count) % 2
    inner, outer = np.where(y == 0, 0.0, 0.7), np.where(y == 0, 0.4, 0.9)
    radius = np.sqrt(inner**2 + rng.random(count) * (outer**2 - inner**2))
    angle = 2 * np.pi * rng.random(count)
    x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    x += ${noise} * rng.standard_normal(x.shape)`,
  xor: (noise) => `
    """Four squares: class 0 where both coordinates have the same sign, class 1 elsewhere."""
    y = np.arange(count) % 2
    sign = np.where(np.arange(count) // 2 % 2 == 0, 1, -1)
    signs = np.stack([sign, np.where(y == 0, sign, -sign)], axis=1)
    x = signs * (0.1 + 0.8 * rng.random((count, 2)))
    x += ${noise} * rng.standard_normal(x.shape)`,
  gaussians: (noise) => `
    """Two round clouds."""
    y = np.arange(count) % 2
    x = np.where(y == 0, -0.35, 0.35)[:, None] + 0.2 * rng.standard_normal((count, 2))
    x += ${noise} * rng.standard_normal(x.shape)`,
  spiral: (noise) => `
    """Two spirals wound into one another, half a turn apart."""
    y = np.arange(count) % 2
    along = rng.random(count)
    radius, angle = 0.05 + 0.9 * along, 2 * np.pi * (1.5 * along + y / 2)
    x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    x += ${noise} * 0.3 * rng.standard_normal(x.shape)`,
  linear: (noise) => `
    """A weighted sum of ten features, and noise."""
    x = rng.standard_normal((count, 10))
    y = x @ weights + bias + ${noise} * rng.standard_normal(count)
    y = y[:, None]`,
  surface: (noise) => `
    """A hill and a valley over the plane."""
    x = rng.uniform(-1, 1, (count, 2))
    y = np.sin(np.pi * x[:, 0]) * np.cos(np.pi * x[:, 1] / 2)
    y = (y + ${noise} * rng.standard_normal(count))[:, None]`,
};

/** `x`, `y` of the three parts as NumPy arrays, where no library of the script's own brings them. */
export function numpyData({ info, noise, experiment }: CodePlan): string {
  const { train, validation, test } = info;
  const counts = [train, validation, test].map(String).join(', ');
  const type = info.task === 'classification' ? 'int64' : 'float32';
  if (info.id === 'iris') {
    return `
iris = load_iris()
order = rng.permutation(len(iris.data))
order = order[np.argsort(np.argsort(iris.target[order], kind="stable") % 50, kind="stable")]
parts = np.split(order, [${String(train)}, ${String(train + validation)}])
mean, deviation = iris.data[parts[0]].mean(axis=0), iris.data[parts[0]].std(axis=0)
(train_x, train_y), (valid_x, valid_y), (test_x, test_y) = [
    (((iris.data[part] - mean) / deviation).astype("float32"), iris.target[part].astype("int64"))
    for part in parts
]`;
  }
  const drawn = DRAWN[info.id]?.(numberText(noise)) ?? '';
  const fixed = experiment.dataset.startsWith('linear')
    ? 'weights, bias = rng.standard_normal(10), rng.standard_normal()\n\n\n'
    : '';
  return `

${fixed}def draw(count):${drawn}
    return x.astype("float32"), y.astype("${type}")


(train_x, train_y), (valid_x, valid_y), (test_x, test_y) = map(draw, (${counts}))`;
}

/** The rate's course, plain Python, and what a schedule of pruning asks for. */
export const PYTHON_HELPERS: Readonly<Record<string, Helper>> = {
  inSteps: {
    code: `
def in_steps(progress):
    return 1 if progress < 0.5 else 0.1 if progress < 0.75 else 0.01`,
  },
  cosine: {
    code: `
def cosine(progress):
    return (1 + math.cos(math.pi * progress)) / 2`,
  },
  oneCycle: {
    code: `
def one_cycle(progress):
    """From a tenth up and back in equal halves, then down to a thousandth (Smith 2018)."""
    if progress < 0.45:
        return 0.1 + 0.9 * progress / 0.45
    if progress < 0.9:
        return 1 - 0.9 * (progress - 0.45) / 0.45
    return 0.1 - 0.099 * (progress - 0.9) / 0.1`,
  },
  isDue: {
    code: `
def is_due(done, total, ramp):
    """Some forty times until the sparsity is reached."""
    length = max(1, int(ramp * total + 0.5))
    return done <= length and (done % math.ceil(length / 40) == 0 or done == length)`,
  },
  onRamp: {
    code: `
def on_ramp(done, total, to, ramp):
    """Fast while much is redundant, slow at the end (Zhu & Gupta 2017)."""
    length = max(1, int(ramp * total + 0.5))
    return to * (1 - (1 - min(1, done / length)) ** 3)`,
  },
};

/** How the rate of an iteration is found, in the body of \`train\`. */
export function rateLines({ needs }: CodePlan): readonly string[] {
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

/** Whether the learning rate is anything but constant. */
export function hasRate({ needs }: CodePlan): boolean {
  return needs.schedules.size > 0 || needs.warmup || needs.changes;
}

/** The parameters of \`train\` that the recipe needs. */
export function trainParameters({ needs }: CodePlan, extra: readonly string[]): readonly string[] {
  return [
    ...['model', 'optimizer', '*', 'epochs', 'batch_size'],
    ...extra,
    ...(needs.schedules.size > 0 ? ['schedule=lambda progress: 1'] : []),
    ...(needs.warmup ? ['warmup=0'] : []),
    ...(needs.changes ? ['changes={}'] : []),
    ...(needs.l1 ? ['l1=0'] : []),
    ...(needs.l2 ? ['l2=0'] : []),
    ...(needs.clip ? ['clip=None'] : []),
    ...(needs.patience ? ['patience=0'] : []),
    ...(needs.gradual ? ['before=None'] : []),
    ...(needs.rounded ? ['rounded=None'] : []),
  ];
}
