import type { Options, Source } from './source';

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
  movement: {
    tex: String.raw`-\sum_t w_t \, \frac{\partial L_t}{\partial w_t}`,
    texts: ['movement'],
    paper: { name: 'Sanh et al. 2020, Movement pruning', url: 'https://arxiv.org/abs/2005.07683' },
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

export function pruneSource(option: Options): Source | undefined {
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
