// @ts-check
import { median, pairedRatio, quantile } from '../training/statistics.mjs';

/** @typedef {import('./page/main').Result} Result */

/**
 * A row for each network: the first is what the others are compared with.
 *
 * @param {readonly Result[]} results
 * @param {readonly number[]} fileBytes Of all but the first.
 */
export function table(results, fileBytes) {
  const [baseline] = results;
  const rows = results.map(({ name, times, weightBytes, sameClass }, i) => {
    const file = fileBytes[i - 1];
    return [
      name,
      micros(median(times)),
      `${micros(quantile(times, 0.25))}–${micros(quantile(times, 0.75))}`,
      i === 0 ? '' : `${pairedRatio(baseline?.times ?? [], times).toFixed(1)}×`,
      file === undefined ? '' : file.toLocaleString('en'),
      weightBytes === null ? '' : weightBytes.toLocaleString('en'),
      weightBytes === null || file === undefined ? '' : `${(weightBytes / file).toFixed(2)}×`,
      i === 0 ? '' : sameClass.toLocaleString('en'),
    ];
  });
  const head = [
    ...['network', 'µs, median', 'quartiles', 'times as fast'],
    ...['file, bytes', 'weights in memory, bytes', 'memory / file', 'same class'],
  ];
  return [head, ['---', ...head.slice(1).map(() => '---:')], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** How many times as fast as ONNX Runtime's float32 a network is to be, at least and as an aim. */
const TARGETS = [
  { model: 'lenet-300-100', name: '95 % sparse', least: 6, aim: 12 },
  { model: 'lenet-300-100', name: '8 bits', least: 2, aim: 4 },
  { model: 'lenet-5', name: '95 % sparse, 4 bits', least: 2, aim: 4 },
];

export const TARGETS_HEAD = '| network | at least | aim | measured |\n| --- | ---: | ---: | ---: |';

/**
 * The targets that a model's results speak of.
 *
 * @param {string} model
 * @param {readonly Result[]} results
 */
export function targetRows(model, results) {
  const [baseline] = results;
  return TARGETS.filter((target) => target.model === model).map(({ name, least, aim }) => {
    const times = results.find((result) => result.name === name)?.times ?? [];
    const ratio = pairedRatio(baseline?.times ?? [], times).toFixed(1);
    return `| ${model}, ${name} | ${least}× | ${aim}× | ${ratio}× |`;
  });
}

/** @param {number} time */
function micros(time) {
  return time < 10 ? time.toFixed(2) : time < 100 ? time.toFixed(1) : time.toFixed(0);
}
