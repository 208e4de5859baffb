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
      '同一个网络的三种做法，样本数和轮数都相同：微调各层、冻结各层只换输出层、全部重新初始化。每种抽取五次样本，均值旁边是最差到最好。',
    title: '比从头训练好吗？',
    kept: {
      accuracy: '装回原来的输出层，它在之前的任务上还能答对 {{after}}；迁移之前是 {{before}}。',
      error: '装回原来的输出层，它在之前任务上的均方误差是 {{after}}；迁移之前是 {{before}}。',
    },
    /** 图中的两条线。 */
    oldTask: '之前的任务',
    newTask: '新任务',
    /** 放在句子中间。 */
    of: { tuned: '微调后', frozen: '冻结特征时', scratch: '从头训练时' },
    verdict: {
      accuracy: '{{draws}} 次抽样平均，新任务{{way}}答对 {{score}}，从头训练答对 {{scratch}}。',
      error: '{{draws}} 次抽样平均，{{way}}均方误差为 {{score}}，从头训练为 {{scratch}}。',
    },
    worth: {
      accuracy: {
        better: '先前学到的东西值 {{worth}} 个百分点（{{draws}} 次中 {{wins}} 次更好）。',
        worse: '先前学到的东西反而少了 {{worth}} 个百分点（{{draws}} 次中 {{wins}} 次更好）。',
        even: '先前学到的东西没有带来差别。',
      },
      error: {
        better: '先前学到的东西让误差缩小到 1/{{worth}}（{{draws}} 次中 {{wins}} 次更好）。',
        worse: '先前学到的东西让误差增大到 {{worth}} 倍（{{draws}} 次中 {{wins}} 次更好）。',
        even: '先前学到的东西没有带来差别。',
      },
    },
    start: { own: '比较三种做法', all: '再比较其他样本数' },
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
