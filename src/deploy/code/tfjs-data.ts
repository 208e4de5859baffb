import type { CodePlan } from './plan';
import { numberText } from './write';

const NORMAL = `
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

/** How an example of a made set is drawn: its inputs, and its class or its target. */
const DRAWN: Readonly<Record<string, string>> = {
  circles: `
/** A disc of class 0 inside a ring of class 1, both evenly by area. */
function draw(index) {
  const label = index % 2;
  const [inner, outer] = label === 0 ? [0, 0.4] : [0.7, 0.9];
  const radius = Math.sqrt(inner ** 2 + random() * (outer ** 2 - inner ** 2));
  const angle = 2 * Math.PI * random();
  const point = [radius * Math.cos(angle), radius * Math.sin(angle)];
  return [point.map((x) => x + NOISE * normal()), label];
}`,
  xor: `
/** Four squares: class 0 where both coordinates have the same sign, class 1 elsewhere. */
function draw(index) {
  const label = index % 2;
  const sign = (index >> 1) % 2 === 0 ? 1 : -1;
  const point = [sign, label === 0 ? sign : -sign].map((s) => s * (0.1 + 0.8 * random()));
  return [point.map((x) => x + NOISE * normal()), label];
}`,
  gaussians: `
/** Two round clouds. */
function draw(index) {
  const label = index % 2;
  const centre = label === 0 ? -0.35 : 0.35;
  return [[0, 1].map(() => centre + 0.2 * normal() + NOISE * normal()), label];
}`,
  spiral: `
/** Two spirals wound into one another, half a turn apart. */
function draw(index) {
  const label = index % 2;
  const along = random();
  const radius = 0.05 + 0.9 * along;
  const angle = 2 * Math.PI * (1.5 * along + label / 2);
  const point = [radius * Math.cos(angle), radius * Math.sin(angle)];
  return [point.map((x) => x + NOISE * 0.3 * normal()), label];
}`,
  linear: `
const [bias, ...weights] = Array.from({ length: 11 }, normal);

/** A weighted sum of ten features, and noise. */
function draw() {
  const inputs = weights.map(normal);
  const sum = inputs.reduce((total, x, i) => total + x * weights[i], bias);
  return [inputs, [sum + NOISE * normal()]];
}`,
  surface: `
/** A hill and a valley over the plane. */
function draw() {
  const [x, y] = [2 * random() - 1, 2 * random() - 1];
  const height = Math.sin(Math.PI * x) * Math.cos((Math.PI * y) / 2);
  return [[x, y], [height + NOISE * normal()]];
}`,
};

/** `trainSet`, `validationSet` and `testSet` as tensors `x` and `y`. */
export function tfjsData({ info, noise, experiment: { seed } }: CodePlan): string {
  const { train, validation, test, outputs, task } = info;
  const [a, b, c] = [train, validation, test].map(String) as [string, string, string];
  if (info.shape.length === 3) return pictures(info.id, outputs, [a, b]);
  const y =
    task === 'classification'
      ? `tf.oneHot(tf.tensor1d(rows.map(([, label]) => label), 'int32'), ${String(outputs)}).toFloat()`
      : 'tf.tensor2d(rows.map(([, target]) => target))';
  const tensors = `
const tensors = (rows) => ({
  x: tf.tensor2d(rows.map(([inputs]) => inputs)),
  y: ${y},
});`;
  if (info.id === 'iris') return iris(tensors, [a, String(train + validation)]);
  const drawn = (DRAWN[info.id] ?? '').replaceAll('NOISE', numberText(noise));
  return `${NORMAL.replace('SEED', String(seed))}${drawn}
${tensors}
const [trainSet, validationSet, testSet] = [${a}, ${b}, ${c}].map((count) =>
  tensors(Array.from({ length: count }, (_, index) => draw(index))),
);`;
}

function iris(tensors: string, [a, b]: readonly [string, string]): string {
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
const { mean, variance } = tf.moments(tf.tensor2d(parts[0].map(([inputs]) => inputs)), 0);
${tensors}
const [trainSet, validationSet, testSet] = parts.map((rows) => {
  const { x, y } = tensors(rows);
  return { x: x.sub(mean).div(variance.sqrt()), y };
});`;
}

function pictures(id: string, outputs: number, [train, rest]: readonly [string, string]): string {
  const name = id === 'mnist' ? 'MNIST' : 'Fashion-MNIST';
  return `import { readFileSync } from 'node:fs';

/** Bytes of one of ${name}'s files, unpacked, behind its header. */
const bytes = (file, header) => new Uint8Array(readFileSync(\`data/\${file}\`)).subarray(header);

function load(part) {
  const pictures = bytes(\`\${part}-images-idx3-ubyte\`, 16);
  const labels = bytes(\`\${part}-labels-idx1-ubyte\`, 8);
  return {
    x: tf.tensor4d(Float32Array.from(pictures, (grey) => grey / 255), [labels.length, 28, 28, 1]),
    y: tf.oneHot(tf.tensor1d(Int32Array.from(labels), 'int32'), ${String(outputs)}).toFloat(),
  };
}

const all = load('train');
const part = (start, count) => ({
  x: all.x.slice(start, count),
  y: all.y.slice(start, count),
});
const [trainSet, validationSet, testSet] = [part(0, ${train}), part(${train}, ${rest}), load('t10k')];`;
}
