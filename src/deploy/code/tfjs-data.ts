import { LINEAR_SHIFT } from '../../experiment/dataset';
import type { CodePlan, CodeSet } from './plan';
import { numberText } from './write';

const RANDOM = `
/** Numbers from 0 to 1, the same every time (mulberry32). */
let state = SEED;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
const normal = () =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
`;

/** How an example of a made set is drawn: its inputs, and its class as a row of zeros and a one, or its target. */
const DRAWN: Readonly<Record<string, string>> = {
  circles: `
/** A disc of class 0 inside a ring of class 1, both evenly by area. */
const circles = (noise) => (index) => {
  const label = index % 2;
  const [inner, outer] = label === 0 ? [0, 0.4] : [0.7, 0.9];
  const radius = Math.sqrt(inner ** 2 + random() * (outer ** 2 - inner ** 2));
  const angle = 2 * Math.PI * random();
  const point = [radius * Math.cos(angle), radius * Math.sin(angle)];
  return [point.map((x) => x + noise * normal()), [1 - label, label]];
};`,
  xor: `
/** Four squares: class 0 where both coordinates have the same sign, class 1 elsewhere. */
const xor = (noise) => (index) => {
  const label = index % 2;
  const sign = (index >> 1) % 2 === 0 ? 1 : -1;
  const point = [sign, label === 0 ? sign : -sign].map((s) => s * (0.1 + 0.8 * random()));
  return [point.map((x) => x + noise * normal()), [1 - label, label]];
};`,
  gaussians: `
/** Two round clouds. */
const gaussians = (noise) => (index) => {
  const label = index % 2;
  const centre = label === 0 ? -0.35 : 0.35;
  return [[0, 1].map(() => centre + 0.2 * normal() + noise * normal()), [1 - label, label]];
};`,
  spiral: `
/** Two spirals wound into one another, half a turn apart. */
const spiral = (noise) => (index) => {
  const label = index % 2;
  const along = random();
  const radius = 0.05 + 0.9 * along;
  const angle = 2 * Math.PI * (1.5 * along + label / 2);
  const point = [radius * Math.cos(angle), radius * Math.sin(angle)];
  return [point.map((x) => x + noise * 0.3 * normal()), [1 - label, label]];
};`,
  linear: `
/** A weighted sum of ten features and a bias, and noise. */
const linear = ([bias, ...weights], noise) => () => {
  const inputs = weights.map(normal);
  const sum = inputs.reduce((total, x, i) => total + x * weights[i], bias);
  return [inputs, [sum + noise * normal()]];
};`,
  surface: `
/** A hill and a valley over the plane. */
const surface = (noise) => () => {
  const [x, y] = [2 * random() - 1, 2 * random() - 1];
  const height = Math.sin(Math.PI * x) * Math.cos((Math.PI * y) / 2);
  return [[x, y], [height + noise * normal()]];
};`,
};

const EXAMPLES = `
/** So many examples as tensors. */
function examples(count, draw) {
  const rows = Array.from({ length: count }, (_, index) => draw(index));
  return {
    x: tf.tensor2d(rows.map(([inputs]) => inputs)),
    y: tf.tensor2d(rows.map(([, target]) => target)),
  };
}`;

const FIVE_CLASSES = `
/** The examples of five classes, which are counted from 0. */
function fiveClasses({ x, y }, first) {
  const kept = tf.tidy(() => {
    const labels = y.argMax(1).dataSync();
    const isKept = (row) => labels[row] >= first && labels[row] < first + 5;
    const rows = [...labels.keys()].filter(isKept);
    return { x: x.gather(rows), y: y.gather(rows).slice([0, first], [-1, 5]) };
  });
  tf.dispose([x, y]);
  return kept;
}`;

const INVERTED = `
/** Dark ink on white. */
function inverted({ x, y }) {
  const dark = tf.sub(1, x);
  x.dispose();
  return { x: dark, y };
}`;

const ROTATED = `
/** Turned clockwise by a right angle. */
function rotated({ x, y }) {
  const turned = tf.tidy(() => x.transpose([0, 2, 1, 3]).reverse(2));
  x.dispose();
  return { x: turned, y };
}`;

const SETS = '[trainSet, validationSet, testSet]';

/** The functions that make the sets of a recipe, and the first of them as tensors \`x\` and \`y\`. */
export function tfjsData({ first, steps, experiment: { seed }, needs }: CodePlan): string {
  const sets = [first, ...steps];
  const views = new Set(sets.map(({ view }) => view));
  const drawn = [...new Set(sets.map(({ info }) => info.id))].flatMap((id) => DRAWN[id] ?? []);
  const isLinear = first.info.id === 'linear';
  const pictured = sets.find(({ info }) => info.shape.length === 3);
  return [
    ...(pictured === undefined ? [] : [pictures(pictured)]),
    ...(first.info.id === 'iris' ? [iris(first)] : []),
    ...(drawn.length > 0 ? [RANDOM.replace('SEED', String(seed)), ...drawn, EXAMPLES] : []),
    ...(views.has('0-4') || views.has('5-9') ? [FIVE_CLASSES] : []),
    ...(views.has('inverted') ? [INVERTED] : []),
    ...(views.has('rotated') ? [ROTATED] : []),
    '',
    ...(isLinear ? ['const weights = Array.from({ length: 11 }, normal);'] : []),
    ...(views.has('shifted')
      ? [`const shifted = weights.map((w) => w + ${numberText(LINEAR_SHIFT)} * normal());`]
      : []),
    `${needs.moves ? 'let' : 'const'} ${SETS} = ${partsOf(first)};`,
  ].join('\n');
}

/** Puts a set in the place of the one before. */
export function tfjsLoad(set: CodeSet): readonly string[] {
  return [`tf.dispose(${SETS});`, `${SETS} = ${partsOf(set)};`];
}

/** Puts what a call picks of the training set in its place. */
export function tfjsKeep(picked: string): readonly string[] {
  return [`trainSet = ${picked};`];
}

function partsOf({ info, whole, view, noise }: CodeSet): string {
  if (info.id === 'iris') return 'iris()';
  if (info.shape.length === 3) {
    const parts = `pictures('${info.id}')`;
    if (view === null) return parts;
    return view === '0-4' || view === '5-9'
      ? `${parts}.map((part) => fiveClasses(part, ${view === '0-4' ? '0' : '5'}))`
      : `${parts}.map(${view})`;
  }
  const weights = info.id === 'linear' ? [view === 'shifted' ? 'shifted' : 'weights'] : [];
  const draw = `${info.id}(${[...weights, numberText(noise)].join(', ')})`;
  const counts = [whole.train, whole.validation, whole.test].map(String).join(', ');
  return `[${counts}].map((count) => examples(count, ${draw}))`;
}

function iris({ info: { train, validation, outputs } }: CodeSet): string {
  const [a, b] = [String(train), String(train + validation)];
  return `import { readFileSync } from 'node:fs';

// From https://archive.ics.uci.edu/dataset/53/iris
const species = ['Iris-setosa', 'Iris-versicolor', 'Iris-virginica'];
const flowers = readFileSync('iris.data', 'utf8')
  .trim()
  .split('\\n')
  .map((line) => line.split(','))
  .map((cells) => [cells.slice(0, 4).map(Number), species.indexOf(cells[4].trim())]);
tf.util.shuffle(flowers);
// Each part holds the species equally.
const turn = new Map();
const dealt = flowers
  .map((flower) => {
    const before = turn.get(flower[1]) ?? 0;
    turn.set(flower[1], before + 1);
    return { flower, before };
  })
  .sort((a, b) => a.before - b.before)
  .map(({ flower }) => flower);
const parts = [dealt.slice(0, ${a}), dealt.slice(${a}, ${b}), dealt.slice(${b})];

/** The three parts as tensors, the same flowers in each every time. */
const iris = () =>
  tf.tidy(() => {
    const { mean, variance } = tf.moments(parts[0].map(([inputs]) => inputs), 0);
    return parts.map((rows) => ({
      x: tf.tensor2d(rows.map(([inputs]) => inputs)).sub(mean).div(variance.sqrt()),
      y: tf.oneHot(rows.map(([, label]) => label), ${String(outputs)}).toFloat(),
    }));
  });`;
}

function pictures({ whole }: CodeSet): string {
  const [train, validation] = [String(whole.train), String(whole.validation)];
  return `import { readFileSync } from 'node:fs';

/** The files of MNIST, or of Fashion-MNIST, lie unpacked in folders: data/mnist, data/fashion-mnist. */
function pictures(name) {
  const bytes = (file, header) =>
    new Uint8Array(readFileSync(\`data/\${name}/\${file}\`)).subarray(header);
  const load = (part) => {
    const grey = bytes(\`\${part}-images-idx3-ubyte\`, 16);
    const labels = bytes(\`\${part}-labels-idx1-ubyte\`, 8);
    return tf.tidy(() => ({
      x: tf.tensor4d(Float32Array.from(grey, (value) => value / 255), [labels.length, 28, 28, 1]),
      y: tf.oneHot(Int32Array.from(labels), ${String(whole.outputs)}).toFloat(),
    }));
  };
  const all = load('train');
  const part = (start, count) => ({ x: all.x.slice(start, count), y: all.y.slice(start, count) });
  const parts = [part(0, ${train}), part(${train}, ${validation}), load('t10k')];
  tf.dispose(all);
  return parts;
}`;
}
