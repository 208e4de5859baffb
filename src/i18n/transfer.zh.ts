/** 换任务这一步的文字。 */
export const transferZh = {
  transfer: {
    view: '任务',
    whole: '整个数据集',
    source: '起点网络',
    behind: '{{step}} {{name}}',
    untrained: '未训练的网络',
    file: '文件，或随 Whittle 提供的网络',
    to: '新任务',
    same: '同样的数据，新的输出层',
    bundled: '随 Whittle 提供',
    none: '未选择',
    made: '产生它的实验',
    waits: '等其他任务结束后继续。',
    about:
      '同一个网络的几种做法，样本数和轮数都相同：微调各层、冻结各层只换输出层、全部重新初始化。每个数是五次抽样的平均，旁边是最差和最好的结果。',
    title: '比从头训练好吗？',
    kept: {
      accuracy: '装回原来的输出层，它在之前的任务上还能答对 {{after}}；迁移之前是 {{before}}。',
      error: '装回原来的输出层，它在之前任务上的均方误差是 {{after}}；迁移之前是 {{before}}。',
    },
    /** 图中的两条线。 */
    oldTask: '之前的任务',
    newTask: '新任务',
    of: { tuned: '微调后', frozen: '冻结特征时', scratch: '从头训练时' },
    verdict: {
      accuracy: '{{draws}} 次抽样平均，新任务{{way}}答对 {{score}}，从头训练答对 {{scratch}}。',
      error:
        '{{draws}} 次抽样平均，新任务上的均方误差{{way}}为 {{score}}，从头训练为 {{scratch}}。',
    },
    worth: {
      accuracy: {
        better: '先前学到的东西使准确率提高 {{worth}} 个百分点（{{draws}} 次中 {{wins}} 次更好）。',
        worse: '先前学到的东西使准确率降低 {{worth}} 个百分点（{{draws}} 次中 {{wins}} 次更好）。',
        even: '先前学到的东西有没有用，这几次抽样分不出来（{{draws}} 次中 {{wins}} 次更好）。',
      },
      error: {
        better: '先前学到的东西使误差缩小到 1/{{worth}}（{{draws}} 次中 {{wins}} 次更好）。',
        worse: '先前学到的东西使误差增大到 {{worth}} 倍（{{draws}} 次中 {{wins}} 次更好）。',
        even: '先前学到的东西有没有用，这几次抽样分不出来（{{draws}} 次中 {{wins}} 次更好）。',
      },
    },
    start: { own: '开始比较', all: '再比较其他样本数' },
    stop: '停止',
    progress: '比较中已完成的训练',
    perClass: '每类样本数',
    /** 三种做法按什么比较。 */
    score: { accuracy: '新任务上的准确率', error: '新任务上的均方误差' },
    /** 尚未全部完成时。 */
    draws: '{{all}} 次抽样中的 {{draws}} 次',
    inAll: '样本总数',
    way: { tuned: '微调', frozen: '冻结特征', scratch: '从头训练' },
  },
};
