// @ts-check

/** @typedef {import('./report.mjs').Point} Point */

const WIDTH = 720;
const HEIGHT = 440;
const MARGIN = { left: 72, right: 130, top: 20, bottom: 48 };
/** Okabe & Ito's, which colour-blind readers tell apart; Whittle's lines are the thick ones. */
const COLORS = ['#a4541f', '#d55e00', '#0072b2', '#56b4e9', '#009e73', '#6b6b6b', '#cc79a7'];

/**
 * Lines over two logarithmic axes, as SVG.
 *
 * @param {readonly { name: string, points: readonly Point[] }[]} lines
 */
export function plot(lines) {
  const points = lines.flatMap((line) => line.points);
  const x = axis(
    points.map((point) => point.x),
    MARGIN.left,
    WIDTH - MARGIN.right,
  );
  const y = axis(
    points.map((point) => point.y),
    HEIGHT - MARGIN.bottom,
    MARGIN.top,
  );
  const bottom = HEIGHT - MARGIN.bottom;
  const right = WIDTH - MARGIN.right;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="12" fill="#1f1d1a">`,
    '<title>Training speed by size of the network</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#faf8f4"/>`,
    ...x.ticks.flatMap((value) => [
      `<path d="M${x.at(value)} ${MARGIN.top}V${bottom}" stroke="#ddd8cc"/>`,
      `<text x="${x.at(value)}" y="${bottom + 18}" text-anchor="middle">${written(value)}</text>`,
    ]),
    ...y.ticks.flatMap((value) => [
      `<path d="M${MARGIN.left} ${y.at(value)}H${right}" stroke="#ddd8cc"/>`,
      `<text x="${MARGIN.left - 8}" y="${y.at(value) + 4}" text-anchor="end">${written(value)}</text>`,
    ]),
    `<text x="${(MARGIN.left + right) / 2}" y="${HEIGHT - 10}" text-anchor="middle">parameters</text>`,
    `<text transform="translate(16 ${(MARGIN.top + bottom) / 2}) rotate(-90)" text-anchor="middle">examples a second</text>`,
    ...drawn(lines, x.at, y.at),
    '</svg>\n',
  ].join('\n');
}

/**
 * @param {readonly { name: string, points: readonly Point[] }[]} lines
 * @param {(value: number) => number} x
 * @param {(value: number) => number} y
 */
function drawn(lines, x, y) {
  const labels = spread(lines.map(({ points }) => y(points.at(-1)?.y ?? 1)));
  return lines.flatMap(({ name, points }, index) => {
    const color = COLORS[index % COLORS.length];
    const width = name.startsWith('whittle') ? 3 : 1.5;
    const path = points.map((point) => `${x(point.x)} ${y(point.y)}`).join('L');
    const end = x(points.at(-1)?.x ?? 1);
    return [
      `<path d="M${path}" fill="none" stroke="${color}" stroke-width="${width}"/>`,
      ...points.map(
        (point) => `<circle cx="${x(point.x)}" cy="${y(point.y)}" r="3" fill="${color}"/>`,
      ),
      `<text x="${end + 8}" y="${labels[index]}" fill="${color}">${name}</text>`,
    ];
  });
}

/** Heights of labels that do not cover each other. @param {readonly number[]} heights */
function spread(heights) {
  const order = heights.map((_, i) => i).toSorted((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const result = heights.map((height) => height + 4);
  let last = -Infinity;
  for (const index of order) {
    last = Math.max(result[index] ?? 0, last + 14);
    result[index] = last;
  }
  return result;
}

/**
 * @param {readonly number[]} values
 * @param {number} from Of the least value's decade.
 * @param {number} to
 */
function axis(values, from, to) {
  const low = Math.floor(Math.log10(Math.min(...values)) + 0.02);
  const high = Math.ceil(Math.log10(Math.max(...values)) - 0.02);
  const at = (/** @type {number} */ value) =>
    Math.round(from + ((Math.log10(value) - low) / (high - low)) * (to - from));
  const ticks = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
  return { at, ticks };
}

/** @param {number} value */
function written(value) {
  return value.toLocaleString('en', { notation: 'compact' });
}
