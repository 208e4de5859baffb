import { LION_BETAS } from '../../engine/constants';
import type { Needs } from './plan';
import { indented, numberText, type Helper } from './write';

/** Of the momentum: what of it takes part in a step, and what of the gradient goes into it. */
const OLD = numberText(LION_BETAS[0]);
const NEW = numberText(1 - LION_BETAS[1]);

/** What fits the rows of a batch for batch norm, in every loop over batches. */
export function loneRow({ flatNorms }: Needs): readonly string[] {
  return flatNorms
    ? [
        'if len(rows) == 1:  # too few for batch norm; twice the same has the same mean',
        '    rows = rows.repeat(2)',
      ]
    : [];
}

/** Functions that are the same in every recipe that needs them. Matrices are `[units, inputs]`. */
export const pytorchHelpers = (needs: Needs): Readonly<Record<string, Helper>> => ({
  lion: {
    code: `
class Lion(torch.optim.Optimizer):
    """The sign of a momentum (Chen et al. 2023)."""

    def __init__(self, params, lr=1e-4):
        super().__init__(params, {"lr": lr, "weight_decay": 0})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in (p for p in group["params"] if p.grad is not None):
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                change = torch.lerp(p.grad, m, ${OLD}).sign() + group["weight_decay"] * p
                p.sub_(group["lr"] * change)
                m.lerp_(p.grad, ${NEW})`,
  },
  applyMasks: {
    calls: ['kernels'],
    code: `
@torch.no_grad()
def apply_masks(model):
    for name, weight in kernels(model).items():
        if name in masks:
            weight.mul_(masks[name])`,
  },
  rowsOf: {
    code: `
def rows_of(weight):
    """The weights as [units, inputs]; of a convolution channels come last, as in the recipe."""
    return weight.flatten(1) if weight.dim() == 2 else weight.permute(0, 2, 3, 1).flatten(1)


def from_rows(matrix, weight):
    if weight.dim() == 2:
        return matrix
    units, channels, height, width = weight.shape
    return matrix.reshape(units, height, width, channels).permute(0, 3, 1, 2)`,
  },
  remove: {
    calls: ['applyMasks', 'kernels'],
    code: `
@torch.no_grad()
def remove(model, keep, delta=1):
    """Prunes the weights whose keep is 0; with delta below 1 they only shrink."""
    for name, weight in kernels(model).items():
        if name in keep and delta == 1:
            masks[name] = keep[name] * masks.get(name, 1)
        elif name in keep:
            weight.mul_(1 - delta * (1 - keep[name]))
    apply_masks(model)`,
  },
  magnitude: {
    calls: ['kernels'],
    code: `
def magnitude(model):
    return {name: weight.detach().abs() for name, weight in kernels(model).items()}`,
  },
  randomScores: {
    calls: ['kernels'],
    code: `
def random_scores(model):
    return {name: torch.rand_like(weight) for name, weight in kernels(model).items()}`,
  },
  saliency: {
    calls: ['kernels', 'loss', 'copyOf'],
    code: `
def saliency(model, batches):
    """|w · dL/dw|, summed over batches of 128 training examples, with nothing dropped out."""
    # The means of batch norm would move, which is why a copy trains.
    twin = copy_of(model).train()
    for layer in twin:
        if isinstance(layer, nn.Dropout):
            layer.eval()
    scores = {name: torch.zeros_like(weight) for name, weight in kernels(model).items()}
    for rows in torch.randperm(len(train_x)).split(128)[:batches]:
${indented([...loneRow(needs), 'twin.zero_grad()'], '        ').join('\n')}
        LOSS(twin(train_x[rows]), rows).backward()
        for name, weight in kernels(twin).items():
            scores[name] += (weight * weight.grad).abs().detach()
    return scores`,
  },
  standing: {
    code: `
def standing(name, scores):
    """The scores of a layer: what was pruned before goes first."""
    if name not in masks:
        return scores[name]
    return scores[name].masked_fill(masks[name] == 0, -math.inf)`,
  },
  prune: {
    calls: ['remove', 'groupsOf', 'standing'],
    code: `
def prune(model, scores, sparsity, each=False, own={}, delta=1):
    """Prunes that share of the weights, those with the lowest scores: of all layers together,
    or of each; layers with a sparsity of their own are ranked apart."""
    for names, share in groups_of(scores, sparsity, each, own):
        flat = [standing(n, scores) for n in names]
        order = torch.cat([s.flatten() for s in flat]).argsort(stable=True)
        keep = torch.ones(len(order))
        keep[order[: int(share * len(order) + 0.5)]] = 0
        parts = keep.split([s.numel() for s in flat])
        remove(model, {n: k.reshape(s.shape) for n, k, s in zip(names, parts, flat)}, delta)`,
  },
  pruneBelow: {
    calls: ['remove', 'kernels'],
    code: `
def prune_below(model, threshold, delta=1):
    remove(model, {n: (w.abs() >= threshold).float() for n, w in kernels(model).items()}, delta)`,
  },
  pruneScaled: {
    calls: ['remove', 'kernels'],
    code: `
def prune_scaled(model, factor, delta=1):
    """Prunes |w| < factor · ‖W‖ / fan-in."""
    keep = {}
    for name, weight in kernels(model).items():
        keep[name] = (weight.abs() >= factor * weight.norm() / weight[0].numel()).float()
    remove(model, keep, delta)`,
  },
  pruneNOfM: {
    calls: ['remove', 'rowsOf', 'kernels', 'standing'],
    code: `
def prune_n_of_m(model, scores, n, m, delta=1):
    """Of each m consecutive inputs of a unit, the n with the highest scores stay."""
    keep = {}
    for name, weight in kernels(model).items():
        matrix = rows_of(standing(name, scores))
        inputs = matrix.shape[1]
        groups = F.pad(matrix, (0, -inputs % m)).reshape(-1, m)
        lowest = groups.argsort(dim=1, stable=True)[:, : max(0, m - n)]
        kept = torch.ones_like(groups).scatter(1, lowest, 0).reshape(len(matrix), -1)
        keep[name] = from_rows(kept[:, :inputs], weight)
    remove(model, keep, delta)`,
  },
  pruneUnits: {
    calls: ['kernels', 'keptUnits', 'keepUnits'],
    code: `
def prune_units(model, sparsity, norm, each=False, own={}):
    """Takes out that share of the hidden units, those whose weights have the smallest norm."""
    hidden = list(kernels(model).items())[:-1]
    norms = {name: w.detach().flatten(1).norm(p=norm, dim=1).tolist() for name, w in hidden}
    return keep_units(model, kept_units(norms, sparsity, each, own))`,
  },
  keepUnits: {
    code: `
@torch.no_grad()
def keep_units(model, kept):
    """The smaller network of these units: the others go, with all that reads them."""
    inputs, channels = slice(None), None
    for name, layer in model.named_children():
        if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            layer.weight = nn.Parameter(layer.weight[inputs])
            layer.bias = nn.Parameter(layer.bias[inputs])
            layer.running_mean = layer.running_mean[inputs]
            layer.running_var = layer.running_var[inputs]
        if not isinstance(layer, (nn.Linear, nn.Conv2d)):
            continue
        units, total = kept.get(name, slice(None)), len(layer.weight)
        channels = channels or layer.weight.shape[1]

        def cut(whole):
            rows = whole.reshape(total, channels, -1)[units][:, inputs]
            return rows.reshape(len(rows), -1, *whole.shape[2:])

        layer.weight = nn.Parameter(cut(layer.weight))
        layer.bias = nn.Parameter(layer.bias[units])
        if name in masks:
            masks[name] = cut(masks[name])
        inputs, channels = units, total
    return model`,
  },
  rewind: {
    calls: ['applyMasks'],
    code: `
def rewind(model, weights):
    """The weights that stay go back to what they were (Frankle & Carbin 2019)."""
    model.load_state_dict(weights)
    apply_masks(model)`,
  },
  lowRank: {
    code: `
@torch.no_grad()
def low_rank(model, rank=None, energy=None):
    """Two thin layers in place of each dense one that becomes smaller by it."""
    layers = OrderedDict()
    for name, layer in model.named_children():
        layers[name] = layer
        if not isinstance(layer, nn.Linear):
            continue
        u, s, v = torch.linalg.svd(layer.weight, full_matrices=False)
        units, inputs = layer.weight.shape
        share = s.square().cumsum(0) / s.square().sum()
        k = min(rank or int((share < energy).sum()) + 1, len(s))
        if k * (units + inputs + 1) >= units * inputs:
            continue
        first, second = nn.Linear(inputs, k), nn.Linear(k, units)
        first.weight.copy_(s[:k, None].sqrt() * v[:k])
        first.bias.zero_()
        second.weight.copy_(u[:, :k] * s[:k].sqrt())
        second.bias.copy_(layer.bias)
        first.drawn, second.drawn = "glorot", layer.drawn
        del layers[name]
        masks.pop(name, None)
        layers[name + "a"], layers[name + "b"] = first, second
    return nn.Sequential(layers)`,
  },
  copyOf: {
    code: `
def copy_of(model):
    return copy.deepcopy(model)`,
  },
});
