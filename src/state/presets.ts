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

/** Presets under one title of the page's words, `presetTopic.<topic>`. */
export interface PresetGroup {
  readonly topic: 'together' | 'pruning' | 'quantization' | 'smaller';
  readonly presets: readonly Preset[];
}

const HAN = { paper: 'Han et al. 2016', url: 'https://arxiv.org/abs/1510.00149' };
const FRANKLE = { paper: 'Frankle & Carbin 2019', url: 'https://arxiv.org/abs/1803.03635' };
const HINTON = { paper: 'Hinton et al. 2015', url: 'https://arxiv.org/abs/1503.02531' };
const KRISHNAMOORTHI = { paper: 'Krishnamoorthi 2018', url: 'https://arxiv.org/abs/1806.08342' };
const LI = { paper: 'Li et al. 2016', url: 'https://arxiv.org/abs/1605.04711' };
const RASTEGARI = { paper: 'Rastegari et al. 2016', url: 'https://arxiv.org/abs/1603.05279' };

/** LeNet-300-100, the LeNet-5 of 1998, and Caffe's, each trained on MNIST. */
const DENSE = 'v=1&data=mnist&model=lenet-300-100&';
const DENSE_LONG = `${DENSE}train=lr:0.002,epochs:10,schedule:cosine&`;
const DENSE_BRIEF = `${DENSE}train=epochs:4&`;
const CLASSIC = 'v=1&data=mnist&model=lenet-5-classic&train=lr:0.002,epochs:6,schedule:cosine&';
const CAFFE = 'v=1&data=mnist&model=lenet-5&train=lr:0.002,epochs:6,schedule:cosine&';
/** With batch norm behind every hidden layer. */
const NORMED_DENSE = 'v=1&data=mnist&model=net:dense-300,batchnorm,dense-100,batchnorm&';
const NORMED_CLASSIC =
  'v=1&data=mnist&model=net:conv-6-k5,batchnorm,maxpool-2,conv-16-k5,batchnorm,maxpool-2,dense-120,dense-84&';

const TOGETHER: readonly Preset[] = [
  {
    id: 'deepCompression',
    link: `${DENSE_LONG}prune=sparsity:0.91,schedule:gradual,epochs:6,ramp:1&train=lr:0.002,epochs:15,schedule:onecycle,smooth:0.05&quantize=bits:4,scheme:codebook,granularity:tensor,aware:ste,epochs:3,lr:0.0001`,
    ...HAN,
  },
  {
    id: 'deepCompressionLenet5',
    link: `${CAFFE}prune=sparsity:0.92,schedule:gradual,epochs:4,ramp:1&train=lr:0.002,epochs:6,schedule:onecycle,smooth:0.05&quantize=bits:4,scheme:codebook,granularity:tensor,aware:ste,epochs:2,lr:0.0001`,
    ...HAN,
  },
];

const PRUNING: readonly Preset[] = [
  {
    id: 'connections',
    link: `${DENSE_LONG}prune=sparsity:0.92,schedule:iterative,epochs:2&train=lr:0.002,epochs:4,schedule:onecycle`,
    paper: 'Han et al. 2015',
    url: 'https://arxiv.org/abs/1506.02626',
  },
  {
    id: 'lotteryTicket',
    link: `${DENSE_BRIEF}prune=sparsity:0.96,rewind:init&train=epochs:4`,
    ...FRANKLE,
  },
  {
    id: 'lotteryDrawnAnew',
    link: `${DENSE_BRIEF}prune=sparsity:0.96,rewind:reinit&train=epochs:4`,
    ...FRANKLE,
  },
  {
    id: 'rewinding',
    link: `${DENSE_BRIEF}prune=sparsity:0.96,rewind:iteration,to:500&train=epochs:4`,
    paper: 'Frankle et al. 2020',
    url: 'https://arxiv.org/abs/1912.05671',
  },
  {
    id: 'gradual',
    link: `${CLASSIC}prune=sparsity:0.95,schedule:gradual,epochs:6&train=lr:0.002,epochs:8,schedule:onecycle`,
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
    id: 'blocks',
    link: `${DENSE_BRIEF}prune=pattern:blocks,sparsity:0.85,schedule:gradual,epochs:4&train=epochs:2`,
    paper: 'Narang et al. 2017',
    url: 'https://arxiv.org/abs/1711.02782',
  },
  {
    id: 'snip',
    link: `${DENSE}prune=criterion:snip,sparsity:0.95&train=lr:0.002,epochs:10,schedule:cosine`,
    paper: 'Lee et al. 2019',
    url: 'https://arxiv.org/abs/1810.02340',
  },
  {
    id: 'random',
    link: `${DENSE}prune=criterion:random,scope:layer,sparsity:0.95&train=lr:0.002,epochs:10,schedule:cosine`,
    paper: 'Liu et al. 2022',
    url: 'https://arxiv.org/abs/2202.02643',
  },
  {
    id: 'taylor',
    link: `${DENSE_BRIEF}prune=criterion:taylor,sparsity:0.9&train=epochs:3`,
    paper: 'Molchanov et al. 2019',
    url: 'https://arxiv.org/abs/1906.10771',
  },
  {
    id: 'movement',
    link: `${DENSE_BRIEF}prune=criterion:movement,sparsity:0.9&train=epochs:3`,
    paper: 'Sanh et al. 2020',
    url: 'https://arxiv.org/abs/2005.07683',
  },
  {
    id: 'filters',
    link: `${CLASSIC}prune=pattern:units,norm:l1,sparsity:0.25,scope:layer&train=epochs:4,schedule:cosine`,
    paper: 'Li et al. 2017',
    url: 'https://arxiv.org/abs/1608.08710',
  },
  {
    id: 'channels',
    link: `${CAFFE}prune=pattern:units,norm:taylor,sparsity:0.4,scope:layer&train=epochs:4,schedule:cosine`,
    paper: 'Molchanov et al. 2017',
    url: 'https://arxiv.org/abs/1611.06440',
  },
  {
    id: 'slimming',
    link: `${NORMED_DENSE}train=epochs:4&prune=pattern:units,norm:scale,sparsity:0.7&train=epochs:4,schedule:cosine`,
    paper: 'Liu et al. 2017',
    url: 'https://arxiv.org/abs/1708.06519',
  },
];

const QUANTIZATION: readonly Preset[] = [
  { id: 'bits8', link: `${CLASSIC}quantize=bits:8`, ...KRISHNAMOORTHI },
  { id: 'bits4', link: `${CLASSIC}quantize=bits:4`, ...KRISHNAMOORTHI },
  { id: 'bits4aware', link: `${CLASSIC}quantize=bits:4,aware:ste,epochs:4`, ...KRISHNAMOORTHI },
  { id: 'bits2', link: `${CLASSIC}quantize=bits:2`, ...LI },
  { id: 'bits2aware', link: `${CLASSIC}quantize=bits:2,aware:ste,epochs:4`, ...LI },
  { id: 'bits1', link: `${CLASSIC}quantize=bits:1`, ...RASTEGARI },
  { id: 'bits1aware', link: `${CLASSIC}quantize=bits:1,aware:ste,epochs:4`, ...RASTEGARI },
  {
    id: 'integers',
    link: `${NORMED_CLASSIC}train=lr:0.002,epochs:6,schedule:cosine&fold=&quantize=bits:8,scheme:affine,granularity:tensor,target:both,aware:ste,epochs:1,lr:0.0001`,
    paper: 'Jacob et al. 2018',
    url: 'https://arxiv.org/abs/1712.05877',
  },
  {
    id: 'percentile',
    link: `${CLASSIC}quantize=bits:8,target:both,arange:percentile`,
    paper: 'Wu et al. 2020',
    url: 'https://arxiv.org/abs/2004.09602',
  },
  {
    id: 'entropy',
    link: `${CLASSIC}quantize=bits:8,target:both,arange:entropy`,
    paper: 'Migacz 2017',
    url: 'https://on-demand.gputechconf.com/gtc/2017/presentation/s7310-8-bit-inference-with-tensorrt.pdf',
  },
  {
    id: 'leastSquares',
    link: `${CLASSIC}quantize=bits:4,range:mse,target:both,abits:4,arange:mse`,
    paper: 'Choukroun et al. 2019',
    url: 'https://arxiv.org/abs/1902.06822',
  },
  {
    id: 'equalization',
    link: `${DENSE_BRIEF}quantize=bits:4,granularity:tensor,equalize:on,correct:bias`,
    paper: 'Nagel et al. 2019',
    url: 'https://arxiv.org/abs/1906.04721',
  },
  {
    id: 'adaround',
    link: `${DENSE_BRIEF}quantize=bits:3,granularity:tensor,rounding:learned`,
    paper: 'Nagel et al. 2020',
    url: 'https://arxiv.org/abs/2004.10568',
  },
  {
    id: 'lsq',
    link: `${CLASSIC}quantize=bits:3,aware:lsq,epochs:4`,
    paper: 'Esser et al. 2020',
    url: 'https://arxiv.org/abs/1902.08153',
  },
  {
    id: 'powers',
    link: `${CLASSIC}quantize=bits:3,scheme:power2,aware:ste,epochs:4`,
    paper: 'Miyashita et al. 2016',
    url: 'https://arxiv.org/abs/1603.01025',
  },
  {
    id: 'groups',
    link: `${DENSE_BRIEF}quantize=bits:2,granularity:group,group:128,aware:ste,epochs:3`,
    paper: 'Shen et al. 2020',
    url: 'https://arxiv.org/abs/1909.05840',
  },
  {
    id: 'budget',
    link: `${CLASSIC}quantize=widths:budget`,
    paper: 'Hubara et al. 2020',
    url: 'https://arxiv.org/abs/2006.10518',
  },
];

const SMALLER: readonly Preset[] = [
  {
    id: 'distillation',
    link: `${DENSE_LONG}distill=student:mlp:30,epochs:10`,
    ...HINTON,
  },
  { id: 'untaught', link: `${DENSE_LONG}distill=student:mlp:30,weight:0,epochs:10`, ...HINTON },
  {
    id: 'truncatedSvd',
    link: `${DENSE_BRIEF}lowrank=rank:24&train=epochs:2`,
    paper: 'Girshick 2015',
    url: 'https://arxiv.org/abs/1504.08083',
  },
];

export const PRESET_GROUPS: readonly PresetGroup[] = [
  { topic: 'together', presets: TOGETHER },
  { topic: 'pruning', presets: PRUNING },
  { topic: 'quantization', presets: QUANTIZATION },
  { topic: 'smaller', presets: SMALLER },
];

export const PRESETS: readonly Preset[] = PRESET_GROUPS.flatMap(({ presets }) => presets);
