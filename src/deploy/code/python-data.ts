import { LINEAR_SHIFT } from '../../experiment/dataset';
import type { CodePlan, CodeSet } from './plan';
import { numberText } from './write';

/** Of planar points and made-up regressions, how examples are drawn. */
const DRAWN: Readonly<Record<string, string>> = {
  circles: `
def circles(count, noise):
    """A disc of class 0 inside a ring of class 1, both evenly by area."""
    y = np.arange(count) % 2
    inner, outer = np.where(y == 0, 0.0, 0.7), np.where(y == 0, 0.4, 0.9)
    radius = np.sqrt(inner**2 + rng.random(count) * (outer**2 - inner**2))
    angle = 2 * np.pi * rng.random(count)
    x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    x += noise * rng.standard_normal(x.shape)`,
  xor: `
def xor(count, noise):
    """Four squares: class 0 where both coordinates have the same sign, class 1 elsewhere."""
    y = np.arange(count) % 2
    sign = np.where(np.arange(count) // 2 % 2 == 0, 1, -1)
    signs = np.stack([sign, np.where(y == 0, sign, -sign)], axis=1)
    x = signs * (0.1 + 0.8 * rng.random((count, 2)))
    x += noise * rng.standard_normal(x.shape)`,
  gaussians: `
def gaussians(count, noise):
    """Two round clouds."""
    y = np.arange(count) % 2
    x = np.where(y == 0, -0.35, 0.35)[:, None] + 0.2 * rng.standard_normal((count, 2))
    x += noise * rng.standard_normal(x.shape)`,
  spiral: `
def spiral(count, noise):
    """Two spirals wound into one another, half a turn apart."""
    y = np.arange(count) % 2
    along = rng.random(count)
    radius, angle = 0.05 + 0.9 * along, 2 * np.pi * (1.5 * along + y / 2)
    x = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    x += noise * 0.3 * rng.standard_normal(x.shape)`,
  linear: `
def linear(count, weights, noise):
    """A weighted sum of ten features and a bias, and noise."""
    x = rng.standard_normal((count, 10))
    y = x @ weights[:10] + weights[10] + noise * rng.standard_normal(count)
    y = y[:, None]`,
  surface: `
def surface(count, noise):
    """A hill and a valley over the plane."""
    x = rng.uniform(-1, 1, (count, 2))
    y = np.sin(np.pi * x[:, 0]) * np.cos(np.pi * x[:, 1] / 2)
    y = (y + noise * rng.standard_normal(count))[:, None]`,
};

/** What of the data a library has in its own way. */
export interface PythonData {
  /** Turns `x` and `y`, arrays of NumPy, into what it trains on. */
  readonly made: (x: string, y: string, task: CodeSet['info']['task']) => string;
  /** A function that gives the three parts of an image set, and what it is given. */
  readonly pictures: (validationFrom: string) => string;
  readonly source: (id: string) => string;
  /** Pictures turned clockwise by a right angle. */
  readonly turned: string;
}

const PARTS = '(train_x, train_y), (valid_x, valid_y), (test_x, test_y) =';

/** The functions that make the sets of a recipe, and the first of them. */
export function pythonData({ first, steps }: CodePlan, library: PythonData): string {
  const sets = [first, ...steps];
  const ids = new Set(sets.map(({ info }) => info.id));
  const views = new Set(sets.map(({ view }) => view));
  const functions = sets
    .filter(({ info }, index) => sets.findIndex((set) => set.info.id === info.id) === index)
    .flatMap(({ info, whole }) => {
      const drawn = DRAWN[info.id];
      if (drawn === undefined) return [];
      return [`${drawn}\n    return ${library.made('x', 'y', whole.task)}`];
    });
  const pictured = sets.find(({ info }) => info.shape.length === 3);
  const helpers = [
    ...(pictured === undefined ? [] : [library.pictures(String(pictured.whole.train))]),
    ...functions,
    ...(views.has('0-4') || views.has('5-9') ? [FIVE_CLASSES] : []),
    ...(views.has('inverted') ? [INVERTED] : []),
    ...(views.has('rotated') ? [rotated(library.turned)] : []),
  ];
  const fixed = [
    ...(ids.has('linear') ? ['weights = rng.standard_normal(11)'] : []),
    ...(views.has('shifted')
      ? [`shifted = weights + ${numberText(LINEAR_SHIFT)} * rng.standard_normal(11)`]
      : []),
  ];
  return [
    ...(fixed.length > 0 ? ['', ...fixed] : []),
    ...helpers.map((helper) => `\n\n${helper.trim()}`),
    ...(helpers.length > 0 ? ['\n'] : ['']),
    ...(ids.has('iris') ? [iris(first, library)] : []),
    partsOf(first, library),
  ].join('\n');
}

/** Puts a set in the place of the one before. */
export function partsOf(
  { info, whole, view, noise }: CodeSet,
  { source }: Pick<PythonData, 'source'>,
): string {
  if (info.id === 'iris') return `${PARTS} whole`;
  if (info.shape.length === 3) {
    const parts = `pictures(${source(info.id)})`;
    if (view === null) {
      const line = `${PARTS} ${parts}`;
      return line.length <= 88 ? line : `${PARTS} pictures(\n    ${source(info.id)}\n)`;
    }
    const seen =
      view === '0-4' || view === '5-9'
        ? `five_classes(part, ${view === '0-4' ? '0' : '5'})`
        : `${view}(part)`;
    return `${PARTS} [\n    ${seen} for part in ${parts}\n]`;
  }
  const weights =
    info.id === 'linear' ? [`weights=${view === 'shifted' ? 'shifted' : 'weights'}`] : [];
  const args = ['count', ...weights, `noise=${numberText(noise)}`].join(', ');
  const counts = [whole.train, whole.validation, whole.test].map(String).join(', ');
  return `${PARTS} [\n    ${info.id}(${args}) for count in (${counts})\n]`;
}

function iris({ info: { train, validation, task } }: CodeSet, { made }: PythonData): string {
  const example = made('(iris.data[part] - mean) / deviation', 'iris.target[part]', task);
  return `iris = load_iris()
order = rng.permutation(len(iris.data))
# Of each species the first go first: every part holds the three equally.
rank = np.argsort(np.argsort(iris.target[order], kind="stable"), kind="stable") % 50
order = order[np.argsort(rank, kind="stable")]
parts = np.split(order, [${String(train)}, ${String(train + validation)}])
mean, deviation = iris.data[parts[0]].mean(axis=0), iris.data[parts[0]].std(axis=0)
whole = [
    (${example})
    for part in parts
]`;
}

const FIVE_CLASSES = `
def five_classes(part, first):
    """The examples of five classes, which are counted from 0."""
    x, y = part
    kept = (y >= first) & (y < first + 5)
    return x[kept], y[kept] - first`;

const INVERTED = `
def inverted(part):
    """Dark ink on white."""
    x, y = part
    return 1 - x, y`;

function rotated(turned: string): string {
  return `
def rotated(part):
    """Turned clockwise by a right angle."""
    x, y = part
    return ${turned}, y`;
}
