import type { Helper } from './write';

/** Functions that are the same in every recipe that needs them. Matrices are `[inputs, units]`. */
export const KERAS_HELPERS: Readonly<Record<string, Helper>> = {
  applyMasks: {
    code: `
def apply_masks(model):
    for layer in model.layers:
        if layer.name in masks:
            layer.kernel.assign(layer.kernel * masks[layer.name])`,
  },
  remove: {
    calls: ['applyMasks'],
    code: `
def remove(model, keep, delta=1):
    """Prunes the weights whose keep is 0; with delta below 1 they only shrink."""
    for layer in model.layers:
        name = layer.name
        if name in keep and delta == 1:
            masks[name] = (keep[name] * masks.get(name, 1)).astype("float32")
        elif name in keep:
            layer.kernel.assign(layer.kernel * (1 - delta * (1 - keep[name])).astype("float32"))
    apply_masks(model)`,
  },
  magnitude: {
    calls: ['kernels'],
    code: `
def magnitude(model):
    return {name: np.abs(weight) for name, weight in kernels(model).items()}`,
  },
  randomScores: {
    calls: ['kernels'],
    code: `
def random_scores(model):
    return {name: rng.random(weight.shape) for name, weight in kernels(model).items()}`,
  },
  saliency: {
    calls: ['kernels', 'loss', 'copyOf'],
    code: `
def saliency(model, batches):
    """|w · dL/dw|, summed over batches of 128 training examples. Keras has no gradients of its
    own: a step of plain gradient descent, by a copy, says them."""
    scores = {name: np.zeros_like(weight) for name, weight in kernels(model).items()}
    twin, weights = copy_of(model), model.get_weights()
    for layer in twin.layers:
        if isinstance(layer, keras.layers.Dropout):
            layer.rate = 0
    twin.compile(keras.optimizers.SGD(learning_rate=1.0), LOSS)
    order = rng.permutation(len(train_x))
    for start in range(0, min(len(order), 128 * batches), 128):
        rows = order[start : start + 128]
        old = kernels(twin)
        twin.train_on_batch(train_x[rows], targets[rows])
        new = kernels(twin)
        for name in scores:
            scores[name] += np.abs(old[name] * (old[name] - new[name]))
        twin.set_weights(weights)
    return scores`,
  },
  standing: {
    code: `
def standing(name, scores):
    """The scores of a layer: what was pruned before goes first."""
    return np.where(masks.get(name, 1) == 0, -np.inf, scores[name])`,
  },
  prune: {
    calls: ['remove', 'groupsOf', 'standing'],
    code: `
def prune(model, scores, sparsity, each=False, own={}, delta=1):
    """Prunes that share of the weights, those with the lowest scores: of all layers together,
    or of each; layers with a sparsity of their own are ranked apart."""
    for names, share in groups_of(scores, sparsity, each, own):
        flat = [standing(n, scores).ravel() for n in names]
        order = np.concatenate(flat).argsort(kind="stable")
        keep = np.ones(len(order))
        keep[order[: int(share * len(order) + 0.5)]] = 0
        parts = np.split(keep, np.cumsum([len(s) for s in flat])[:-1])
        remove(model, {n: k.reshape(scores[n].shape) for n, k in zip(names, parts)}, delta)`,
  },
  pruneBelow: {
    calls: ['remove', 'kernels'],
    code: `
def prune_below(model, threshold, delta=1):
    remove(model, {n: np.abs(w) >= threshold for n, w in kernels(model).items()}, delta)`,
  },
  pruneScaled: {
    calls: ['remove', 'kernels'],
    code: `
def prune_scaled(model, factor, delta=1):
    """Prunes |w| < factor · ‖W‖ / fan-in."""
    keep = {}
    for name, weight in kernels(model).items():
        fan_in = weight.size // weight.shape[-1]
        keep[name] = np.abs(weight) >= factor * np.sqrt((weight**2).sum()) / fan_in
    remove(model, keep, delta)`,
  },
  pruneNOfM: {
    calls: ['remove', 'kernels', 'standing'],
    code: `
def prune_n_of_m(model, scores, n, m, delta=1):
    """Of each m consecutive inputs of a unit, the n with the highest scores stay."""
    keep = {}
    for name, weight in kernels(model).items():
        matrix = standing(name, scores).reshape(-1, weight.shape[-1]).T
        units, inputs = matrix.shape
        groups = np.pad(matrix, ((0, 0), (0, -inputs % m))).reshape(-1, m)
        lowest = groups.argsort(axis=1, kind="stable")[:, : max(0, m - n)]
        kept = np.ones_like(groups)
        np.put_along_axis(kept, lowest, 0, axis=1)
        keep[name] = kept.reshape(units, -1)[:, :inputs].T.reshape(weight.shape)
    remove(model, keep, delta)`,
  },
  pruneUnits: {
    calls: ['kernels', 'keptUnits', 'keepUnits'],
    code: `
def prune_units(model, sparsity, norm, each=False, own={}):
    """Takes out that share of the hidden units, those whose weights have the smallest norm."""
    hidden = list(kernels(model).items())[:-1]
    matrices = {name: weight.reshape(-1, weight.shape[-1]) for name, weight in hidden}
    norms = {name: np.linalg.norm(m, ord=norm, axis=0) for name, m in matrices.items()}
    return keep_units(model, kept_units(norms, sparsity, each, own))`,
  },
  keepUnits: {
    calls: ['assembled'],
    code: `
def keep_units(model, kept):
    """The smaller network of these units: the others go, with all that reads them."""
    layers, weights = [keras.Input(model.input_shape[1:])], {}
    channels = model.input_shape[-1]
    inputs = list(range(channels))
    for layer in model.layers:
        config, parts = layer.get_config(), layer.get_weights()
        if isinstance(layer, keras.layers.BatchNormalization):
            parts = [part[inputs] for part in parts]
        elif parts:
            kernel, bias = parts
            units = kept.get(layer.name, list(range(len(bias))))

            def cut(whole):
                matrices = whole.reshape(-1, channels, len(bias))[:, inputs][:, :, units]
                return matrices.reshape(*whole.shape[:-2], -1, len(units))

            parts = [cut(kernel), bias[units]]
            if layer.name in masks:
                masks[layer.name] = cut(masks[layer.name])
            config["units" if "units" in config else "filters"] = len(units)
            inputs, channels = units, len(bias)
        layers.append(layer.__class__.from_config(config))
        weights[layer.name] = parts
    return assembled(layers, weights)`,
  },
  rewind: {
    calls: ['applyMasks'],
    code: `
def rewind(model, weights):
    """The weights that stay go back to what they were (Frankle & Carbin 2019)."""
    model.set_weights(weights)
    apply_masks(model)`,
  },
  lowRank: {
    calls: ['assembled'],
    code: `
def low_rank(model, rank=None, energy=None):
    """Two thin layers in place of each dense one that becomes smaller by it."""
    layers, weights = [keras.Input(model.input_shape[1:])], {}
    for layer in model.layers:
        config = layer.get_config()
        layers.append(layer.__class__.from_config(config))
        weights[layer.name] = layer.get_weights()
        if not isinstance(layer, keras.layers.Dense):
            continue
        kernel, bias = layer.get_weights()
        u, s, v = np.linalg.svd(kernel, full_matrices=False)
        share = np.cumsum(s**2) / (s**2).sum()
        k = min(rank or int((share < energy).sum()) + 1, len(s))
        if k * (sum(kernel.shape) + 1) >= kernel.size:
            continue
        first, second = layer.name + "a", layer.name + "b"
        layers[-1:] = [
            keras.layers.Dense(k, kernel_initializer="glorot_normal", name=first),
            layer.__class__.from_config({**config, "name": second}),
        ]
        weights[first] = [u[:, :k] * np.sqrt(s[:k]), np.zeros(k)]
        weights[second] = [np.sqrt(s[:k, None]) * v[:k], bias]
        masks.pop(layer.name, None)
    return assembled(layers, weights)`,
  },
  assembled: {
    code: `
def assembled(layers, weights):
    model = keras.Sequential(layers)
    for layer in model.layers:
        layer.set_weights(weights[layer.name])
    return model`,
  },
  copyOf: {
    code: `
def copy_of(model):
    layers = [layer.__class__.from_config(layer.get_config()) for layer in model.layers]
    copy = keras.Sequential([keras.Input(model.input_shape[1:]), *layers])
    copy.set_weights(model.get_weights())
    return copy`,
  },
};
