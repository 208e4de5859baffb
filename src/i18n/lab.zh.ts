import type { labEn } from './lab.en';
import type { Translated } from './translated';

export const labZh: Translated<typeof labEn> = {
  lab: {
    title: '下降实验室',
    leave: '回到实验页',
    about:
      '各优化器从同一点出发，比赛下山。拖动起点或移动滑块，比赛就会重跑；跑的正是训练网络的那些优化器。',
    stage: '比赛',
    controls: '函数与优化器',
    results: '结果',
    contoursLabel: '{{name}}的俯视图，带各优化器的路线',
    startLabel: '起点：x {{x}}，y {{y}}。方向键可移动。',
    startHint: '拖动起点，或用方向键移动',
    surface: '立体图',
    surfaceLabel: '函数的立体图。方向键可转动。',
    lossTitle: '损失随步数的变化',
    lossLabel: '各优化器每一步的损失。表中有具体数值。',
    lossAbove: '高出最低值的部分，对数刻度',
    lossLinear: '线性刻度：这里没有已知的最低值',
    player: '播放比赛',
    play: '播放',
    pause: '暂停',
    rewind: '回到起点',
    back: '后退一步',
    forward: '前进一步',
    step: '步',
    stepOf: '第 {{step}} / {{steps}} 步',
    standings: '第 {{step, number}} 步',
    rateOf: '{{name}} 的学习率',
    rateMark: '标记处是 2/λ = {{limit}}：超过它，普通梯度下降就会发散。',
    exprHint: '含 x 和 y，可用 + − * / ^、括号、e、pi、sqrt、exp、ln、sin、cos、abs、min、max 等。',
    notCarried: '链接无法携带这段文字。请输入字母、数字和算术符号。',
    option: {
      function: '函数',
      expr: '公式',
      span: '图的范围到',
      x: '起点 x',
      y: '起点 y',
      lr: '学习率',
      momentum: '动量',
      noise: '噪声',
      steps: '步数',
      optimizers: '优化器',
      rates: '个别优化器的学习率',
      decay: '权重衰减',
      seed: '噪声的种子',
      step: '显示的步',
    },
    optionHint: {
      lr: '在表中可以给某个优化器单独设定',
      noise: '加在梯度上的随机量的标准差；各优化器遇到的相同',
    },
    functions: {
      bowl: '碗',
      bowl10: '十维的碗',
      stretched: '拉长的碗',
      rosenbrock: 'Rosenbrock 函数',
      beale: 'Beale 函数',
      himmelblau: 'Himmelblau 函数',
      saddle: '鞍面',
      expression: '自己的公式',
    },
    functionHint: {
      bowl: '平方和，各方向都一样',
      bowl10: '同上；图中是前两维',
      stretched: '病态：一个方向陡一百倍',
      rosenbrock: '弯曲的山谷，谷底平坦',
      beale: '陡壁之间的平地',
      himmelblau: '四个极小值',
      saddle: '一个方向向上，另一个方向向下',
      expression: '任何含 x 和 y 的式子',
    },
    table: {
      optimizer: '优化器',
      loss: '损失',
      distance: '到极小值',
      curvature: '曲率 λ，2/λ',
      curvatureHint:
        '这一点上各方向中最大的二阶导数，以及在如此弯曲的碗上，普通梯度下降超过它就会发散的学习率',
      state: '状态',
    },
    state: {
      moving: '途中',
      converged: '第 {{step}} 步到达',
      saddle: '从第 {{step}} 步起停在鞍点',
      flat: '从第 {{step}} 步起停在平地上',
      unbounded: '从第 {{step}} 步起无止境下落',
      diverged: '第 {{step}} 步发散',
      lost: '第 {{step}} 步走出定义域',
    },
    finding: {
      diverged:
        '{{name}} 发散了：从第 {{onset}} 步起，损失一直高于起点；从第 {{step}} 步起，它已远在图外。它遇到的最大曲率是 λ = {{curvature}}（第 {{curvedAt}} 步）。那里 2/λ = {{plain}}，这个优化器的最大稳定学习率是 {{limit}}；它的学习率是 {{rate}}，所以每一步冲过头的比纠正的还多。',
      divergedBelow:
        '{{name}} 从第 {{onset}} 步起发散，从第 {{step}} 步起远在图外。此前遇到的最大曲率 λ = {{curvature}} 解释不了这一点：那里学习率到 {{limit}} 都是稳定的（2/λ = {{plain}}），而它的学习率是 {{rate}}。它被抛到的地方更陡。',
      divergedAdaptive:
        '{{name}} 从第 {{step}} 步起远在图外，学习率是 {{rate}}。此前遇到的最大曲率是 λ = {{curvature}}。',
      unbounded: '{{name}} 无止境地下落：那个方向上函数没有极小值。从第 {{step}} 步起它远在图外。',
      lost: '{{name}} 停在第 {{step}} 步：函数在那里没有值或没有斜率。学习率小一些，步子就短一些。',
      saddle:
        '{{name}} 从第 {{step}} 步起不再移动，但停在鞍点：那里斜率为零，两侧却仍向下。一点噪声或另一个起点就能使它离开。',
      flat: '{{name}} 从第 {{step}} 步起停在平地上：那里几乎没有斜率，也几乎没有曲率，这并不说明有极小值。',
      first:
        '{{name}} 在 {{count}} 个到达者中最先到：从第 {{step}} 步起，斜率一直小于 0.001。下一个在第 {{next}} 步到达。',
      otherValley:
        '{{name}} 停在另一个山谷，离这里已知的最低极小值还有 {{distance}}。比赛在哪里结束，取决于从哪里开始。',
      arrived: '只有 {{name}} 到达：从第 {{step}} 步起，斜率一直小于 0.001。',
      closest:
        '没有谁到达。{{steps}} 步后 {{name}} 最低，损失为 {{loss}}，离最近的极小值还有 {{distance}}。',
      closestNoisy:
        '没有谁停下来：大小为 {{noise}} 的噪声一直在推。{{steps}} 步后 {{name}} 最低，损失为 {{loss}}，离最近的极小值 {{distance}}。学习率越小，受噪声的影响越小。',
      lowest: '没有谁停下来。{{steps}} 步后 {{name}} 最低，为 {{loss}}。',
    },
    closed: {
      title: '闭式解',
      needsSgd: '它属于普通梯度下降。让 SGD 参赛，就能看到两者并列。',
      factor: '{{name}}：1 − ηλ = 1 − {{rate}} · {{lambda}}，所以起点被乘以',
      formula: '闭式解',
      run: '实际运行',
      apart: '两者相差',
      relative: '距离的 {{share}}',
      precision:
        '运行用 float32 计算，它保留 24 位二进制数字：每一步的舍入最多为该数的 6·10⁻⁸，许多次舍入会累积起来。',
      noise: '有噪声时，闭式解是运行的平均位置，噪声使它在周围移动。',
    },
  },
};
