import type { helpersEn } from './helpers.en';
import type { Translated } from './translated';

export const helpersZh: Translated<typeof helpersEn> = {
  sensitivity: {
    about: '只压缩一层、其余各层不变时的准确率，各图刻度相同。点击图可单独设置该层。',
    aboutScore: '只压缩一层、其余各层不变时的 R²，各图刻度相同。点击图可单独设置该层。',
    of: '{{layer}} 的{{option}}',
    measured: '{{value}}时为 {{score}}',
    progress: '正在测量各层',
  },
  finder: {
    about:
      '从这一步之前的网络出发，用这一步最初的几批样本训练，每次迭代的学习率是上一次的 {{factor}} 倍，图中是相应的损失。淡线：每批样本；粗线：平滑后。虚线：当前设置的学习率；实线：建议的学习率。',
    progress: '正在尝试各个学习率',
    chart: '损失随学习率的变化（平滑后）：{{from}} 时为 {{first}}，{{to}} 时为 {{last}}。',
    suggests:
      '学习率为 {{lowest}} 时平滑后的损失最低（{{loss}}）。取它的十分之一是个好起点：学得快，又离训练失控的地方足够远。',
    none: '无论学习率多大，损失的下降都不超过各批样本之间的差异：这个网络可能已经学到了能学的，因此测试不给出建议。用较小的学习率没有坏处。',
    use: '采用 {{rate}}',
    used: '已设为 {{rate}}',
    waits: '运行暂停或结束后开始尝试各个学习率。',
    untrained: '这一步之前的网络训练好之后，才会尝试各个学习率。',
    test: '测试方法',
    rule: '取十分之一的依据',
  },
};
