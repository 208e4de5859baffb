import type { Helper } from './write';

/** Functions that prune, of which a script has those that it calls. */
export const TFJS_PRUNING: Readonly<Record<string, Helper>> = {
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
};
