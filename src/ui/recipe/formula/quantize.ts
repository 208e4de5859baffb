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

export function quantizeSource(option: Options): Source | undefined {
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
