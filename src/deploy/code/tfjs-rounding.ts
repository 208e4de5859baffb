import { TERNARY_THRESHOLD } from '../../engine/constants';
import { numberText, type Helper } from './write';

const TERNARY = numberText(TERNARY_THRESHOLD);

/** Functions that round weights, of which a script has those that it calls. */
export const TFJS_ROUNDING: Readonly<Record<string, Helper>> = {
  symmetric: {
    code: `
/** 2^bits − 1 levels, evenly from −max|w| to max|w|. */
function symmetric(weights, kept, bits) {
  const largest = 2 ** (bits - 1) - 1;
  const scale = highest(weights.map(Math.abs)) / largest || 1;
  return weights.map((w) => scale * clamp(roundHalfEven(w / scale), -largest, largest));
}`,
    calls: ['clamp', 'roundHalfEven', 'highest'],
  },
  affine: {
    code: `
/** 2^bits levels, evenly from min w to max w; zero is one of them. */
function affine(weights, kept, bits) {
  const largest = 2 ** bits - 1;
  const [low, high] = [Math.min(0, lowest(weights)), Math.max(0, highest(weights))];
  const scale = (high - low) / largest || 1;
  const zero = roundHalfEven(-low / scale);
  return weights.map((w) => scale * (clamp(roundHalfEven(w / scale) + zero, 0, largest) - zero));
}`,
    calls: ['clamp', 'roundHalfEven', 'highest', 'lowest'],
  },
  ternary: {
    calls: ['mean'],
    code: `
/** −a, 0 and a, a being the mean of the |w| above ${TERNARY} mean|w| (Li, Zhang & Liu 2016). */
function ternary(weights, kept) {
  const sizes = weights.map(Math.abs);
  const cut = ${TERNARY} * mean(sizes.filter((_, i) => kept[i]));
  const a = mean(sizes.filter((size, i) => kept[i] && size > cut));
  return weights.map((w, i) => (kept[i] && Math.abs(w) > cut ? a * Math.sign(w) : 0));
}`,
  },
  binary: {
    calls: ['mean'],
    code: `
/** −a and a, a being mean|w|. */
function binary(weights, kept) {
  const a = mean(weights.map(Math.abs).filter((_, i) => kept[i]));
  return weights.map((w, i) => (kept[i] ? (w < 0 ? -a : a) : 0));
}`,
  },
  powersOfTwo: {
    calls: ['clamp', 'highest'],
    code: `
/** 0 and ± the 2^(bits−1) − 1 powers of two from that nearest to max|w| down. */
function powersOfTwo(weights, kept, bits) {
  const nearest = (size) => {
    const exponent = Math.floor(Math.log2(Math.max(size, 2 ** -126)));
    return 2 ** (exponent + (size >= 1.5 * 2 ** exponent ? 1 : 0));
  };
  const largest = nearest(highest(weights.map(Math.abs)));
  const least = largest * 2 ** (2 - 2 ** (bits - 1));
  return weights.map((w) =>
    Math.abs(w) < least / 2 ? 0 : Math.sign(w) * clamp(nearest(Math.abs(w)), least, largest),
  );
}`,
  },
  codebook: {
    calls: ['mean', 'highest', 'lowest'],
    code: `
/** 2^bits centroids by k-means, started evenly; a pruned zero takes none (Han et al. 2016). */
function codebook(weights, kept, bits) {
  const sample = weights.filter((_, i) => kept[i]);
  if (sample.length === 0) return weights.map(() => 0);
  const [low, high] = [lowest(sample), highest(sample)];
  const count = 2 ** bits;
  let levels = Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
  const nearest = (w) => {
    let best = 0;
    for (let i = 1; i < count; i++) {
      if (Math.abs(w - levels[i]) < Math.abs(w - levels[best])) best = i;
    }
    return best;
  };
  for (;;) {
    const members = levels.map(() => []);
    for (const w of sample) members[nearest(w)].push(w);
    const moved = levels.map((level, i) => (members[i].length > 0 ? mean(members[i]) : level));
    if (moved.every((level, i) => level === levels[i])) break;
    levels = moved;
  }
  return weights.map((w, i) => (kept[i] ? levels[nearest(w)] : 0));
}`,
  },
  highest: {
    code: `
const highest = (numbers) => numbers.reduce((a, b) => Math.max(a, b));`,
  },
  lowest: {
    code: `
const lowest = (numbers) => numbers.reduce((a, b) => Math.min(a, b));`,
  },
  clamp: {
    code: `
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));`,
  },
  roundHalfEven: {
    code: `
const roundHalfEven = (value) =>
  Math.abs(value % 1) === 0.5 ? 2 * Math.round(value / 2) : Math.round(value);`,
  },
  mean: {
    code: `
const mean = (numbers) => numbers.reduce((a, b) => a + b, 0) / Math.max(1, numbers.length);`,
  },
  rounding: {
    code: `
/** How a layer's weights are rounded: units, groups of inputs or the whole share their levels. */
function rounding(scheme, bits, { per = 'channel', group = 1, own = {} } = {}) {
  return (name, kernel) => {
    const units = kernel.shape.at(-1);
    const inputs = kernel.size / units;
    const [chosen, width] = own[name] ?? [scheme, bits];
    const weights = kernel.dataSync();
    const kept = (masks.get(name) ?? tf.onesLike(kernel)).dataSync();
    const shares = new Map();
    weights.forEach((_, i) => {
      const [input, unit] = [Math.floor(i / units), i % units];
      const key = { channel: unit, tensor: 0, group: Math.floor(input / group) * units + unit }[per];
      if (!shares.has(key)) shares.set(key, []);
      shares.get(key).push(i);
    });
    const rounded = new Float32Array(inputs * units);
    for (const share of shares.values()) {
      const levels = chosen(
        share.map((i) => weights[i]),
        share.map((i) => kept[i]),
        width,
      );
      share.forEach((i, at) => {
        rounded[i] = levels[at] * kept[i];
      });
    }
    return tf.tensor(rounded, kernel.shape);
  };
}`,
  },
  roundWeights: {
    calls: ['kernels'],
    code: `
function roundWeights(model, rounded) {
  tf.tidy(() => {
    for (const { name, kernel } of kernels(model)) kernel.assign(rounded(name, kernel));
  });
}`,
  },
};
