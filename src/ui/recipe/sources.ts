/** The formula of each technique, in TeX, and where it comes from. */
export const sources: Readonly<Record<string, { readonly tex: string; readonly paper: string }>> = {
  train: {
    tex: String.raw`\theta \leftarrow \theta - \eta \, \nabla L(\theta)`,
    paper: 'https://arxiv.org/abs/1412.6980',
  },
  prune: {
    tex: String.raw`\hat w = m \odot w, \qquad k = \mathrm{round}(s \, n)`,
    paper: 'https://arxiv.org/abs/1506.02626',
  },
  quantize: {
    tex: String.raw`q = \mathrm{clamp}\!\left(\mathrm{round}\tfrac{w}{s} + z\right), \qquad \hat w = (q - z)\, s`,
    paper: 'https://arxiv.org/abs/1712.05877',
  },
};
