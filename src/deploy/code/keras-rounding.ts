import { TERNARY_THRESHOLD } from '../../engine/constants';
import { numberText, type Helper } from './write';

const TERNARY = numberText(TERNARY_THRESHOLD);

/** Functions that round weights, of which a script has those that it calls. */
export const KERAS_ROUNDING: Readonly<Record<string, Helper>> = {
  symmetric: {
    code: `
def symmetric(w, kept, bits):
    """2^bits - 1 levels, evenly from -max|w| to max|w|."""
    largest = 2 ** (bits - 1) - 1
    scale = np.abs(w).max(axis=1, keepdims=True) / largest
    scale[scale == 0] = 1
    return scale * np.clip(np.round(w / scale), -largest, largest)`,
  },
  affine: {
    code: `
def affine(w, kept, bits):
    """2^bits levels, evenly from min w to max w; zero is one of them."""
    largest = 2**bits - 1
    low = np.minimum(0, w.min(axis=1, keepdims=True))
    high = np.maximum(0, w.max(axis=1, keepdims=True))
    scale = (high - low) / largest
    scale[scale == 0] = 1
    zero = np.round(-low / scale)
    return scale * (np.clip(np.round(w / scale) + zero, 0, largest) - zero)`,
  },
  ternary: {
    code: `
def ternary(w, kept, bits):
    """-a, 0 and a, a being the mean of the |w| above ${TERNARY} mean|w| (Li, Zhang & Liu 2016)."""
    size = np.abs(w) * kept
    count = np.maximum(1, kept.sum(axis=1, keepdims=True))
    large = size > ${TERNARY} * size.sum(axis=1, keepdims=True) / count
    a = (size * large).sum(axis=1, keepdims=True)
    return a / np.maximum(1, large.sum(axis=1, keepdims=True)) * np.sign(w) * large`,
  },
  binary: {
    code: `
def binary(w, kept, bits):
    """-a and a, a being mean|w|."""
    count = np.maximum(1, kept.sum(axis=1, keepdims=True))
    a = (np.abs(w) * kept).sum(axis=1, keepdims=True) / count
    return np.where(w < 0, -a, a) * kept`,
  },
  powersOfTwo: {
    code: `
def powers_of_two(w, kept, bits):
    """0 and ± the 2^(bits-1) - 1 powers of two from that nearest to max|w| down."""

    def nearest(size):
        exponent = np.floor(np.log2(np.maximum(size, 2.0**-126)))
        return 2 ** (exponent + (size >= 1.5 * 2**exponent))

    size = np.abs(w)
    largest = nearest(size.max(axis=1, keepdims=True))
    least = largest * 2.0 ** (2 - 2 ** (bits - 1))
    return np.where(size < least / 2, 0, np.sign(w) * np.clip(nearest(size), least, largest))`,
  },
  codebook: {
    code: `
def codebook(w, kept, bits):
    """2^bits centroids by k-means, started evenly; a pruned zero takes none (Han et al. 2016)."""
    result = np.zeros_like(w)
    for row, values, keep in zip(result, w, kept.astype(bool)):
        if not keep.any():
            continue
        sample = values[keep]
        levels = np.linspace(sample.min(), sample.max(), 2**bits)
        while True:
            nearest = np.abs(sample[:, None] - levels).argmin(axis=1)
            count = np.bincount(nearest, minlength=len(levels))
            sums = np.bincount(nearest, weights=sample, minlength=len(levels))
            moved = np.where(count > 0, sums / np.maximum(1, count), levels)
            if (moved == levels).all():
                break
            levels = moved
        row[keep] = levels[nearest]
    return result`,
  },
  rounding: {
    code: `
def rounding(scheme, bits, per="channel", group=None, own={}):
    """How a layer's weights are rounded: units, groups of inputs or the whole share their levels."""

    def rounded(name, weight):
        keep = masks[name] if name in masks else np.ones_like(weight)
        inputs, units = weight.size // weight.shape[-1], weight.shape[-1]
        size = {"channel": inputs, "tensor": weight.size, "group": group}[per]
        pad = ((0, 0), (0, -inputs % size if per == "group" else 0))
        parts = [np.pad(a.reshape(inputs, units).T, pad).reshape(-1, size) for a in (weight, keep)]
        chosen, width = own.get(name, (scheme, bits))
        levels = chosen(*parts, width).reshape(units, -1)[:, :inputs]
        return levels.T.reshape(weight.shape) * keep

    return rounded`,
  },
  roundWeights: {
    calls: ['kernels'],
    code: `
def round_weights(model, rounded):
    """Rounds every kernel, and returns it before and after."""
    behind = {}
    for name, weight in kernels(model).items():
        levels = rounded(name, weight)
        model.get_layer(name).kernel.assign(levels)
        behind[name] = weight, levels
    return behind


def step_behind(model, behind):
    for name, (weight, levels) in behind.items():
        kernel = model.get_layer(name).kernel
        kernel.assign(weight + kernel - levels)`,
  },
};
