import type { Options, Paper, Source } from './source';

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

export function trainSource(option: Options): Source {
  const optimizer = String(option('optimizer'));
  const [tex, paper] = OPTIMIZERS[optimizer] ?? [''];
  return { tex: DESCENT + tex, texts: ['train', optimizer], ...(paper && { paper }) };
}
