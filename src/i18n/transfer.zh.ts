/** 换任务这一步的文字。 */
export const transferZh = {
  transfer: {
    view: '任务',
    whole: '整个数据集',
    to: '新任务',
    same: '同样的数据，新的输出层',
    bundled: '随 Whittle 提供',
    none: '未选择',
    made: '产生它的实验',
    waits: '等前面的网络训练好、没有任务在进行时再比较。',
    about:
      '同一个网络的三种做法，样本数和轮数都相同：微调各层、冻结各层只换输出层、全部重新初始化。每种抽取五次样本；色带从最差到最好。',
    start: '比较三种做法',
    goOn: '继续比较',
    stop: '停止',
    progress: '比较中已完成的训练',
    perClass: '每类样本数',
    inAll: '样本总数',
    way: { tuned: '微调', frozen: '冻结特征', scratch: '从头训练' },
  },
};
