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
    waits: '没有在运行，也没有在为文件计时的时候，才会尝试各个学习率。',
    untrained: '这一步之前的网络训练好之后，才会尝试各个学习率。',
    test: '测试方法：{{paper}}',
    rule: '取十分之一的依据：{{paper}}',
  },
  landscape: {
    title: '损失地形',
    unfold: '某个变体周围的损失',
    variant: '位于中心的变体',
    plane: '平面',
    planes: { random: '两个随机方向', three: '过三个网络' },
    split: '样本',
    splits: { train: '训练样本', test: '测试样本' },
    radius: '半径',
    radiusOf: '半径 {{radius}}',
    otherDirections: '换两个方向',
    cancel: '取消',
    goOn: '继续',
    progress: '正在测量损失地形',
    waits: '没有在运行，也没有在为文件计时的时候，才会测量。',
    read: '读取地形上某一点的损失',
    unread: '({{x}}, {{y}}) 处：尚未测量',
    reading: '({{x}}, {{y}}) 处：损失 {{loss}}',
    readingAccuracy: '({{x}}, {{y}}) 处：损失 {{loss}}，准确率 {{accuracy}}',
    path: '图上的网络',
    initial: '初始网络',
    share: '路程的 {{share}} 在此平面内',
    shadow: '通往其中一些网络的路程有一部分不在这个平面内：它们的标记和连线在那里只是投影。',
    whole: '通往这些网络的路程全部或几乎全部在这个平面内。',
    onTrain:
      '前 {{examples}} 个训练样本上的损失，对数刻度：蓝色越浓，损失越高。细线上损失相等；圆圈是所选的变体，粗线是配方走过的路。',
    onTest:
      '前 {{examples}} 个测试样本上的损失，对数刻度：蓝色越浓，损失越高。细线上损失相等；圆圈是所选的变体，粗线是配方走过的路。',
    aboutRandom:
      '沿着每条轴，所有权重朝一个随机方向移动；该方向中每个单元的部分与这个单元自身的权重一样长：到 1 处，权重的变化与权重本身一样大。偏置和批归一化不变，已剪去的权重仍为零。',
    aboutThree:
      '平面经过初始网络、所选的网络和基线（所选的就是基线时，换成另一个网络）；图上的距离是真实的。在各网络之间，已剪去的权重不一定为零。',
    quantized: '已取整的权重按其现有的值使用，在其他点上不再取整。',
  },
};
