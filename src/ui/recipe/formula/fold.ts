import type { Source } from './source';

export function foldSource(): Source {
  return {
    tex: String.raw`f = \frac{\gamma}{\sqrt{\sigma^2 + \varepsilon}}, \quad o = \beta - \mu f; \qquad W \leftarrow f W, \quad b \leftarrow f b + o`,
    texts: ['fold'],
    paper: {
      name: 'Jacob et al. 2018, Quantization and training (section 3.2)',
      url: 'https://arxiv.org/abs/1712.05877',
    },
  };
}
