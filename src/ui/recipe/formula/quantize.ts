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

const STE: Source = {
  tex: String.raw`\frac{\partial L}{\partial w} := \frac{\partial L}{\partial \hat w}`,
  texts: ['ste'],
};

const LSQ: Source = {
  tex: String.raw`\frac{\partial \hat w}{\partial s} = \begin{cases} \mathrm{round}\tfrac{w}{s} - \tfrac{w}{s} & |w| \le q_{max} s \\ \pm q_{max} & |w| > q_{max} s \end{cases}`,
  texts: ['ste', 'lsq'],
  paper: {
    name: 'Esser et al. 2020, Learned step size quantization',
    url: 'https://arxiv.org/abs/1902.08153',
  },
};

const TUNED: Source = {
  tex: String.raw`\frac{\partial L}{\partial c_j} = \sum_{\hat w = c_j} \frac{\partial L}{\partial \hat w}`,
  texts: ['tuned'],
};

const EQUALIZED: Source = {
  tex: String.raw`w_1 \leftarrow w_1 / f, \quad w_2 \leftarrow f \, w_2, \quad f = \sqrt{r_1 / r_2}`,
  texts: ['equalized'],
  paper: NAGEL,
};

const LEARNED: Source = {
  tex: String.raw`\min_{\hat W} \lVert X W - \hat X \hat W \rVert^2`,
  texts: ['learned'],
  paper: {
    name: 'Nagel et al. 2020, Up or down? Adaptive rounding',
    url: 'https://arxiv.org/abs/2004.10568',
  },
};

const CORRECTED: Source = {
  tex: String.raw`b \leftarrow b + \overline{z} - \overline{\hat z}`,
  texts: ['corrected'],
  paper: NAGEL,
};

const ACTIVATIONS: Source = { tex: '', texts: ['activations'], paper: JACOB };

/** What happens besides, in its order. */
function besides(option: Options): readonly Source[] {
  const after = option('aware') === 'off';
  return [
    ...(after && option('equalize') === 'on' ? [EQUALIZED] : []),
    ...(after && option('rounding') === 'learned' ? [LEARNED] : []),
    ...(after && option('correct') === 'bias' ? [CORRECTED] : []),
    ...(option('target') === 'both' ? [ACTIVATIONS] : []),
    ...(after ? [] : [trainedSource(option)]),
    ...(option('widths') === 'budget' ? [BUDGET] : []),
  ];
}

function trainedSource(option: Options): Source {
  if (option('scheme') === 'codebook') return TUNED;
  return option('aware') === 'lsq' ? LSQ : STE;
}

export function quantizeSource(option: Options): Source | undefined {
  const scheme = schemeOf(option);
  if (scheme === undefined) return undefined;
  const all = [scheme, ...besides(option)];
  // The paper of the last thing that is chosen besides.
  const paper = all.findLast((source) => source.paper !== undefined)?.paper;
  return {
    tex: all
      .map(({ tex }) => tex)
      .filter(Boolean)
      .join(String.raw` \qquad `),
    texts: all.flatMap(({ texts }) => texts),
    ...(paper && { paper }),
  };
}
