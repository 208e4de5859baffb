import type { papersEn } from './papers.en';
import type { Translated } from './translated';

export const papersZh: Translated<typeof papersEn> = {
  published: {
    deepCompression: '错误率 1.64 % → 1.58 %，缩小 40 倍',
    deepCompressionLenet5: '错误率 0.80 % → 0.74 %，缩小 39 倍',
    lotteryTicket: '彩票比重新随机初始化的同一掩码训练得更好',
    lotteryDrawnAnew: '彩票要胜过的对照',
    gradual: '大的稀疏网络胜过小的稠密网络',
    twoOfFour: '准确率与之前相同',
    snip: '训练之前剪去多达 98 %，准确率几乎不降',
    bits8: '许多网络的准确率下降不超过 2 %',
    bits4: '不经训练则准确率大幅下降',
    bits4aware: '在照片分类网络上，准确率下降 2 到 10 %',
    bits2: '三值需要训练',
    bits2aware: '错误率 0.59 % → 0.65 %（更大的 LeNet-5）',
    bits1: '符号和缩放需要训练',
    bits1aware: '权重缩小 32 倍',
    channels: '按 Taylor 得分去掉滤波器',
  },
  paperNote: {
    published: '论文',
    here: 'Whittle',
    change: '错误率 {{before}} → {{after}}',
    error: '错误率 {{after}}',
    smaller: '缩小 {{times}} 倍',
    work: '乘加次数为 {{share}}',
    seeds_other: '{{count}} 个随机种子的平均',
    none: '尚未运行',
  },
};
