import type { Helper } from './write';

/** Functions that are the same in every recipe that needs them. Matrices are `[units, inputs]`. */
export const TFJS_HELPERS: Readonly<Record<string, Helper>> = {
  kernels: {
    code: `
/** The weights that are pruned and quantized, with their layers. */
function kernels(model) {
  return model.layers
    .filter((layer) => ['Dense', 'Conv2D'].includes(layer.getClassName()))
    .map((layer) => ({ layer, name: layer.name, kernel: layer.kernel.val, bias: layer.bias.val }));
}`,
  },
  weightsOf: {
    code: `
function weightsOf(model) {
  return model.getWeights().map((weight) => weight.clone());
}`,
  },
  setRate: {
    code: `
/** Plain descent and momentum keep their rate in a tensor, the others in a number. */
function setRate(optimizer, rate) {
  if ('setLearningRate' in optimizer) optimizer.setLearningRate(rate);
  else optimizer.learningRate = rate;
}`,
  },
  rateAt: {
    code: `
/** The last rate that was set up to this iteration. */
function rateAt(done, lr, changes) {
  const since = Object.keys(changes).filter((iteration) => Number(iteration) <= done);
  return since.length > 0 ? changes[since.at(-1)] : lr;
}`,
  },
  clipped: {
    code: `
/** The gradients, scaled down together where their joint norm is larger (Pascanu et al. 2013). */
function clipped(grads, limit) {
  const squares = Object.values(grads).map((gradient) => gradient.square().sum());
  const norm = tf.addN(squares).sqrt();
  const factor = tf.scalar(limit).div(norm.maximum(limit));
  return Object.fromEntries(Object.entries(grads).map(([name, g]) => [name, g.mul(factor)]));
}`,
  },
  inSteps: {
    code: `
const inSteps = (progress) => (progress < 0.5 ? 1 : progress < 0.75 ? 0.1 : 0.01);`,
  },
  cosine: {
    code: `
const cosine = (progress) => (1 + Math.cos(Math.PI * progress)) / 2;`,
  },
  oneCycle: {
    code: `
/** From a tenth up and back in equal halves, then down to a thousandth (Smith 2018). */
function oneCycle(progress) {
  if (progress < 0.45) return 0.1 + (0.9 * progress) / 0.45;
  if (progress < 0.9) return 1 - (0.9 * (progress - 0.45)) / 0.45;
  return 0.1 - (0.099 * (progress - 0.9)) / 0.1;
}`,
  },
  decayed: {
    code: `
/** An optimizer that shrinks kernels beside the gradient, not biases (Loshchilov & Hutter 2019). */
function decayed(optimizer, decay) {
  return {
    get learningRate() {
      return optimizer.learningRate;
    },
    set learningRate(rate) {
      optimizer.learningRate = rate;
    },
    applyGradients(grads) {
      for (const name of Object.keys(grads).filter((each) => each.includes('/kernel'))) {
        const kernel = tf.engine().registeredVariables[name];
        kernel.assign(kernel.mul(1 - optimizer.learningRate * decay));
      }
      optimizer.applyGradients(grads);
    },
    dispose: () => optimizer.dispose(),
  };
}`,
  },
  lion: {
    code: `
/** The sign of a momentum (Chen et al. 2023). */
function lion(learningRate) {
  const momenta = {};
  return {
    learningRate,
    applyGradients(grads) {
      for (const [name, gradient] of Object.entries(grads)) {
        const value = tf.engine().registeredVariables[name];
        momenta[name] ??= tf.variable(tf.zerosLike(value), false);
        const momentum = momenta[name];
        const change = momentum.mul(0.9).add(gradient.mul(0.1)).sign();
        value.assign(value.sub(change.mul(this.learningRate)));
        momentum.assign(momentum.mul(0.99).add(gradient.mul(0.01)));
      }
    },
    dispose: () => tf.dispose(momenta),
  };
}`,
  },
  applyMasks: {
    calls: ['kernels'],
    code: `
function applyMasks(model) {
  tf.tidy(() => {
    for (const { name, kernel } of kernels(model)) {
      if (masks.has(name)) kernel.assign(kernel.mul(masks.get(name)));
    }
  });
}`,
  },
  remove: {
    calls: ['applyMasks', 'kernels'],
    code: `
/** Prunes the weights whose keep is 0; with delta below 1 they only shrink. */
function remove(model, keep, delta) {
  for (const { name, kernel } of kernels(model).filter((layer) => layer.name in keep)) {
    tf.tidy(() => {
      const kept = tf.tensor(keep[name], kernel.shape);
      if (delta < 1) {
        kernel.assign(kernel.mul(tf.sub(1, tf.sub(1, kept).mul(delta))));
      } else {
        const before = masks.get(name);
        masks.set(name, tf.keep(kept.mul(before ?? 1)));
        before?.dispose();
      }
    });
  }
  applyMasks(model);
}`,
  },
  magnitude: {
    calls: ['scoresOf'],
    code: `
const magnitude = (model) => scoresOf(model, (kernel) => kernel.abs());`,
  },
  randomScores: {
    calls: ['scoresOf'],
    code: `
const randomScores = (model) => scoresOf(model, (kernel) => tf.randomUniform(kernel.shape));`,
  },
  saliency: {
    calls: ['loss', 'kernels', 'copyOf'],
    code: `
/** |w · dL/dw|, summed over batches of 128 training examples, with nothing dropped out. */
function saliency(model, { batches }) {
  const order = Array.from(tf.util.createShuffledIndices(trainSet.x.shape[0]));
  // The means of batch norm move, which is why a copy trains.
  const twin = copyOf(model);
  for (const layer of twin.layers) if (layer.getClassName() === 'Dropout') layer.rate = 0;
  const layers = kernels(twin);
  const sums = Object.fromEntries(layers.map(({ name, kernel }) => [name, new Float32Array(kernel.size)]));
  for (let start = 0; start < Math.min(order.length, 128 * batches); start += 128) {
    tf.tidy(() => {
      const rows = tf.tensor1d(order.slice(start, start + 128), 'int32');
      const { grads } = tf.variableGrads(
        () => loss(twin.apply(tf.gather(trainSet.x, rows), { training: true }), rows),
        layers.map(({ kernel }) => kernel),
      );
      for (const { name, kernel } of layers) {
        const products = kernel.mul(grads[kernel.name]).abs().dataSync();
        products.forEach((product, i) => (sums[name][i] += product));
      }
    });
  }
  twin.dispose();
  return sums;
}`,
  },
  groupsOf: {
    code: `
/** Layers that are ranked together, and the share of them that goes. */
function groupsOf(names, sparsity, each, own) {
  const others = names.filter((name) => !(name in own));
  return [
    ...Object.entries(own).map(([name, share]) => [[name], share]),
    ...(each ? others.map((name) => [[name], sparsity]) : [[others, sparsity]]),
  ];
}`,
  },
  standing: {
    code: `
/** The scores of a layer's weights, with their places: what was pruned before goes first. */
function standing(name, scores) {
  const mask = masks.get(name)?.dataSync();
  return Array.from(scores[name], (score, i) => ({
    ...{ name, i },
    score: mask?.[i] === 0 ? -Infinity : score,
  }));
}

// Sorts are stable: of equal scores the first go first.
const byScore = (a, b) => (a.score < b.score ? -1 : a.score > b.score ? 1 : 0);`,
  },
  prune: {
    calls: ['remove', 'groupsOf', 'standing'],
    code: `
/** Prunes that share of the weights, those with the lowest scores. */
function prune(model, scores, sparsity, { each = false, own = {}, delta = 1 } = {}) {
  for (const [names, share] of groupsOf(Object.keys(scores), sparsity, each, own)) {
    const ranked = names.flatMap((name) => standing(name, scores)).sort(byScore);
    const keep = Object.fromEntries(names.map((name) => [name, scores[name].map(() => 1)]));
    for (const { name, i } of ranked.slice(0, Math.round(share * ranked.length))) {
      keep[name][i] = 0;
    }
    remove(model, keep, delta);
  }
}`,
  },
  scoresOf: {
    calls: ['kernels'],
    code: `
/** What is computed from each kernel, by layer. */
function scoresOf(model, score) {
  return Object.fromEntries(
    kernels(model).map(({ name, kernel }) => [name, tf.tidy(() => score(kernel).dataSync())]),
  );
}`,
  },
  pruneBelow: {
    calls: ['remove', 'scoresOf'],
    code: `
function pruneBelow(model, threshold, { delta = 1 } = {}) {
  const keep = scoresOf(model, (w) => w.abs().greaterEqual(threshold).toFloat());
  remove(model, keep, delta);
}`,
  },
  pruneScaled: {
    calls: ['remove', 'scoresOf'],
    code: `
/** Prunes |w| < factor · ‖W‖ / fan-in. */
function pruneScaled(model, factor, { delta = 1 } = {}) {
  const keep = scoresOf(model, (w) => {
    const fanIn = w.size / w.shape.at(-1);
    return w.abs().greaterEqual(w.norm().mul(factor / fanIn)).toFloat();
  });
  remove(model, keep, delta);
}`,
  },
  pruneNOfM: {
    calls: ['remove', 'kernels', 'standing'],
    code: `
/** Of each m consecutive inputs of a unit, the n with the highest scores stay. */
function pruneNOfM(model, scores, n, m, { delta = 1 } = {}) {
  const keep = {};
  for (const { name, kernel } of kernels(model)) {
    const units = kernel.shape.at(-1);
    const inputs = kernel.size / units;
    keep[name] = scores[name].map(() => 1);
    const all = standing(name, scores);
    for (let unit = 0; unit < units; unit++) {
      for (let start = 0; start < inputs; start += m) {
        // Beyond the last input there are zeros.
        const group = Array.from({ length: m }, (_, i) => all[(start + i) * units + unit] ?? { score: 0 });
        for (const { i } of group.sort(byScore).slice(0, Math.max(0, m - n))) {
          if (i !== undefined) keep[name][i] = 0;
        }
      }
    }
  }
  remove(model, keep, delta);
}`,
  },
  pruneUnits: {
    calls: ['kernels', 'groupsOf', 'keepUnits'],
    code: `
/** Takes out that share of the hidden units, those with the smallest norms; each layer keeps one. */
function pruneUnits(model, sparsity, { norm, each = false, own = {} }) {
  const hidden = kernels(model).slice(0, -1);
  const norms = Object.fromEntries(
    hidden.map(({ name, kernel, bias }) => [
      name,
      tf.tidy(() => kernel.reshape([-1, bias.size]).norm(norm, 0).arraySync()),
    ]),
  );
  const kept = Object.fromEntries(hidden.map(({ name }) => [name, [...norms[name].keys()]]));
  for (const [names, share] of groupsOf(Object.keys(norms), sparsity, each, own)) {
    const ranked = names.flatMap((name) => kept[name].map((unit) => ({ name, unit })));
    ranked.sort((a, b) => norms[a.name][a.unit] - norms[b.name][b.unit]);
    let missing = Math.round(share * ranked.length);
    for (const { name, unit } of ranked) {
      if (missing === 0 || kept[name].length === 1) continue;
      kept[name] = kept[name].filter((each) => each !== unit);
      missing -= 1;
    }
  }
  return keepUnits(model, kept);
}`,
  },
  keepUnits: {
    code: `
/** The smaller network of these units: the others go, with all that reads them. */
function keepUnits(model, kept) {
  let channels = model.inputs[0].shape.at(-1);
  let inputs = Array.from({ length: channels }, (_, i) => i);
  const parts = [];
  const layers = model.layers.map((layer, at) => {
    const config = layer.getConfig();
    const [kernel, bias] = layer.getWeights();
    parts[at] = [];
    if (layer.getClassName() === 'BatchNormalization') {
      parts[at] = layer.getWeights().map((part) => part.gather(inputs));
    } else if (kernel !== undefined) {
      const units = kept[layer.name] ?? Array.from({ length: bias.size }, (_, i) => i);
      const cut = (whole) =>
        tf.tidy(() =>
          whole
            .reshape([-1, channels, bias.size])
            .gather(inputs, 1)
            .gather(units, 2)
            .reshape([...whole.shape.slice(0, -2), -1, units.length]),
        );
      parts[at] = [cut(kernel), bias.gather(units)];
      const mask = masks.get(layer.name);
      if (mask !== undefined) masks.set(layer.name, cut(mask));
      mask?.dispose();
      config['units' in config ? 'units' : 'filters'] = units.length;
      [inputs, channels] = [units, bias.size];
    }
    return layer.constructor.fromConfig(layer.constructor, config);
  });
  const smaller = tf.sequential({ layers });
  smaller.layers.forEach((layer, at) => layer.setWeights(parts[at]));
  tf.dispose(parts);
  model.dispose();
  return smaller;
}`,
  },
  isDue: {
    code: `
/** Some forty times until the sparsity is reached. */
function isDue(done, total, ramp) {
  const length = Math.max(1, Math.round(ramp * total));
  return done <= length && (done % Math.ceil(length / 40) === 0 || done === length);
}`,
  },
  onRamp: {
    code: `
/** Fast while much is redundant, slow at the end (Zhu & Gupta 2017). */
function onRamp(done, total, { to, ramp }) {
  const length = Math.max(1, Math.round(ramp * total));
  return to * (1 - (1 - Math.min(1, done / length)) ** 3);
}`,
  },
  afterRound: {
    calls: ['kernels'],
    code: `
/** The sparsity after this round: each takes the same share of what is left (Han et al. 2015). */
function afterRound(model, to, left, { only, without = [] } = {}) {
  const among = kernels(model).filter(({ name }) =>
    only === undefined ? !without.includes(name) : name === only,
  );
  const keeps = ({ name, kernel }) => masks.get(name)?.dataSync().filter(Boolean).length ?? kernel.size;
  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
  const now = 1 - sum(among.map(keeps)) / Math.max(1, sum(among.map(({ kernel }) => kernel.size)));
  return now >= to ? now : 1 - (1 - now) * ((1 - to) / (1 - now)) ** (1 / left);
}`,
  },
  rewind: {
    calls: ['applyMasks', 'weightsOf'],
    code: `
/** The weights that stay go back to what they were (Frankle & Carbin 2019). */
function rewind(model, weights) {
  model.setWeights(weights);
  applyMasks(model);
}`,
  },
  drawAnew: {
    calls: ['applyMasks', 'kernels'],
    code: `
function drawAnew(model) {
  tf.tidy(() => {
    for (const layer of model.layers) {
      if (layer.getClassName() === 'BatchNormalization') {
        const [ones, zeros] = [tf.onesLike(layer.gamma.val), tf.zerosLike(layer.gamma.val)];
        layer.setWeights([ones, zeros, zeros, ones]);
      }
    }
    for (const { layer, kernel, bias } of kernels(model)) {
      // With its own seed it would draw the same weights once more.
      const drawn = { ...layer.kernelInitializer.getConfig(), seed: null };
      kernel.assign(tf.initializers.varianceScaling(drawn).apply(kernel.shape));
      bias.assign(tf.zerosLike(bias));
    }
  });
  applyMasks(model);
}`,
  },
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
/** −a, 0 and a, a being the mean of the |w| above 0.7 mean|w| (Li, Zhang & Liu 2016). */
function ternary(weights, kept) {
  const sizes = weights.map(Math.abs);
  const cut = 0.7 * mean(sizes.filter((_, i) => kept[i]));
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
  copyOf: {
    code: `
/** The same network once more, which does not change with the first. */
function copyOf(model) {
  const copy = tf.sequential({
    layers: model.layers.map((layer) => layer.constructor.fromConfig(layer.constructor, layer.getConfig())),
  });
  copy.setWeights(model.getWeights());
  return copy;
}`,
  },
};
