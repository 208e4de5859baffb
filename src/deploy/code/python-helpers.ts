import type { Helper } from './write';

/** Plain Python: the rate's course, and what pruning counts and ranks. */
export const PYTHON_HELPERS: Readonly<Record<string, Helper>> = {
  inSteps: {
    code: `
def in_steps(progress):
    return 1 if progress < 0.5 else 0.1 if progress < 0.75 else 0.01`,
  },
  cosine: {
    code: `
def cosine(progress):
    return (1 + math.cos(math.pi * progress)) / 2`,
  },
  oneCycle: {
    code: `
def one_cycle(progress):
    """From a tenth up and back in equal halves, then down to a thousandth (Smith 2018)."""
    if progress < 0.45:
        return 0.1 + 0.9 * progress / 0.45
    if progress < 0.9:
        return 1 - 0.9 * (progress - 0.45) / 0.45
    return 0.1 - 0.099 * (progress - 0.9) / 0.1`,
  },
  isDue: {
    code: `
def is_due(done, total, ramp):
    """Some forty times until the sparsity is reached."""
    length = max(1, int(ramp * total + 0.5))
    return done <= length and (done % math.ceil(length / 40) == 0 or done == length)`,
  },
  onRamp: {
    code: `
def on_ramp(done, total, to, ramp):
    """Fast while much is redundant, slow at the end (Zhu & Gupta 2017)."""
    length = max(1, int(ramp * total + 0.5))
    return to * (1 - (1 - min(1, done / length)) ** 3)`,
  },
  afterRound: {
    calls: ['kernels'],
    code: `
def after_round(model, to, left, only=None, without=()):
    """The sparsity after this round: each takes the same share of what is left (Han et al. 2015)."""
    sizes = {name: math.prod(weight.shape) for name, weight in kernels(model).items()}
    names = [only] if only else [name for name in sizes if name not in without]
    kept = sum(float(masks[name].sum()) if name in masks else sizes[name] for name in names)
    now = 1 - kept / max(1, sum(sizes[name] for name in names))
    return now if now >= to else 1 - (1 - now) * ((1 - to) / (1 - now)) ** (1 / left)`,
  },
  belowHead: {
    calls: ['kernels'],
    code: `
def below_head(model):
    """How many layers with weights there are below the head."""
    return len(kernels(model)) - 1`,
  },
  thawing: {
    calls: ['belowHead'],
    code: `
def thawing(model, epochs, every, least=0):
    """How many layers are frozen for how many epochs: ever fewer (Howard & Ruder 2018)."""
    for frozen in range(below_head(model), least - 1, -1):
        now = epochs if frozen == least else min(every, epochs)
        if now > 0:
            yield frozen, now
        epochs -= now`,
  },
  groupsOf: {
    code: `
def groups_of(names, sparsity, each, own):
    """Layers that are ranked together, and the share of them that goes."""
    others = [name for name in names if name not in own]
    together = [[name] for name in others] if each else [others] if others else []
    return [([name], own[name]) for name in own] + [(group, sparsity) for group in together]`,
  },
  keptUnits: {
    calls: ['groupsOf'],
    code: `
def kept_units(norms, sparsity, each, own):
    """The units that stay, by layer: those with the largest norms, and one of each layer at least."""
    kept = {name: list(range(len(values))) for name, values in norms.items()}
    for names, share in groups_of(norms, sparsity, each, own):
        units = [(name, unit) for name in names for unit in kept[name]]
        missing = int(share * len(units) + 0.5)
        for name, unit in sorted(units, key=lambda at: norms[at[0]][at[1]]):
            if missing > 0 and len(kept[name]) > 1:
                kept[name].remove(unit)
                missing -= 1
    return kept`,
  },
};
