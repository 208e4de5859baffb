import type { CodePlan } from './plan';
import { numberText } from './write';

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
# Of each species the first go first: every part holds the three equally.
rank = np.argsort(np.argsort(iris.target[order], kind="stable"), kind="stable") % 50
order = order[np.argsort(rank, kind="stable")]
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
