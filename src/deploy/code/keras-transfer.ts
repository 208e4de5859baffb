import type { Needs } from './plan';
import type { Helper } from './write';

/** What it takes to go on to other data. */
export function kerasTransfer(needs: Needs): Readonly<Record<string, Helper>> {
  const rate = needs.slows ? 'beta * ratio ** (below - max(1, passed))' : 'beta';
  return {
    newHead: {
      code: `
def new_head(model, outputs):
    """Other outputs on the same layers, drawn anew."""
    old = model.pop()
    model.add(old.__class__.from_config({**old.get_config(), "units": outputs}))${
      needs.masks ? '\n    masks.pop(old.name, None)' : ''
    }
    return model`,
    },
    freeze: {
      code: `
def freeze(model, count):
    """So many of the first layers with weights stay as they are, with what follows each."""
    passed = 0
    for layer in model.layers:
        passed += hasattr(layer, "kernel")
        layer.trainable = max(1, passed) > count${
          needs.dropouts
            ? `
        if isinstance(layer, keras.layers.Dropout):  # drops nothing while it is frozen
            layer.usual_rate = getattr(layer, "usual_rate", layer.rate)
            layer.rate = layer.usual_rate if layer.trainable else 0`
            : ''
        }`,
    },
    layerRates: {
      calls: ['belowHead'],
      code: `
def layer_rates(model, head, beta${needs.slows ? ', ratio=1' : ''}):
    """The head at its own rate, ${needs.slows ? 'the layer below it at beta, the next at ratio of that' : 'the layers below it at beta'}."""
    rates, passed, below = {}, 0, below_head(model)
    for layer in model.layers:
        passed += hasattr(layer, "kernel")
        rates[layer.name] = head if passed > below else ${rate}
    return rates`,
    },
    perLayer: {
      code: `
def per_layer(kind, rates, ${needs.decays ? 'decay=0, ' : ''}**settings):
    """An optimizer with a learning rate for each layer."""

    class PerLayer(kind):
        def update_step(self, gradient, variable, learning_rate):
            rate = rates[variable.path.split("/")[-2]]${
              needs.decays
                ? `
            if variable.name == "kernel":  # biases do not decay
                self.assign_sub(variable, variable * (rate * decay))`
                : ''
            }
            super().update_step(gradient, variable, rate)

    return PerLayer(**settings)`,
    },
    fewOfEach: {
      code: `
def few_of_each(count):
    """So many training examples of each class, drawn at random."""
    order = rng.permutation(len(train_x))
    labels = train_y[order]
    rows = np.concatenate([order[labels == label][:count] for label in np.unique(labels)])
    return train_x[rows], train_y[rows], targets[rows]`,
    },
    few: {
      code: `
def few(count):
    """So many training examples, drawn at random."""
    rows = rng.permutation(len(train_x))[:count]
    return train_x[rows], train_y[rows], targets[rows]`,
    },
  };
}
