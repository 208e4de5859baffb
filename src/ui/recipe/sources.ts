import type { OptionValue } from '../../state/recipe';

interface Paper {
  readonly name: string;
  readonly url: string;
}

/** What a step computes, in TeX, with what its letters mean, and where it comes from. */
export interface Source {
  readonly tex: string;
  /** Keys of the texts that explain it, `formula.<key>`. */
  readonly texts: readonly string[];
  readonly paper?: Paper;
}

type Options = (name: string) => OptionValue | undefined;

const DESCENT = String.raw`g = \nabla L(\theta), \qquad `;

const OPTIMIZERS: Readonly<Record<string, readonly [tex: string, paper: Paper]>> = {
  sgd: [
    String.raw`\theta \leftarrow \theta - \eta \, g`,
    {
      name: 'Robbins & Monro 1951, A stochastic approximation method',
      url: 'https://doi.org/10.1214/aoms/1177729586',
    },
  ],
  momentum: [
    String.raw`v \leftarrow \mu v + g, \quad \theta \leftarrow \theta - \eta \, v`,
    {
      name: 'Polyak 1964, Some methods of speeding up the convergence of iteration methods',
      url: 'https://doi.org/10.1016/0041-5553(64)90137-5',
    },
  ],
  nesterov: [
    String.raw`v \leftarrow \mu v + g, \quad \theta \leftarrow \theta - \eta \, (g + \mu v)`,
    {
      name: 'Sutskever et al. 2013, On the importance of initialization and momentum',
      url: 'https://proceedings.mlr.press/v28/sutskever13.html',
    },
  ],
  rmsprop: [
    String.raw`v \leftarrow \rho v + (1-\rho) g^2, \quad \theta \leftarrow \theta - \eta \, \frac{g}{\sqrt v + \varepsilon}`,
    {
      name: 'Tieleman & Hinton 2012, Lecture 6.5',
      url: 'https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf',
    },
  ],
  adagrad: [
    String.raw`v \leftarrow v + g^2, \quad \theta \leftarrow \theta - \eta \, \frac{g}{\sqrt v + \varepsilon}`,
    {
      name: 'Duchi et al. 2011, Adaptive subgradient methods',
      url: 'https://jmlr.org/papers/v12/duchi11a.html',
    },
  ],
  adam: [
    String.raw`m \leftarrow \beta_1 m + (1-\beta_1) g, \; v \leftarrow \beta_2 v + (1-\beta_2) g^2, \; \theta \leftarrow \theta - \eta \, \frac{\hat m}{\sqrt{\hat v} + \varepsilon}`,
    { name: 'Kingma & Ba 2015, Adam', url: 'https://arxiv.org/abs/1412.6980' },
  ],
  adamw: [
    String.raw`m \leftarrow \beta_1 m + (1-\beta_1) g, \; v \leftarrow \beta_2 v + (1-\beta_2) g^2, \; \theta \leftarrow \theta - \eta \left(\frac{\hat m}{\sqrt{\hat v} + \varepsilon} + \lambda \theta\right)`,
    {
      name: 'Loshchilov & Hutter 2019, Decoupled weight decay regularization',
      url: 'https://arxiv.org/abs/1711.05101',
    },
  ],
  lion: [
    String.raw`\theta \leftarrow \theta - \eta \left(\mathrm{sign}(\beta_1 m + (1-\beta_1) g) + \lambda \theta\right), \; m \leftarrow \beta_2 m + (1-\beta_2) g`,
    {
      name: 'Chen et al. 2023, Symbolic discovery of optimization algorithms',
      url: 'https://arxiv.org/abs/2302.06675',
    },
  ],
};

const HAN = {
  name: 'Han et al. 2015, Learning both weights and connections',
  url: 'https://arxiv.org/abs/1506.02626',
};

/** Weights below a bound t are multiplied by 1 − δ; where the bound comes from. */
const BOUNDS: Readonly<Record<string, Source>> = {
  magnitude: {
    tex: String.raw`t : \; k = \mathrm{round}(s \, n)`,
    texts: ['pruned', 'magnitude'],
    paper: HAN,
  },
  threshold: { tex: '', texts: ['pruned', 'threshold'], paper: HAN },
  scaled: {
    tex: String.raw`t = \lambda \, \frac{\lVert W \rVert_2}{\mathrm{fan\,in}}`,
    texts: ['pruned', 'scaled'],
  },
};

const SALIENCY = String.raw`\left| w \, \frac{\partial L}{\partial w} \right|`;

/** What the lowest go by. */
const SCORES: Readonly<Record<string, Source>> = {
  magnitude: { tex: '|w|', texts: [], paper: HAN },
  random: { tex: String.raw`\mathrm{random}`, texts: ['random'] },
  snip: {
    tex: SALIENCY,
    texts: ['snip'],
    paper: { name: 'Lee et al. 2019, SNIP', url: 'https://arxiv.org/abs/1810.02340' },
  },
  taylor: {
    tex: String.raw`\sum_B ${SALIENCY}`,
    texts: ['taylor'],
    paper: {
      name: 'Molchanov et al. 2019, Importance estimation for neural network pruning',
      url: 'https://arxiv.org/abs/1906.10771',
    },
  },
};

const LOWEST = String.raw`k = \mathrm{round}(s \, n)`;

/** What is chosen by scores. */
const PATTERNS: Readonly<Record<string, Source>> = {
  weights: { tex: LOWEST, texts: ['lowest'] },
  nm: {
    tex: String.raw`N : M`,
    texts: ['nm'],
    paper: {
      name: 'Mishra et al. 2021, Accelerating sparse deep neural networks',
      url: 'https://arxiv.org/abs/2104.08378',
    },
  },
  blocks: {
    tex: LOWEST,
    texts: ['blocks'],
    paper: {
      name: 'Narang et al. 2017, Block-sparse recurrent neural networks',
      url: 'https://arxiv.org/abs/1711.02782',
    },
  },
};

const SCHEDULES: Readonly<Record<string, Source>> = {
  gradual: {
    tex: String.raw`s(t) = s - s \left(1 - \tfrac{t}{t_1}\right)^3`,
    texts: ['gradual'],
    paper: {
      name: 'Zhu & Gupta 2017, To prune, or not to prune',
      url: 'https://arxiv.org/abs/1710.01878',
    },
  },
  iterative: {
    tex: String.raw`1 - s_i = (1 - s)^{i/r}`,
    texts: ['iterative'],
    paper: HAN,
  },
};

const FRANKLE = {
  name: 'Frankle & Carbin 2019, The lottery ticket hypothesis',
  url: 'https://arxiv.org/abs/1803.03635',
};

const LI = {
  name: 'Li et al. 2017, Pruning filters for efficient ConvNets',
  url: 'https://arxiv.org/abs/1608.08710',
};

const UNIT_SCORES: Readonly<Record<string, Source>> = {
  l1: { tex: String.raw`\lVert w_j \rVert_1`, texts: ['unitNorm'], paper: LI },
  l2: { tex: String.raw`\lVert w_j \rVert_2`, texts: ['unitNorm'], paper: LI },
  scale: {
    tex: String.raw`|\gamma_j|`,
    texts: ['unitScale'],
    paper: {
      name: 'Liu et al. 2017, Learning efficient convolutional networks through network slimming',
      url: 'https://arxiv.org/abs/1708.06519',
    },
  },
  taylor: {
    tex: String.raw`\sum_B \left| a_j \, \frac{\partial L}{\partial a_j} \right|`,
    texts: ['unitTaylor'],
    paper: {
      name: 'Molchanov et al. 2017, Pruning convolutional neural networks for resource efficient inference',
      url: 'https://arxiv.org/abs/1611.06440',
    },
  },
};

const PRUNED = String.raw`\hat w = \begin{cases} w & |w| \ge t \\ (1-\delta)\, w & |w| < t \end{cases}`;

function prune(option: Options): Source | undefined {
  const [pattern, criterion] = [String(option('pattern')), String(option('criterion'))];
  const bound = BOUNDS[criterion];
  const isPlain = option('schedule') === 'oneshot' && option('rewind') === 'off';
  if (pattern === 'weights' && bound !== undefined && (isPlain || criterion !== 'magnitude')) {
    return { ...bound, tex: [PRUNED, bound.tex].join(String.raw` \qquad `) };
  }
  const chosen = pattern === 'units' ? { tex: LOWEST, texts: ['units'] } : PATTERNS[pattern];
  const score = pattern === 'units' ? UNIT_SCORES[String(option('norm'))] : SCORES[criterion];
  if (chosen === undefined || score === undefined) return undefined;
  const schedule = pattern === 'units' ? undefined : SCHEDULES[String(option('schedule'))];
  const rewind = String(option('rewind'));
  const isRewound = pattern !== 'units' && rewind !== 'off';
  const paper = (isRewound ? FRANKLE : schedule?.paper) ?? chosen.paper ?? score.paper;
  return {
    tex: [String.raw`\mathrm{score} = ${score.tex}`, chosen.tex, schedule?.tex ?? '']
      .filter((part) => part !== '')
      .join(String.raw` \qquad `),
    texts: [
      ...score.texts,
      ...chosen.texts,
      ...(schedule?.texts ?? []),
      ...(isRewound ? [rewind] : []),
    ],
    ...(paper && { paper }),
  };
}

const JACOB = {
  name: 'Jacob et al. 2018, Quantization and training',
  url: 'https://arxiv.org/abs/1712.05877',
};

const SCHEMES: Readonly<Record<string, Source>> = {
  symmetric: {
    tex: String.raw`q = \mathrm{clamp}\!\left(\mathrm{round}\tfrac{w}{s}\right), \qquad \hat w = q \, s`,
    texts: ['quantize'],
    paper: JACOB,
  },
  affine: {
    tex: String.raw`q = \mathrm{clamp}\!\left(\mathrm{round}\tfrac{w}{s} + z\right), \qquad \hat w = (q - z)\, s`,
    texts: ['quantize', 'affine'],
    paper: JACOB,
  },
  ternary: {
    tex: String.raw`\hat w = \begin{cases} \alpha \, \mathrm{sign}(w) & |w| > \Delta \\ 0 & |w| \le \Delta \end{cases} \qquad \Delta = 0.7 \, \overline{|w|}`,
    texts: ['ternary'],
    paper: {
      name: 'Li et al. 2016, Ternary weight networks',
      url: 'https://arxiv.org/abs/1605.04711',
    },
  },
  binary: {
    tex: String.raw`\hat w = \overline{|w|} \; \mathrm{sign}(w)`,
    texts: ['binary'],
    paper: { name: 'Rastegari et al. 2016, XNOR-Net', url: 'https://arxiv.org/abs/1603.05279' },
  },
  codebook: {
    tex: String.raw`\hat w = \operatorname*{arg\,min}_{c_j} |w - c_j|, \qquad j = 1 \dots 2^b`,
    texts: ['codebook'],
    paper: { name: 'Han et al. 2016, Deep compression', url: 'https://arxiv.org/abs/1510.00149' },
  },
  power2: {
    tex: String.raw`\hat w \in \{0, \pm 2^{e}, \pm 2^{e-1}, \dots\}`,
    texts: ['power2'],
    paper: {
      name: 'Zhou et al. 2017, Incremental network quantization',
      url: 'https://arxiv.org/abs/1702.03044',
    },
  },
};

/** Few bits make another scheme of the chosen one, as in `techniques/quantize/grid`. */
function schemeOf(option: Options): Source | undefined {
  const scheme = String(option('scheme'));
  if (scheme !== 'codebook' && option('bits') === 1) return SCHEMES['binary'];
  if (scheme === 'symmetric' && option('bits') === 2) return SCHEMES['ternary'];
  return SCHEMES[scheme];
}

const NAGEL = {
  name: 'Nagel et al. 2019, Data-free quantization through weight equalization and bias correction',
  url: 'https://arxiv.org/abs/1906.04721',
};

/** What happens besides: the gradient that goes past the rounding, that of centroids, or corrected biases. */
function besides(option: Options): Source | undefined {
  if (option('aware') === 'off') {
    return option('correct') === 'bias'
      ? {
          tex: String.raw`b \leftarrow b + \overline{z} - \overline{\hat z}`,
          texts: ['corrected'],
          paper: NAGEL,
        }
      : undefined;
  }
  return option('scheme') === 'codebook'
    ? {
        tex: String.raw`\frac{\partial L}{\partial c_j} = \sum_{\hat w = c_j} \frac{\partial L}{\partial \hat w}`,
        texts: ['tuned'],
      }
    : {
        tex: String.raw`\frac{\partial L}{\partial w} := \frac{\partial L}{\partial \hat w}`,
        texts: ['ste'],
      };
}

function quantize(option: Options): Source | undefined {
  const scheme = schemeOf(option);
  const more = besides(option);
  if (scheme === undefined || more === undefined) return scheme;
  const paper = more.paper ?? scheme.paper;
  return {
    tex: [scheme.tex, more.tex].join(String.raw` \qquad `),
    texts: [...scheme.texts, ...more.texts],
    ...(paper && { paper }),
  };
}

function train(option: Options): Source {
  const optimizer = String(option('optimizer'));
  const [tex, paper] = OPTIMIZERS[optimizer] ?? [''];
  return { tex: DESCENT + tex, texts: ['train', optimizer], ...(paper && { paper }) };
}

const SOURCES: Readonly<Record<string, (option: Options) => Source | undefined>> = {
  train,
  prune,
  quantize,
};

/** The formula of a technique as its options make it. */
export function sourceOf(technique: string, option: Options): Source | undefined {
  return SOURCES[technique]?.(option);
}
