import type { Translated } from './translated';
import type { viewsEn } from './views.en';

export const viewsZh: Translated<typeof viewsEn> = {
  watch: {
    curves: '曲线',
    loss: '损失',
    keyTest: '测试',
    keyTrain: '训练，每批一个点',
    empty: '训练时，每一批的损失和整个测试集的损失一经测得就显示在这里。',
    iteration: '迭代',
    trainLoss: '训练损失',
    testLoss: '测试损失',
    testAccuracy: '测试准确率',
    learningRate: '学习率',
    readAt: '读取曲线在某次迭代的值',
    listSeparator: '、',
  },
  chart: {
    weightsOf: '权重',
    chooseLayer: '显示哪一层的权重',
    layer: '第 {{number}} 层 · {{name}}',
    weights_other: '{{number}} 个权重',
    prunedShare: '{{share}} 已剪去（灰色）',
    levels_other: '{{count}} 个量化级（刻度）',
    levelsOfUnit_other: '每个单元各有量化级：第 {{unit}} 个单元有 {{count}} 个（刻度）',
    units: '各单元响应的模式',
    unitsShown: '{{count}} 个中的 {{shown}} 个',
    unitsHint: '第一层的权重：蓝色增强单元的响应，橙色抑制响应。',
    surface: '平面各处的输出',
    surfaceHint: '橙色、三角：A 类。蓝色、圆点：B 类。越接近背景色，越不确定。',
    surfaceHintValue: '橙色：低。蓝色：高。点：训练样本。',
    network: '网络图',
    networkHint: '蓝色为正；橙色虚线为负',
    edges_other: '画出 {{count}} 个权重',
    edgesPruned_other: '已剪去 {{count}} 个',
  },
};
