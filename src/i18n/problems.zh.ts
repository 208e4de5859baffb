import type { problemsEn } from './problems.en';
import type { Translated } from './translated';

export const problemsZh: Translated<typeof problemsEn> = {
  problem: {
    unexpected: '出现意外错误：{{detail}}。请重新加载页面；链接里保留着整个实验。',
    editedRunning: '改动涉及正在运行或已完成的第 {{step}} 步，运行已停止。按“运行”从那里重新开始。',
    unknownDataset: '没有名为“{{dataset}}”的数据集，请从列表中选择。',
    crossEntropyNeedsClasses: '交叉熵需要类别，而这个数据集的目标是数值。请改用均方误差。',
  },
};
