import type { Options, Source } from './source';

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
  if (option('widths') === 'budget') return SCHEMES[scheme];
  if (scheme !== 'codebook' && option('bits') === 1) return SCHEMES['binary'];
  if (scheme === 'symmetric' && option('bits') === 2) return SCHEMES['ternary'];
  return SCHEMES[scheme];
}

const NAGEL = {
  name: 'Nagel et al. 2019, Data-free quantization through weight equalization and bias correction',
  url: 'https://arxiv.org/abs/1906.04721',
};

/** What else is solved where layers share a budget of bits. */
const BUDGET: Source = {
  tex: String.raw`\min_{b_1 \dots b_L} \sum_l \Delta L_l(b_l) \quad \text{for} \quad \sum_l n_l b_l \le \overline{b} \sum_l n_l`,
  texts: ['budget'],
  paper: {
    name: 'Shoham & Gersho 1988, Efficient bit allocation for an arbitrary set of quantizers',
    url: 'https://doi.org/10.1109/29.90373',
  },
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

export function quantizeSource(option: Options): Source | undefined {
  const scheme = schemeOf(option);
  if (scheme === undefined) return undefined;
  const budget = option('widths') === 'budget' ? BUDGET : undefined;
  const parts = [scheme, besides(option), budget].filter((part) => part !== undefined);
  const paper = parts.findLast((part) => part.paper !== undefined)?.paper;
  return {
    tex: parts.map(({ tex }) => tex).join(String.raw` \qquad `),
    texts: parts.flatMap(({ texts }) => texts),
    ...(paper && { paper }),
  };
}
