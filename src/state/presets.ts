/** An experiment of the literature as a link: what was published, and what `npm run reproduce` compares with it. */
export interface Preset {
  /** Its name in the page's words: `preset.<id>`. */
  readonly id: string;
  readonly link: string;
  /** Authors and year. */
  readonly paper: string;
  readonly url: string;
  /** What the paper claims, with its figure for this network where the page's authors know it. */
  readonly published: string;
}

const MNIST = 'v=1&data=mnist&';

export const PRESETS: readonly Preset[] = [
  {
    id: 'deepCompression',
    link: `${MNIST}model=lenet-300-100&train=lr:0.002,epochs:20,schedule:onecycle&prune=sparsity:0.92,schedule:gradual,epochs:6,ramp:1&train=lr:0.002,epochs:15,schedule:onecycle,smooth:0.05&quantize=bits:4,scheme:codebook,granularity:tensor,aware:ste,epochs:3,lr:0.0001`,
    paper: 'Han et al. 2016',
    url: 'https://arxiv.org/abs/1510.00149',
    published: 'error 1.64 % → 1.58 %, 40× smaller',
  },
  {
    id: 'lotteryTicket',
    link: `${MNIST}model=lenet-300-100&train=epochs:4&prune=sparsity:0.96,rewind:init&train=epochs:4`,
    paper: 'Frankle & Carbin 2019',
    url: 'https://arxiv.org/abs/1803.03635',
    published: 'a ticket trains better than the same mask drawn anew',
  },
  {
    id: 'lotteryDrawnAnew',
    link: `${MNIST}model=lenet-300-100&train=epochs:4&prune=sparsity:0.96,rewind:reinit&train=epochs:4`,
    paper: 'Frankle & Carbin 2019',
    url: 'https://arxiv.org/abs/1803.03635',
    published: 'what the ticket has to beat',
  },
  {
    id: 'gradual',
    link: `${MNIST}model=lenet-5-classic&train=lr:0.002,epochs:6,schedule:cosine&prune=sparsity:0.95,schedule:gradual,epochs:6&train=epochs:4,schedule:cosine`,
    paper: 'Zhu & Gupta 2017',
    url: 'https://arxiv.org/abs/1710.01878',
    published: 'large sparse networks beat small dense ones',
  },
  {
    id: 'twoOfFour',
    link: `${MNIST}model=lenet-5-classic&train=lr:0.002,epochs:6,schedule:cosine&prune=pattern:nm&train=epochs:4,schedule:cosine`,
    paper: 'Mishra et al. 2021',
    url: 'https://arxiv.org/abs/2104.08378',
    published: 'accuracy as before',
  },
  {
    id: 'snip',
    link: `${MNIST}model=lenet-300-100&prune=criterion:snip,sparsity:0.95&train=lr:0.002,epochs:10,schedule:cosine`,
    paper: 'Lee et al. 2019',
    url: 'https://arxiv.org/abs/1810.02340',
    published: 'pruned up to 98 % before training, with minimal loss of accuracy',
  },
  {
    id: 'binary',
    link: `${MNIST}model=lenet-5-classic&train=lr:0.002,epochs:6,schedule:cosine&quantize=bits:1,aware:ste,epochs:4`,
    paper: 'Rastegari et al. 2016',
    url: 'https://arxiv.org/abs/1603.05279',
    published: 'binary weights 32× smaller',
  },
  {
    id: 'channels',
    link: `${MNIST}model=lenet-5-classic&train=lr:0.002,epochs:6,schedule:cosine&prune=pattern:units,norm:taylor,sparsity:0.4,scope:layer&train=epochs:4,schedule:cosine`,
    paper: 'Molchanov et al. 2017',
    url: 'https://arxiv.org/abs/1611.06440',
    published: 'filters removed by the Taylor score',
  },
];
