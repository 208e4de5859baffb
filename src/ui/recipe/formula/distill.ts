import type { Source } from './source';

export function distillSource(): Source {
  return {
    tex: String.raw`L = (1 - w) \, H(y, \sigma(z)) + w \, T^2 \, \mathrm{KL}\!\left(\sigma(t/T) \,\|\, \sigma(z/T)\right)`,
    texts: ['distill'],
    paper: {
      name: 'Hinton, Vinyals & Dean 2015, Distilling the knowledge in a neural network',
      url: 'https://arxiv.org/abs/1503.02531',
    },
  };
}
