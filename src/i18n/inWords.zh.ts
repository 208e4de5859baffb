import type { inWordsEn } from './inWords.en';
import type { Translated } from './translated';

export const inWordsZh: Translated<typeof inWordsEn> = {
  inWords: {
    about: '{{what}}',
    versus: '{{what}}，与基准相比',
    role: {
      baseline: '基准',
      pruned: '剪枝后',
      quantized: '量化后',
      reshaped: '重构后',
    },
    combined: {
      'prune-quantize': '剪枝加量化后',
      'prune-reshape': '重构加剪枝后',
      'quantize-reshape': '重构加量化后',
      'prune-quantize-reshape': '重构、剪枝加量化后',
    },
    empty: {
      idle: '请按“{{play}}”。一旦测得结果，这里会用几句话说明每一步对准确率、大小和速度的影响。',
      running: '还没有测量结果。第一步完成后，这里就会给出小结。',
      failed: '运行在测得任何结果之前就停止了，暂时没有小结。',
      noSteps:
        '配方里还没有步骤，所以什么都没有测量。先添加“{{train}}”，再添加“{{prune}}”或“{{quantize}}”，然后按“{{play}}”。',
    },
    things: {
      mnist_other: '{{formatted}} 个测试数字',
      'fashion-mnist_other': '{{formatted}} 张测试图像',
      iris_other: '{{formatted}} 个测试样本',
      other_other: '{{formatted}} 个测试样本',
    },
    one: {
      mnist: '单张图像',
      'fashion-mnist': '单张图像',
      iris: '单个样本',
      other: '单个样本',
    },
    confused: {
      digits: '把 {{label}} 认成 {{answer}}',
      classes: '把“{{label}}”认成“{{answer}}”',
    },
    learned_other:
      '训练好的网络在 {{things}}上的准确率是 {{accuracy}}，答错 {{wrong}} 个{{mistake}}。',
    learnedAll: '训练好的网络答对了全部 {{things}}。',
    mistake: '，最常见的是{{confused}}（{{times}} 次）',
    mistakeAll: '，{{times}} 次都是{{confused}}',
    margin:
      '测试集很小，这个数字只是粗略估计：换一批新样本，准确率可能在 {{low}} 到 {{high}} 之间。',
    guessed: '训练好的网络在 {{things}}上的准确率只有 {{accuracy}}，可能只是猜测：{{guess}}。',
    guess: {
      best: '总是预测“{{answer}}”也能答对 {{share}}，碰巧时可到 {{most}}',
      stuck: '无论输入什么，它都预测“{{answer}}”',
    },
    fitted:
      '训练好的网络在 {{things}}上的 R² 为 {{r2}}（1 为完美，0 相当于总是预测平均值），均方误差为 {{mse}}。',
    unfitted: '训练好的网络没有学到有用的东西：R² 为 {{r2}}，与总是预测平均值差不多。',
    pending: '后面的步骤带来什么变化，一经测得就会写在这里。',
    pendingIdle: '按“{{play}}”，看看后面的步骤带来什么变化。',
    addStep: '添加“{{prune}}”或“{{quantize}}”，看看压缩网络要付出什么代价。',
    noBaseline: '它在训练之前就被压缩了，所以没有完整的网络可以与它比较。',
    brought: {
      prune: '基准本身已经剪枝：从文件载入时就是这样。',
      quantize: '基准本身已经量化：从文件载入时就是这样。',
      'prune-quantize': '基准本身已经剪枝并量化：从文件载入时就是这样。',
    },
    outcome: '{{change}}，{{score}}。',
    what: {
      weights: '权重',
      parameters: '参数',
    },
    bits: {
      average: '平均 {{bits}}',
      byLayer: '各层自己的比特数',
      activations: '{{weights}}（激活为 {{activations}}）',
    },
    change: {
      untouched: '剪枝没有把任何权重变为零',
      pruned: '{{share}} 的{{what}}已被剪去',
      quantized: '每个权重都舍入到 {{bits}}',
      both: '剪枝并舍入到 {{bits}}之后，{{share}} 的{{what}}为零',
      smaller: '网络缩小了，{{before}} 个参数剩下 {{parameters}} 个{{details}}',
      replaced: '原来 {{before}} 个参数的网络换成了 {{parameters}} 个参数的网络{{details}}',
      details: '{{zeros}}{{rounded}}',
      zeros: '，其中 {{share}} 为零',
      rounded: '，每个权重舍入到 {{bits}}',
    },
    score: {
      fell_other:
        '准确率下降 {{points}} 个百分点：{{things}}中多错了 {{wrong}} 个{{where}}{{verdict}}',
      rose_other:
        '准确率上升 {{points}} 个百分点：{{things}}中少错了 {{wrong}} 个{{where}}{{verdict}}',
      same_other: '准确率仍是 {{accuracy}}：{{things}}中和原来一样错 {{wrong}} 个',
      sameAll: '{{things}}仍然全部答对',
      collapsed: '准确率从 {{before}} 跌到 {{accuracy}}，可能只是猜测：{{guess}}',
      guessing: '准确率为 {{accuracy}}，可能只是猜测：{{guess}}',
      accuracy: '在 {{things}}上的准确率是 {{accuracy}}',
      fitFell: '{{things}}上的均方误差从 {{mseBefore}} 升到 {{mse}}（R² 现为 {{r2}}）',
      fitRose: '{{things}}上的均方误差从 {{mseBefore}} 降到 {{mse}}（R² 现为 {{r2}}）',
      fitAbout:
        '误差与原来相当：在 {{things}}上，均方误差从 {{mseBefore}} 变为 {{mse}}，这么小的差别可能只是偶然（R² 现为 {{r2}}）',
      fitCollapsed: 'R² 从 {{r2Before}} 跌到 {{r2}}，不比总是预测平均值好',
      noFit: 'R² 为 {{r2}}，不比总是预测平均值好',
      fit: 'R² 为 {{r2}}，均方误差为 {{mse}}',
    },
    where: '，主要是{{confused}}（多 {{times}} 次）',
    chance: '，这么小的差别可能只是偶然',
    size: {
      smaller: '文件缩小到原来的 1/{{times}}（从 {{before}} 减到 {{after}}）。',
      same: '文件和原来一样大（原来 {{before}}，现在 {{after}}）。',
      larger: '文件是原来的 {{times}} 倍（从 {{before}} 增到 {{after}}）。',
    },
    speed: {
      faster: '计算{{one}}的速度是原来的 {{times}} 倍{{reason}}。',
      same: '计算{{one}}的用时和原来一样{{reason}}。',
      slower: '计算{{one}}要花原来 {{times}} 倍的时间{{reason}}。',
    },
    ownSpeed: {
      faster: 'Whittle 自己的运行时跳过输入和权重中的零，速度是 ONNX Runtime 的 {{times}} 倍。',
      same: 'Whittle 自己的运行时与 ONNX Runtime 用时相当。',
      slower: 'Whittle 自己的运行时用时是 ONNX Runtime 的 {{times}} 倍。',
    },
    ownBaseline: {
      faster: '在那里，基准网络的用时是它的 {{times}} 倍。',
      same: '在那里，基准网络与它用时相当。',
      slower: '在那里，它的用时是基准网络的 {{times}} 倍。',
    },
    reason: {
      zeros: '，因为这个运行时连零也照样相乘',
      rounded: '，因为这个运行时把舍入后的权重仍当作普通的 32 位浮点数相乘',
      zerosRounded: '，因为这个运行时连零也照样相乘，舍入后的权重也仍当作普通的 32 位浮点数',
      unchanged: '，因为要做的乘法和原来一样多',
      integers: '，因为用 8 比特整数计算',
      integersDespite: '，尽管用 8 比特整数计算：每一层都要先把输入舍入',
      smaller: '，因为要做的乘法只有原来的 1/{{less}}',
      larger: '，因为要做的乘法是原来的 {{more}} 倍',
      despite: '，虽然要做的乘法只有原来的 1/{{less}}',
      start:
        '，虽然要做的乘法只有原来的 1/{{less}}：大部分时间花在启动各层和读取权重上（{{batch}} 个一起算只需一个的 {{times}} 倍时间）',
    },
    speedUnknown: '速度还没有测量：运行结束时才测。',
    advice: {
      moreExamples: '测试样本太少，分不清网络是学会了还是在猜：请给数据添加样本。',
      trainMore:
        '压缩之前，不妨训练得更久，或换一个学习率：网络还没学到多少，压缩也看不出有什么损失。',
      retrain:
        '试着在“{{prune}}”之后加一步“{{train}}”，让剩下的权重弥补被剪去的部分；或者少剪一些。',
      trainThin:
        '试着在“{{lowrank}}”之后加一步“{{train}}”或“{{distill}}”，让薄层弥补丢掉的部分；或者用更高的秩。',
      lessThin: '试着用更高的秩，或者在它之后训练得更久。',
      thinner: '没有测出明显的代价：可以试着用更低的秩。',
      largerStudent: '试着用大一些的新网络，或者蒸馏得更久。',
      smallerStudent: '没有测出明显的代价：可以试着用更小的新网络。',
      pruneLess: '试着少剪一些，或者再训练得久一点。',
      pruneLessOfBoth: '单独来看，这里剪枝的代价最大：试着少剪一些，或者再训练得久一点。',
      moreBits: '试着用多于 {{bits}}表示每个权重。',
      moreBitsOfBoth: '单独来看，这里量化的代价最大：试着用多于 {{bits}}表示每个权重。',
      perChannel: '试着让每个通道有自己的缩放因子，或用多于 {{bits}}表示每个权重。',
      roundingGrows:
        '量化后文件反而变大（{{before}} 变成 {{after}}）：权重这么少，省下的比特不及记录量化参数所占的空间。这里可以不量化。',
      roundingGrowsByChannel:
        '量化后文件反而变大（{{before}} 变成 {{after}}）：权重这么少，每个通道的缩放因子比省下的比特更占空间。可以试试整个张量共用一个缩放因子。',
      pruneMore: '没有测出明显的代价：可以试着多剪一些。',
      fewerBits: '没有测出明显的代价：可以试着用少于 {{bits}}表示每个权重。',
      furtherBoth: '没有测出明显的代价：可以试着多剪一些，或用少于 {{bits}}表示每个权重。',
    },
  },
};
