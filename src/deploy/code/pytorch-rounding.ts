import { TERNARY_THRESHOLD } from '../../engine/constants';
import { numberText, type Helper } from './write';

const TERNARY = numberText(TERNARY_THRESHOLD);

/** Functions that round weights, of which a script has those that it calls. */
export const PYTORCH_ROUNDING: Readonly<Record<string, Helper>> = {
  symmetric: {
    code: `
def symmetric(w, kept, bits):
    """2^bits - 1 levels, evenly from -max|w| to max|w|."""
    largest = 2 ** (bits - 1) - 1
    scale = w.abs().amax(dim=1, keepdim=True) / largest
    scale[scale == 0] = 1
    return scale * (w / scale).round().clamp(-largest, largest)`,
  },
  affine: {
    code: `
def affine(w, kept, bits):
    """2^bits levels, evenly from min w to max w; zero is one of them."""
    largest = 2**bits - 1
    low, high = w.amin(dim=1, keepdim=True).clamp(max=0), w.amax(dim=1, keepdim=True).clamp(min=0)
    scale = (high - low) / largest
    scale[scale == 0] = 1
    zero = (-low / scale).round()
    return scale * (((w / scale).round() + zero).clamp(0, largest) - zero)`,
  },
  ternary: {
    code: `
def ternary(w, kept, bits):
    """-a, 0 and a, a being the mean of the |w| above ${TERNARY} mean|w| (Li, Zhang & Liu 2016)."""
    size = w.abs() * kept
    large = size > ${TERNARY} * size.sum(dim=1, keepdim=True) / kept.sum(dim=1, keepdim=True).clamp(min=1)
    a = (size * large).sum(dim=1, keepdim=True) / large.sum(dim=1, keepdim=True).clamp(min=1)
    return a * w.sign() * large`,
  },
  binary: {
    code: `
def binary(w, kept, bits):
    """-a and a, a being mean|w|."""
    a = (w.abs() * kept).sum(dim=1, keepdim=True) / kept.sum(dim=1, keepdim=True).clamp(min=1)
    return torch.where(w < 0, -a, a) * kept`,
  },
  powersOfTwo: {
    code: `
def powers_of_two(w, kept, bits):
    """0 and ± the 2^(bits-1) - 1 powers of two from that nearest to max|w| down."""

    def nearest(size):
        exponent = size.clamp(min=2.0**-126).log2().floor()
        return torch.exp2(exponent + (size >= 1.5 * torch.exp2(exponent)))

    size = w.abs()
    largest = nearest(size.amax(dim=1, keepdim=True))
    least = largest * 2.0 ** (2 - 2 ** (bits - 1))
    level = nearest(size).clamp(min=least, max=largest)
    return torch.where(size < least / 2, 0, w.sign() * level)`,
  },
  codebook: {
    code: `
def codebook(w, kept, bits):
    """2^bits centroids by k-means, started evenly; a pruned zero takes none (Han et al. 2016)."""
    result = torch.zeros_like(w)
    for row, values, keep in zip(result, w, kept.bool()):
        if not keep.any():
            continue
        sample = values[keep]
        levels = torch.linspace(float(sample.min()), float(sample.max()), 2**bits)
        while True:
            nearest = (sample[:, None] - levels).abs().argmin(dim=1)
            count = torch.bincount(nearest, minlength=len(levels))
            sums = torch.zeros_like(levels).index_add(0, nearest, sample)
            moved = torch.where(count > 0, sums / count.clamp(min=1), levels)
            if torch.equal(moved, levels):
                break
            levels = moved
        row[keep] = levels[nearest]
    return result`,
  },
  rounding: {
    calls: ['rowsOf'],
    code: `
def rounding(scheme, bits, per="channel", group=None, own={}):
    """How a layer's weights are rounded: units, groups of inputs or the whole share their levels."""

    def rounded(name, weight):
        matrix = rows_of(weight.detach())
        keep = rows_of(masks[name]) if name in masks else torch.ones_like(matrix)
        units, inputs = matrix.shape
        size = {"channel": inputs, "tensor": matrix.numel(), "group": group}[per]
        pad = -inputs % size if per == "group" else 0
        parts = [F.pad(m, (0, pad)).reshape(-1, size) for m in (matrix, keep)]
        chosen, width = own.get(name, (scheme, bits))
        levels = chosen(*parts, width).reshape(units, -1)[:, :inputs]
        return from_rows(levels * keep, weight)

    return rounded`,
  },
  roundWeights: {
    calls: ['kernels'],
    code: `
@torch.no_grad()
def round_weights(model, rounded):
    """Rounds every kernel, and returns what was there before."""
    behind = {name: weight.clone() for name, weight in kernels(model).items()}
    for name, weight in kernels(model).items():
        weight.copy_(rounded(name, weight))
    return behind


@torch.no_grad()
def restore(model, behind):
    for name, weight in behind.items():
        kernels(model)[name].copy_(weight)`,
  },
};
