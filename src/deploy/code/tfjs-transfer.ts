import type { Needs } from './plan';
import type { Helper } from './write';

/** What it takes to go on to other data. */
export function tfjsTransfer(needs: Needs): Readonly<Record<string, Helper>> {
  const rate = needs.slows ? 'beta * ratio ** (below - Math.max(1, passed))' : 'beta';
  return {
    redraw: {
      code: `
function redraw({ layer, kernel, bias }) {
  // With its own seed it would draw the same weights once more.
  const drawn = { ...layer.kernelInitializer.getConfig(), seed: null };
  kernel.assign(tf.initializers.varianceScaling(drawn).apply(kernel.shape));
  bias.assign(tf.zerosLike(bias));
}`,
    },
    drawAnew: {
      calls: ['kernels', 'redraw', ...(needs.masks ? ['applyMasks'] : [])],
      code: `
function drawAnew(model) {
  tf.tidy(() => {
    for (const layer of model.layers) {
      if (layer.getClassName() === 'BatchNormalization') {
        const [ones, zeros] = [tf.onesLike(layer.gamma.val), tf.zerosLike(layer.gamma.val)];
        layer.setWeights([ones, zeros, zeros, ones]);
      }
    }
    kernels(model).forEach(redraw);
  });${needs.masks ? '\n  applyMasks(model);' : ''}
}`,
    },
    newHead: {
      calls: ['kernels', 'redraw'],
      code: `
/** Other outputs on the same layers, drawn anew. */
function newHead(model, outputs) {
  const last = model.layers.length - 1;
  const layers = model.layers.map((layer, at) => {
    const config = layer.getConfig();
    if (at === last) config.units = outputs;
    return layer.constructor.fromConfig(layer.constructor, config);
  });
  const next = tf.sequential({ layers });
  next.layers.slice(0, last).forEach((layer, at) => layer.setWeights(model.layers[at].getWeights()));
  const head = kernels(next).at(-1);
  tf.tidy(() => redraw(head));${
    needs.masks
      ? `
  masks.get(head.name)?.dispose();
  masks.delete(head.name);`
      : ''
  }
  model.dispose();
  return next;
}`,
    },
    belowHead: {
      calls: ['kernels'],
      code: `
/** How many layers with weights there are below the head. */
const belowHead = (model) => kernels(model).length - 1;`,
    },
    freeze: {
      calls: ['kernels'],
      code: `
/** So many of the first layers with weights stay as they are, with what follows each. */
function freeze(model, count) {
  const names = kernels(model).map(({ name }) => name);
  let passed = 0;
  for (const layer of model.layers) {
    if (names.includes(layer.name)) passed += 1;
    layer.trainable = Math.max(1, passed) > count;
  }
}`,
    },
    layerRates: {
      calls: ['kernels', 'belowHead'],
      code: `
/** The head at its own rate, ${needs.slows ? 'the layer below it at beta, the next at ratio of that' : 'the layers below it at beta'}. */
function layerRates(model, { head, beta${needs.slows ? ', ratio = 1' : ''} }) {
  const names = kernels(model).map(({ name }) => name);
  const below = belowHead(model);
  let passed = 0;
  const rates = model.layers.map((layer) => {
    if (names.includes(layer.name)) passed += 1;
    return [layer.name, passed > below ? head : ${rate}];
  });
  return Object.fromEntries(rates);
}`,
    },
    perLayer: {
      code: `
/** An optimizer for each layer that trains, at the layer's rate. */
function perLayer(model, rates, optimizerOf) {
  const all = model.layers
    .map((layer) => ({ layer, names: layer.trainableWeights.map(({ val }) => val.name) }))
    .filter(({ names }) => names.length > 0)
    .map(({ layer, names }) => ({ names, optimizer: optimizerOf(rates[layer.name]) }));
  return {
    applyGradients(grads) {
      for (const { names, optimizer } of all) {
        optimizer.applyGradients(Object.fromEntries(names.map((name) => [name, grads[name]])));
      }
    },
    dispose: () => all.forEach(({ optimizer }) => optimizer.dispose()),
  };
}`,
    },
    thawing: {
      calls: ['belowHead'],
      code: `
/** How many layers are frozen for how many epochs: ever fewer (Howard & Ruder 2018). */
function* thawing(model, { epochs, every, least = 0 }) {
  for (let frozen = belowHead(model); frozen >= least; frozen--) {
    const now = frozen === least ? epochs : Math.min(every, epochs);
    if (now > 0) yield [frozen, now];
    epochs -= now;
  }
}`,
    },
    fewOfEach: {
      calls: ['pick'],
      code: `
/** So many training examples of each class, drawn at random. */
function fewOfEach(count) {
  const labels = tf.tidy(() => trainSet.y.argMax(1).dataSync());
  const left = new Array(trainSet.y.shape[1]).fill(count);
  const order = Array.from(tf.util.createShuffledIndices(labels.length));
  return pick(order.filter((row) => left[labels[row]]-- > 0));
}`,
    },
    few: {
      calls: ['pick'],
      code: `
/** So many training examples, drawn at random. */
const few = (count) =>
  pick(Array.from(tf.util.createShuffledIndices(trainSet.x.shape[0])).slice(0, count));`,
    },
    pick: {
      code: `
/** Of the training set these rows alone. */
function pick(numbers) {
  const { x, y } = trainSet;
  const kept = tf.tidy(() => {
    const rows = tf.tensor1d(numbers, 'int32');
    return { x: tf.gather(x, rows), y: tf.gather(y, rows) };
  });
  tf.dispose([x, y]);
  return kept;
}`,
    },
    answers: {
      code: `
/** What the network says while it trains; layers that are frozen work as in inference. */
const answers = (model, x) =>
  model.layers
    .slice(1)
    .reduce((values, layer) => layer.apply(values, { training: layer.trainable }), x);`,
    },
  };
}
