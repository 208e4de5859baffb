// @ts-check
import { hasTaken, medianOf } from './measure.mjs';
import { pairedRatio, quantile } from './statistics.mjs';

/** @typedef {import('./measure.mjs').Result} Result */
/** @typedef {import('./measure.mjs').Taken} Taken */

/** Losses that differ by more do not come from the same computation. */
const TOLERANCE = 0.02;

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows The first column is text, the others are figures.
 */
export function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}

/**
 * What a step, or an epoch, took everybody.
 *
 * @param {readonly Result[]} results The first is what the others are compared to.
 * @param {'step' | 'epoch'} unit
 * @param {(seat: import('./page/protocol').Seat) => string} nameOf
 */
export function stepsTable(results, unit, nameOf = ({ contender }) => contender) {
  const [first] = results;
  const head = [
    ...[
      'contender',
      'threads',
      unit === 'step' ? 'ms a step' : 'ms an epoch',
      'quartiles',
      'examples/s',
    ],
    ...[
      `× ${first === undefined ? '' : nameOf(first.seat)}`,
      'rounds',
      'loss, after updates',
      'off by',
    ],
  ];
  const rows = results.map((result) => {
    if (!hasTaken(result)) return cannot(result, head.length);
    const { facts, agreement, seat } = result;
    const steps = unit === 'epoch' ? facts.batches : 1;
    const other = facts.optimizer === optimizerOf(first) ? '' : ` (${facts.optimizer})`;
    return [
      `${nameOf(seat)}${other}`,
      facts.threads === null ? 'GPU' : String(facts.threads),
      figure(steps * medianOf(result)),
      quartiles(result, steps),
      figure((1_000 * facts.batch) / medianOf(result)),
      first !== undefined && hasTaken(first) ? figure(ratio(result, first)) : '',
      String(taken(result).length),
      `${agreement.loss.toFixed(4)}, ${agreement.updates}`,
      `${(100 * agreement.difference).toFixed(2)} %`,
    ];
  });
  return table(head, rows);
}

/** @param {readonly Result[]} results */
export function predictionsTable(results) {
  const head = ['contender', 'threads', 'ms', 'quartiles', 'rounds'];
  const rows = results.map((result) =>
    hasTaken(result)
      ? [
          result.seat.contender,
          String(result.facts.threads),
          figure(medianOf(result)),
          quartiles(result, 1),
          String(taken(result).length),
        ]
      : cannot(result, head.length),
  );
  return table(head, rows);
}

/**
 * Examples per second by number of parameters.
 *
 * @param {readonly { name: string, points: readonly Point[] }[]} lines
 */
export function growthTable(lines) {
  const sizes = [...new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))];
  const rows = sizes.map((size) => [
    size.toLocaleString('en'),
    ...lines.map(({ points }) => figure(points.find(({ x }) => x === size)?.y ?? NaN)),
  ]);
  return table(['parameters', ...lines.map(({ name }) => name)], rows);
}

/** @typedef {{ x: number, y: number }} Point Parameters, and examples per second. */

/**
 * @param {readonly (readonly Result[])[]} sizes
 * @returns {{ name: string, points: Point[] }[]}
 */
export function growthLines(sizes) {
  /** @type {Map<string, Point[]>} */
  const lines = new Map();
  for (const result of sizes.flat().filter(hasTaken)) {
    const { contender } = result.seat;
    const point = {
      x: result.facts.parameters,
      y: (1_000 * result.facts.batch) / medianOf(result),
    };
    lines.set(contender, [...(lines.get(contender) ?? []), point]);
  }
  return [...lines].map(([name, points]) => ({ name, points }));
}

/**
 * @typedef {object} Measured
 * @property {readonly Result[]} mlp
 * @property {readonly Result[]} classic
 * @property {readonly Result[]} caffe
 * @property {readonly Result[]} toy
 * @property {readonly Result[]} tests
 * @property {readonly Result[]} masks
 * @property {number} peak GFLOP/s of one thread that only multiplies and adds.
 */

/** @param {Measured} measured */
export function targetsTable({ mlp, classic, caffe, toy, tests, masks, peak }) {
  const [plain, pruned, rounded, learned] = masks.filter(hasTaken);
  const [step] = mlp.filter(hasTaken);
  const speed = step === undefined ? NaN : step.facts.flops / medianOf(step) / 1e6;
  const both = (/** @type {readonly Result[]} */ results, /** @type {Result | undefined} */ peer) =>
    ['whittle-wasm', 'whittle-wasm-2'].map((id) => `${figure(ratio(peer, find(results, id)))}×`);
  const [classicPeer, caffePeer] = [fastest(classic), fastest(caffe)];
  const time = (/** @type {string} */ id) => {
    const result = find(tests, id);
    return result === undefined ? '–' : `${figure(medianOf(result))} ms`;
  };
  const rows = [
    ...['jax-wasm', 'jax-wasm-sync'].map((id) => [
      ...[`LeNet-300-100, times ${id}`, '≥ 3×', '5×'],
      ...both(mlp, find(mlp, id)),
    ]),
    ['LeNet-300-100, times tfjs-wasm', '≥ 7×', '12×', ...both(mlp, find(mlp, 'tfjs-wasm'))],
    [`LeNet-5-classic, times ${named(classicPeer)}`, '≥ 25×', '50×', ...both(classic, classicPeer)],
    [`LeNet-5, times ${named(caffePeer)}`, '≥ 20×', '40×', ...both(caffe, caffePeer)],
    [
      ...[`LeNet-300-100, share of a core’s ${figure(peak)} GFLOP/s`, '≥ 60 %', '80 %'],
      ...[`${figure((100 * speed) / peak)} %`, ''],
    ],
    [
      ...['LeNet-5, two threads times one', '≥ 1.5×', '', ''],
      `${figure(ratio(find(caffe, 'whittle-wasm'), find(caffe, 'whittle-wasm-2')))}×`,
    ],
    [
      ...['toy epoch, times tfjs-wasm', '≥ 10×', ''],
      ...both(toy, find(toy, 'tfjs-wasm')).slice(0, 1),
      '',
    ],
    [
      ...['toy epoch, times plain loops', '', '1×'],
      ...both(toy, find(toy, 'playground')).slice(0, 1),
      '',
    ],
    ['test set', '≤ 100 ms', '', time('whittle-wasm'), time('whittle-wasm-2')],
    ['a step with masks, to one without', '≤ 1.1×', '', `${figure(ratio(pruned, plain))}×`, ''],
    ['a step with masks and rounding', '≤ 1.3×', '', `${figure(ratio(rounded, plain))}×`, ''],
    ['… by learned scales', '≤ 1.3×', '', `${figure(ratio(learned, plain))}×`, ''],
  ];
  return table(['target', 'at least', 'aim', 'one thread', 'two threads'], rows);
}

/**
 * Who computed something else than Whittle, and where Whittle itself failed, in sentences.
 *
 * @param {readonly Result[]} results
 */
export function disagreements(results) {
  return results.flatMap((result) => {
    const { contender, workload } = result.seat;
    if (!hasTaken(result)) {
      return contender.startsWith('whittle')
        ? [`${contender} failed on ${workload}: ${result.failure}`]
        : [];
    }
    const { difference, updates } = result.agreement;
    if (difference <= TOLERANCE) return [];
    return [
      `The losses of ${contender} on ${workload} are ${(100 * difference).toFixed(1)} % off after ${updates} updates: its times count for nothing.`,
    ];
  });
}

/**
 * @param {readonly Result[]} results
 * @param {string} id
 */
function find(results, id) {
  return results.filter(hasTaken).find(({ seat }) => seat.contender === id);
}

/** @param {readonly Result[]} results */
function fastest(results) {
  return results
    .filter(hasTaken)
    .filter(({ seat }) => !seat.contender.startsWith('whittle'))
    .toSorted((a, b) => ratio(a, results[0]) - ratio(b, results[0]))[0];
}

/** @param {Taken | undefined} result */
function named(result) {
  return result === undefined ? 'nobody' : `${result.seat.contender}, the fastest`;
}

/**
 * @param {Result | undefined} one
 * @param {Result | undefined} other
 */
function ratio(one, other) {
  if (one === undefined || other === undefined || !hasTaken(one) || !hasTaken(other)) return NaN;
  return pairedRatio(one.rounds, other.rounds);
}

/** @param {Result | undefined} result */
function optimizerOf(result) {
  return result !== undefined && hasTaken(result) ? result.facts.optimizer : null;
}

/** @param {Taken} result */
function taken({ rounds }) {
  return rounds.filter((ms) => ms !== null);
}

/**
 * @param {Taken} result
 * @param {number} steps
 */
function quartiles(result, steps) {
  const values = taken(result);
  return [0.25, 0.75].map((share) => figure(steps * quantile(values, share))).join('–');
}

/**
 * @param {import('./measure.mjs').Failed} result
 * @param {number} columns
 */
function cannot({ seat, failure }, columns) {
  const blank = Array.from({ length: columns - 2 }, () => '');
  return [`${seat.contender} cannot: ${failure}`, '', ...blank];
}

/** Three figures, or whole. @param {number} value */
function figure(value) {
  if (Number.isNaN(value)) return '–';
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
