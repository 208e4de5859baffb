import type { Options, Source } from './source';

export function lowRankSource(option: Options): Source {
  const byEnergy = option('by') === 'energy';
  const nearest = String.raw`W \approx \sum_{k=1}^{r} \sigma_k \, u_k v_k^{\top}`;
  const energy = String.raw`\qquad \sum_{k=1}^{r} \sigma_k^2 \ge E \sum_k \sigma_k^2`;
  return {
    tex: byEnergy ? nearest + energy : nearest,
    texts: ['lowrank', ...(byEnergy ? ['energy'] : [])],
    paper: {
      name: 'Denton et al. 2014, Exploiting linear structure within convolutional networks',
      url: 'https://arxiv.org/abs/1404.0736',
    },
  };
}
