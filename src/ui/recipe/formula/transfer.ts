import type { Source } from './source';

export function transferSource(): Source {
  return {
    tex: String.raw`\theta_{\mathrm{fine}} = \theta_{\mathrm{pre}} - \beta \, \nabla L_{\mathrm{fine}}`,
    texts: ['transfer'],
    paper: {
      name: 'Yosinski et al. 2014, How transferable are features in deep neural networks?',
      url: 'https://arxiv.org/abs/1411.1792',
    },
  };
}
