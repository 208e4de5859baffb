/**
 * An experiment of the literature as a link. The page's words say what was published (`published.<id>`),
 * `reproduced.ts` what came out here.
 */
export interface Preset {
  /** Its name in the page's words: `preset.<id>`. */
  readonly id: string;
  readonly link: string;
  /** Authors and year. */
  readonly paper: string;
  readonly url: string;
}

const HAN = { paper: 'Han et al. 2016', url: 'https://arxiv.org/abs/1510.00149' };
const FRANKLE = { paper: 'Frankle & Carbin 2019', url: 'https://arxiv.org/abs/1803.03635' };
const KRISHNAMOORTHI = { paper: 'Krishnamoorthi 2018', url: 'https://arxiv.org/abs/1806.08342' };
const LI = { paper: 'Li et al. 2016', url: 'https://arxiv.org/abs/1605.04711' };
const RASTEGARI = { paper: 'Rastegari et al. 2016', url: 'https://arxiv.org/abs/1603.05279' };

/** LeNet-300-100, the LeNet-5 of 1998, and Caffe's, each trained on MNIST. */
const DENSE = 'v=1&data=mnist&model=lenet-300-100&';
const CLASSIC = 'v=1&data=mnist&model=lenet-5-classic&train=lr:0.002,epochs:6,schedule:cosine&';
const CAFFE = 'v=1&data=mnist&model=lenet-5&train=lr:0.002,epochs:6,schedule:cosine&';

export const PRESETS: readonly Preset[] = [
  {
    id: 'deepCompression',
    link: `${DENSE}train=lr:0.002,epochs:10,schedule:cosine&prune=sparsity:0.91,schedule:gradual,epochs:6,ramp:1&train=lr:0.002,epochs:15,schedule:onecycle,smooth:0.05&quantize=bits:4,scheme:codebook,granularity:tensor,aware:ste,epochs:3,lr:0.0001`,
    ...HAN,
  },
  {
    id: 'deepCompressionLenet5',
    link: `${CAFFE}prune=sparsity:0.92,schedule:gradual,epochs:4,ramp:1&train=lr:0.002,epochs:6,schedule:onecycle,smooth:0.05&quantize=bits:4,scheme:codebook,granularity:tensor,aware:ste,epochs:2,lr:0.0001`,
    ...HAN,
  },
  {
    id: 'lotteryTicket',
    link: `${DENSE}train=epochs:4&prune=sparsity:0.96,rewind:init&train=epochs:4`,
    ...FRANKLE,
  },
  {
    id: 'lotteryDrawnAnew',
    link: `${DENSE}train=epochs:4&prune=sparsity:0.96,rewind:reinit&train=epochs:4`,
    ...FRANKLE,
  },
  {
    id: 'gradual',
    link: `${CLASSIC}prune=sparsity:0.95,schedule:gradual,epochs:6&train=epochs:4,schedule:cosine`,
    paper: 'Zhu & Gupta 2017',
    url: 'https://arxiv.org/abs/1710.01878',
  },
  {
    id: 'twoOfFour',
    link: `${CLASSIC}prune=pattern:nm&train=epochs:4,schedule:cosine`,
    paper: 'Mishra et al. 2021',
    url: 'https://arxiv.org/abs/2104.08378',
  },
  {
    id: 'snip',
    link: `${DENSE}prune=criterion:snip,sparsity:0.95&train=lr:0.002,epochs:10,schedule:cosine`,
    paper: 'Lee et al. 2019',
    url: 'https://arxiv.org/abs/1810.02340',
  },
  { id: 'bits8', link: `${CLASSIC}quantize=bits:8`, ...KRISHNAMOORTHI },
  { id: 'bits4', link: `${CLASSIC}quantize=bits:4`, ...KRISHNAMOORTHI },
  { id: 'bits4aware', link: `${CLASSIC}quantize=bits:4,aware:ste,epochs:4`, ...KRISHNAMOORTHI },
  { id: 'bits2', link: `${CLASSIC}quantize=bits:2`, ...LI },
  { id: 'bits2aware', link: `${CLASSIC}quantize=bits:2,aware:ste,epochs:4`, ...LI },
  { id: 'bits1', link: `${CLASSIC}quantize=bits:1`, ...RASTEGARI },
  { id: 'bits1aware', link: `${CLASSIC}quantize=bits:1,aware:ste,epochs:4`, ...RASTEGARI },
  {
    id: 'channels',
    link: `${CAFFE}prune=pattern:units,norm:taylor,sparsity:0.4,scope:layer&train=epochs:4,schedule:cosine`,
    paper: 'Molchanov et al. 2017',
    url: 'https://arxiv.org/abs/1611.06440',
  },
];
