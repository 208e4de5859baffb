import { indented, type Helper } from './write';
import type { Needs } from './plan';

/** What it takes to go on to other data. */
export function pytorchTransfer(needs: Needs): Readonly<Record<string, Helper>> {
  const rate = needs.slows ? 'beta * ratio ** (below - max(1, passed))' : 'beta';
  const slow = needs.slows ? ', ratio=1' : '';
  const decay = needs.decays ? ', decay=0' : '';
  const group = needs.decays
    ? `for weight in filter(lambda w: w.requires_grad, layer.parameters()):
    shrinks = decay if weight.dim() > 1 else 0  # kernels, not biases
    groups.append({"params": [weight], "lr": rate, "weight_decay": shrinks})`
    : `weights = [w for w in layer.parameters() if w.requires_grad]
if weights:
    groups.append({"params": weights, "lr": rate})`;
  return {
    newHead: {
      calls: ['kernels', 'draw'],
      code: `
def new_head(model, outputs):
    """Other outputs on the same layers, drawn anew."""
    name = list(kernels(model))[-1]
    old = model.get_submodule(name)
    head = nn.Linear(old.weight.shape[1], outputs)
    head.drawn = old.drawn
    draw([head])
    setattr(model, name, head)${needs.masks ? '\n    masks.pop(name, None)' : ''}
    return model`,
    },
    freeze: {
      code: `
def freeze(model, count):
    """So many of the first layers with weights stay as they are, with what follows each."""
    passed = 0
    for layer in model:
        passed += hasattr(layer, "drawn")
        ${
          needs.norms || needs.dropouts
            ? 'layer.trains = max(1, passed) > count\n        layer.requires_grad_(layer.trains)'
            : 'layer.requires_grad_(max(1, passed) > count)'
        }`,
    },
    layerRates: {
      calls: ['belowHead'],
      code: `
def layer_rates(model, head, beta${slow}${decay}):
    """The head at its own rate, ${needs.slows ? 'the layer below it at beta, the next at ratio of that' : 'the layers below it at beta'}."""
    groups, passed, below = [], 0, below_head(model)
    for layer in model:
        passed += hasattr(layer, "drawn")
        rate = head if passed > below else ${rate}
${indented([group], '        ').join('\n')}
    return groups`,
    },
    fewOfEach: {
      code: `
def few_of_each(count):
    """So many training examples of each class, drawn at random."""
    order = torch.randperm(len(train_x))
    labels = train_y[order]
    rows = torch.cat([order[labels == label][:count] for label in labels.unique()])
    return train_x[rows], train_y[rows]`,
    },
    few: {
      code: `
def few(count):
    """So many training examples, drawn at random."""
    rows = torch.randperm(len(train_x))[:count]
    return train_x[rows], train_y[rows]`,
    },
  };
}
