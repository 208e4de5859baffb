import { reasonsZh } from './reasons.zh';

const LAYERS =
  'dense-120-tanh、conv-20-k5-s1-same、maxpool-2-s2、avgpool-2、batchnorm、dropout-0.5、flatten';

/** Sentences for problems, by code. There are none in English: a problem's message is its English sentence. */
export const problemsZh = {
  problem: {
    unexpected: '出现意外错误：{{detail}}。请重新加载页面，实验保存在链接里。',

    unknownDataset: '没有名为“{{dataset}}”的数据集，请从列表中选择。',

    dataNotHere:
      '这个实验用的数据（{{data}}）不在这个浏览器中：自己的数据不会随链接传送。请选择其他数据，或重新添加同一个文件。',
    storageFull:
      '浏览器没有空间保存 {{name}}（{{megabytes}} MB）。请从列表中删除不再需要的数据，或腾出磁盘空间。已保存的数据没有受影响。',
    storageFullAlone:
      '浏览器没有空间保存 {{name}}（{{megabytes}} MB），而这里没有保存您的其他数据。请腾出磁盘空间，或在浏览器设置里删除其他网站保存的数据；无痕窗口的空间比较少。然后重试。',
    dataNotKept: '{{name}} 无法保存：{{reason}}。已保存的数据没有受影响，请重试。',
    picturesTooLarge:
      '{{name}} 的图像为 {{size}} 像素，这里最多可用 {{most}} × {{most}} 像素训练。请缩小图像。',
    dataCount:
      '{{name}} 有 {{count, number}} 个可学习的样本，应为 {{least, number}} 到 {{most, number}} 个。请增加样本，或只取一部分。',
    tableTooLarge:
      '{{name}} 有 {{megabytes, number}} MB，这里最多读取 {{most}} MB。请只取一部分行或列。',
    noTable: '{{name}} 中没有数据行。请选择每行一个样本的 CSV 或 TSV 文件。',
    tooManyColumns:
      '{{name}} 有 {{columns, number}} 列，最多读取 {{most, number}} 列。请去掉没有信息的列，再选择文件。',
    tooManyRows: '{{name}} 超过 {{most, number}} 行，这是能保存的上限。请只取一部分。',
    tooManyCells:
      '{{name}} 的 {{columns, number}} 列共超过 {{most, number}} 个单元格，这是一个标签页的上限。请减少列或行。',
    tooRagged:
      '{{name}} 的 {{all, number}} 行中有 {{count, number}} 行的字段数与第一行不同：第 {{row, number}} 行有 {{fields, number}} 个，第一行有 {{wanted, number}} 个。请修正文件，或选择其他文件。',
    raggedRows:
      '{{name}} 中字段数不符的行被略去：共 {{count, number}} 行。首先是第 {{row, number}} 行，有 {{fields, number}} 个字段，而第一行有 {{wanted, number}} 个。',
    numbersAndText:
      '列“{{column}}”有 {{numbers, number}} 个数和 {{count, number}} 个文字单元格（首先是第 {{row, number}} 行的“{{text}}”），因此不作为数字学习。若要作为数字，请在文件中清空这些单元格。',
    constantLabel:
      '“{{column}}”列看起来是要学习的列，但它始终不变，没有什么可区分的，因此改为建议“{{proposed}}”列。请加入“{{column}}”不同的行，或自行选择。',
    adapted:
      '网络及其训练已按“{{name}}”调整，因为原来的不适合它。“撤销”会恢复它们，同时也撤销数据的选择。',
    oneTable:
      '拖放了 {{count, number}} 个文件（{{first}}、{{second}} 等），而一个数据集是一张表。它们都没有读取。请只拖放一个，或把各行合并到一个文件里。',
    networkNoData:
      '从名称看，{{name}} 里是网络，不是数据。请在配方中添加“$t(technique.load)”这一步，在那里选择这个文件。',
    binaryFile:
      '{{name}} 不像是文本：第 {{byte, number}} 个字节是控制字符，表格里不会有。请选择 CSV 或 TSV 文件；如果是 UTF-16 文本，请选择这种编码。',
    mixedColumn:
      '列“{{column}}”是数字，但有 {{count, number}} 个单元格不是，按空白处理：首先是第 {{row, number}} 行的“{{text}}”。',
    openQuote:
      '{{name}} 第 {{row, number}} 行的一个引号没有结束，文件其余部分会成为一个单元格。请补上引号；若是文字中的引号，请写两个。',
    wrongEncoding:
      '{{name}} 的编码不是 {{encoding}}：第 {{line, number}} 行（第 {{byte, number}} 个字节）无法识别。请选择它的编码，或另存为 UTF-8。',
    noCodeForOwn:
      '使用自己数据的配方不能写成代码：脚本无法取得这些数据。请把网络导出为 ONNX 或 safetensors，数据另存为文件。',
    constantTarget:
      '{{name}} 的“{{column}}”列每一行都是同一个数，没有什么可预测的。请选择别的目标。',
    notText:
      '{{name}} 不是文本：它的开头与 zip 文件相同，电子表格的工作簿也是如此。请把表另存为 CSV 再选择；装有图像的 zip 文件请在“$t(own.way.pictures)”中选择。',
    rowTooLong:
      '{{name}} 的第 {{row, number}} 行超过 400 万个字符，不像是表格。请选择每行一个样本的文件。',
    noFeatures: '{{name}} 没有选中用来学习的列，请至少勾选一列。',
    tooManyInputs:
      '{{name}} 选中的列共有 {{inputs, number}} 个输入，这里的网络最多接受 {{most, number}} 个。请去掉一些列。',
    tooManyCategories:
      '{{name}} 选中的列共有 {{inputs, number}} 个输入，这里的网络最多接受 {{most, number}} 个。每个类别是一个输入，仅“{{column}}”列就有 {{count, number}} 个。请先去掉类别很多的列。',
    oneTargetClass:
      '{{name}} 的“{{column}}”列只有一个类别，没有什么可区分的。请选择其他目标列，或加入另一类的行。',
    tooManyClasses:
      '{{name}} 的“{{column}}”列有 {{count, number}} 个类别，这里最多区分 {{most, number}} 个。请选择其他目标列，或在文件中合并少见的类别。',
    tooManyNumbers:
      '{{name}} 的“{{column}}”列有 {{count, number}} 个不同的数，这里最多区分 {{most, number}} 个类别。请把答案的类型选为“$t(own.tasks.regression)”，或选择其他目标列。',
    notOurData: '{{name}} 不是 Whittle 保存的数据，或已损坏。请选择 .whittle-data 或 CSV 文件。',
    onePictureClass:
      '{{name}} 的图像都属于同一类，没有什么可区分的。请加入另一类的图像：放在第一个文件夹旁边的另一个文件夹里，外面再有一个文件夹。',
    manyPictureClasses:
      '{{name}} 的图像有 {{count, number}} 个类别，这里最多区分 {{most, number}} 个。请去掉一些，或把相近的类别放进同一个文件夹。',

    tooManyFiles: '{{name}} 中的文件超过 {{most, number}} 个。请去掉一些，或分成几个数据集。',
    fileTooLong:
      '{{name}} 有 {{megabytes, number}} MB，这里最多能读 {{most, number}} MB。请缩小文件，或只取一部分。',
    tooLongToSave:
      '{{name}} 没有保存：它的文件至少会有 {{megabytes, number}} MB，而这里最多能再读 {{most, number}} MB。数据仍留在这个浏览器里；要在别处使用，请保管好制作它时用的文件。',
    archiveBomb:
      '{{name}} 解压后会有 {{megabytes, number}} MB，最多只解压 {{most, number}} MB：文件长度的 {{ratio, number}} 倍，但不少于 {{low, number}} MB，也不超过 {{high, number}} MB。其中的内容都没有读取。请直接打包图像，每类一个文件夹。',
    climbingPath:
      '{{name}} 中的路径“{{path}}”通向压缩包之外。其中的内容都没有读取。请重新打包这些文件夹。',
    nestedArchive:
      '{{name}} 中的“{{path}}”本身也是压缩包。其中的内容都没有读取。请先解压，再打包装有图像的文件夹。',
    brokenArchive: '{{path}} 无法解压：文件已损坏，或设有密码。请重新打包成普通的 zip 文件。',
    noPictures:
      '{{name}} 的文件夹里没有图像。请为每个类别建一个以它命名的文件夹，放入 PNG、JPEG 或 WebP 文件，然后选择外层的文件夹或它的 zip 文件。',
    nothingReadable:
      '{{name}} 中的图像一张也无法读取，例如 {{path}}（$t(brokenPicture.{{broken}})）。可以读取 PNG、JPEG 和 WebP。',
    brokenIdx:
      '{{name}} 无法作为 IDX 读取：{{reason}}。请选择完整的文件，数值应像 MNIST 那样是无符号字节。',
    notZip:
      '{{name}} 不是 zip 文件，或开头已损坏：它的开头与 zip 文件不同。请把装有图像的文件夹重新打包成普通的 zip 文件。',
    archiveAmongFiles:
      '{{name}} 是 {{count, number}} 个文件中的压缩包，而一个数据集只由一个 zip 文件组成。什么都没有读取。请单独选择它，或把所有文件夹打包在一起。',
    loosePictures:
      '{{name}} 等 {{count, number}} 张图像不在任何文件夹里，因此没有类别。请为每个类别建一个以它命名的文件夹，放入图像，然后选择外层的文件夹或它的 zip 文件。',
    tableNoPictures:
      '从名称看，{{name}} 里没有图像。表格和 Whittle 保存的数据请在“$t(own.way.table)”中选择。',
    mismatchedIdx:
      '{{pictures}} 有 {{count, number}} 张图像，{{labels}} 有 {{labelCount, number}} 个标签，二者不配套：每张图像有一个标签。请选择同一部分的两个文件，都是训练的，或都是测试的。',
    unpairedIdx:
      '{{name}} 有 {{count, number}} 个样本，但没有第二个样本数相同的文件：图像和标签分别放在两个 IDX 文件里。请同时选择两个文件。',

    draftGone: '读取的内容已不在内存中：计算部分已重新启动。请重新选择文件。',
    unknownModel:
      '没有名为“{{model}}”的网络。可以写 lenet-300-100、lenet-5 或 lenet-5-classic；用 mlp:300-100 表示全连接层；或以 net: 开头，各层用逗号分隔。',
    unknownLayer: `没有“{{layer}}”这种层。可用的层：${LAYERS}。`,
    layerArgument: `层“{{layer}}”中的“{{argument}}”无法识别。写法示例：${LAYERS}。`,
    layerRange: '层“{{layer}}”的$t(layerArgument.{{argument}})应在 {{min}} 到 {{max}} 之间。',
    layerMissing: '第 {{number}} 层的位置是空的。请补上一层，或删去多余的逗号。',
    lastLayerMissing: '最后一个逗号后面缺少一层。请补上，或删去这个逗号。',
    layerTooLarge:
      '{{layer}} 的窗口为 {{size}} × {{size}}，大于它的输入 {{shape}}。请减小窗口，或去掉前面的一个池化层。',
    layerNeedsPicture:
      '{{layer}} 层的输入应为图像，而这里是 {{shape}} 个数组成的向量。请改用全连接层，或选择图像数据集。',
    layerTooWide:
      '{{layer}} 层对每个样本输出 {{numbers, number}} 个数，上限为 {{max, number}} 个。请减少滤波器，增大步幅，或在它前面加池化层。',
    tooLongModel: '网络的描述有 {{count, number}} 个字符，上限为 {{max, number}} 个。请缩小网络。',
    tooManyLayers: '这个网络有 {{count, number}} 层，上限为 {{max, number}} 层。请缩小网络。',
    tooManyParameters:
      '这个网络有 {{count, number}} 个参数，上限为 {{max, number}} 个。请缩小网络。',
    tooManyMultiplyAdds:
      '这个网络对每个样本要做 {{count, number}} 次乘加，上限为 {{max, number}} 次。请缩小网络。',

    linkReplaced: '链接中“{{key}}”的值“{{held}}”无法识别，已改用 {{used}}。',
    linkLeftOut: '链接中“{{key}}”的值“{{held}}”无法识别，已忽略。',
    linkNeedsNumber:
      '链接中“{{key}}”的值是“{{held}}”，应为 {{min}} 到 {{max}} 之间的数，已改用 {{used}}。',
    linkNeedsInteger:
      '链接中“{{key}}”的值是“{{held}}”，应为 {{min}} 到 {{max}} 之间的整数，已改用 {{used}}。',
    linkNoise:
      '链接中“{{key}}”的值是“{{held}}”，噪声应在 0 到 {{max}} 之间，已改用 {{used}}，噪声为 {{noise}}。',
    linkNoNoise:
      '链接中“{{key}}”的值是“{{held}}”，而 {{used}} 不能设置噪声，已按不带噪声的 {{used}} 打开。',
    linkUnfit: '链接中“{{key}}”的值是“{{held}}”，已改用 {{used}}。{{reason}}。',
    linkRecipe: '链接中“{{key}}”的值“{{held}}”无法识别，已改用默认配方。',
    linkRecipeAndSteps: '链接中“{{key}}”的值“{{held}}”无法识别，已改用链接中的步骤。',
    linkUnknownKey: '链接中的“{{written}}”不是已知的步骤或设置，已忽略。',
    linkUnknownOption: '链接把“{{key}}”设为“{{held}}”，但没有这个选项，已忽略。',
    linkRepeated: '链接中“{{key}}”出现了多次，以“{{used}}”为准，“{{held}}”已忽略。',
    linkVersion:
      '这个链接由较新的 Whittle 生成（链接版本 {{held}}，本页支持版本 {{used}}），部分内容可能缺失。',
    linkTooLong:
      '链接有 {{length, number}} 个字符，最多读取 {{max, number}} 个，因此显示默认实验。',
    linkTooManySteps: '链接中有 {{held}} 个步骤，只使用前 {{used}} 个。',
    linkMore: '链接中还有 {{count}} 处无法识别。',

    crossEntropyNeedsClasses: '交叉熵需要类别，而这个数据集的目标是数值。请改用均方误差。',
    rewindNeedsMask: '只被减弱的权重在回退时会恢复。请把强度设为 1，或不回退。',
    rewindBeyond:
      '权重无法回到第 {{iteration}} 次迭代：之前的步骤在第 {{last}} 次迭代结束。请选择更早的迭代，或在之前训练更久。',
    rewindOtherShape:
      '{{tensor}} 的权重无法回退：之后网络的单元或层已经不同。请在回退之后再移除或替换，或不回退。',
    noSuchLayer:
      '单独设置的层 {{layer}} 在这个网络中无法设置。请撤回这项设置，或设置 {{known}} 之一。',
    layerSetTwice: '层 {{layer}} 被设置了两次。请撤回，再设置一次。',
    layerNeedsNumber:
      '层 {{layer}} 不能设为 {{value}}。请选择 {{min}} 到 {{max}} 之间的数，或撤回这项设置。',
    layerNeedsInteger:
      '层 {{layer}} 不能设为 {{value}}。请选择 {{min}} 到 {{max}} 之间的整数，或撤回这项设置。',
    budgetTooSmall:
      '加上各层单独设置的比特数，平均每个权重 {{budget}} 比特不够，至少需要 {{least}} 比特。请提高平均值，或撤回一些层的设置。',
    learnedScheme: '学习缩放需要至少 2 比特的对称方案。请选择它，或在训练中使用拟合的缩放。',
    notTimed:
      '无法给文件计时，因为 ONNX Runtime 没有运行：{{reason}}。其他一切照常；连上网络后请重试。',
    noNetworkSaid: '链接只写了文件 {{file}}，没有写其中的网络。请重新选择该文件。',
    noFileChosen: '还没有选择文件。请选择 .whittle、safetensors、ONNX 或 TensorFlow.js 文件。',
    fileUnfit: '文件中的网络是 {{is}}，而数据需要 {{wanted}}。请选择其他文件或其他数据。',
    fileNotHere:
      '这个实验要载入的文件 {{file}} 不在这个浏览器中：文件不随链接传送。请重新选择它，或选择其他文件，或去掉这一步。',
    fileRefused: '{{name}} 无法载入。{{reason}}。',
    unknownFile:
      '{{name}} 无法作为网络读取：其内容不是 .whittle、safetensors、ONNX 或 TensorFlow.js 格式，或开头已损坏。请选择其他文件。',
    weightsMissing:
      '{{name}} 只描述网络，权重在另一个文件中。请同时选择两个文件，或选择包含它们的 zip。',
    fileTooLarge: '{{name}} 有 {{megabytes}} MB，最多只能载入 {{most}} MB。请选择更小的网络。',
    tooManyLevels: '码本和 2 的幂最多 {{max}} 比特。请减少比特数，或换一种方案。',
    noBatchNorm:
      '这个网络的隐藏层后面没有批归一化，单元没有可供评分的缩放。请选择其他得分，或添加批归一化。',
    moreThanGroup: '每 {{m}} 个权重无法保留 {{n}} 个。请保留不超过 {{m}} 个，或增大每组的权重数。',
    boundNeedsWeights: '阈值逐个选择权重，不能按组或方块选择。请选择其他准则，或改为剪单个权重。',
    noHiddenUnits: '这个网络没有隐藏层，没有可以剪去的神经元。请改为剪去单个权重，或添加隐藏层。',
    diverged:
      '训练发散：在第 {{iteration}} 次迭代，学习率为 {{learningRate}} 时，损失不再是有限的数。发散之前的网络已保留。可以把学习率降到十分之一，或使用预热、梯度裁剪。',
    divergedChanged:
      '训练发散：在第 {{iteration}} 次迭代，学习率为 {{learningRate}} 时，损失不再是有限的数。发散之前的网络已保留。这个学习率是运行中设置的：请在该步骤中点击“$t(recipe.clearLive)”，再按“运行”。',
    activationsNotFinite:
      '{{layer}} 的输入并不总是有限的数，无法量化。请用更小的学习率重新训练，或仅量化权重。',
    noCalibrationExamples:
      '数据集 {{dataset}} 没有可用于校准的训练样本。请选择其他数据集；或仅量化权重，并且不用偏置校正和学习舍入。',
    nothingToEqualize:
      '这里没有可以均衡的相邻两层：两层之间须为 ReLU、leaky ReLU 或无激活，且没有批归一化。请关闭此项。',
    notFinite: '{{tensor}} 中有的权重不是有限的数，无法量化。请用更小的学习率重新训练。',
    editedRunning: '改动涉及正在运行的部分，运行已停止。按“运行”重新开始。',

    backendTooSlow: '一步耗时超过 {{seconds}} 秒。',
    backendMissing:
      '这个浏览器无法用 $t(backend.{{backend}}) 运行网络（{{detail}}）。请选择其他计算后端，或“自动选最快”。',
    backendLost:
      '$t(backend.{{backend}}) 已丢失（{{reason}}）。请换一个计算后端，从上一个检查点继续。',
    backendInstead:
      '$t(backend.{{backend}}) 在这里不可用（{{detail}}），已改用 $t(backend.{{next}})。',
    backendReplaced:
      '$t(backend.{{backend}}) 已丢失（{{detail}}），已改用 $t(backend.{{next}})，从上一个检查点继续。',
    noBackend: '没有可用的计算后端了。请重新加载页面，让它们重新启动。',
    workerCrashed:
      '负责计算的部分崩溃了（{{detail}}），已重新启动。按“运行”继续，已保存的进度都在。',
    workerGone: '负责计算的部分再次崩溃（{{detail}}）。请重新加载页面，实验保存在链接里。',
    notSaved:
      '浏览器没有为本页保存任何数据（无痕窗口，或磁盘已满），因此关闭标签页后无法继续这次运行。',

    nothingRuns: '没有正在进行的训练，无法修改学习率。请先按“运行”。',
    planeNeedsThree:
      '三个形状相同、不在一条直线上的网络才能确定一个平面，而这个配方还没有得到这样的三个网络。请选择随机方向，或多运行几步。',
    notTrained: '这一步还没有可以导出的结果。请先运行配方。',
    nothingMeasured: '运行结束了，但没有测得任何结果。请在配方里添加步骤，再运行一次。',
    unknownVariant: '没有变体“{{variant}}”。请先运行实验，再从报告中选取变体的 id。',

    noLowRank:
      '对这个网络的任何全连接层，两个更薄的层即使秩为 1 也不会更小。请去掉这一步，或选择层更宽的网络。',
    lowRankTooLarge:
      '{{layer}} 层太大，无法在这里分解：它的短边为 {{side, number}}，超过 {{max, number}} 就要好几分钟。请减少单元。',
    rankTooHigh:
      '秩为 {{rank}} 时，两个更薄的层不比这个网络的任何全连接层小，什么也不会改变。请选择不超过 {{most}} 的秩。',
    rankChangesNothing:
      '秩为 {{rank}} 时，两个更薄的层不比这个网络的任何全连接层小，什么也不会改变。请降低秩。',
    energyChangesNothing:
      '保留 {{share}} % 的能量时，两个更薄的层不比这个网络的任何全连接层小，什么也不会改变。请降低比例。',
    lowRankTooDeep:
      '用两层代替一层后，这个网络会有 {{layers}} 层，上限为 {{max}} 层。请选择层数较少的网络。',
    notFiniteRank: '{{layer}} 的权重不全是有限数，无法分解。请用更小的学习率重新训练。',

    teacherNotBefore:
      '第 {{teacher}} 步不在这一步之前，不能当教师。请选择不超过 {{before}} 的步骤，或选 0，即压缩之前的网络。',
    noTeacher: '这一步之前没有训练过未压缩的网络，所以没有教师。请先训练，或选择留下教师的那一步。',
    noSuchTeacher: '这一步之前没有第 {{number}} 步可以学习。请选择更早的一步。',
    bundledNotArrived:
      '随 Whittle 提供的网络 {{file}} 无法载入：{{detail}}。请检查连接后再按运行。',
    transferShape: '{{dataset}} 的样本是 {{is}}，而网络的输入是 {{wanted}}。请选择形状相同的数据。',
    tooManyFrozen:
      '无法冻结 {{freeze}} 层：输出层之下只有 {{most}} 层带权重。最多冻结 {{most}} 层。',
    teacherOutputs:
      '教师对每个样本输出 {{teacher}} 个数，学生输出 {{student}} 个，无法比较。请选择另一步。',
    noNormToFold: '这个网络没有可合并的批归一化。请给网络加上批归一化，或去掉这一步。',
    noFoldFits:
      '这个网络的批归一化都无法在不改变结果的情况下合并：它们后面是带填充的卷积，填充的零没有归一化；或者是最大池化，而缩放为负。请把批归一化直接放在没有激活函数的层之后，或使用不带填充的卷积。',

    runtimeMemory: '运行这个网络需要 {{megabytes}} MB 内存，上限是 {{max}} MB。请把图片或层缩小。',
    badWhittleFile: '这不是 .whittle 文件，或者文件已损坏（{{reason}}）。请重新导出。',
    badSafetensors:
      '无法打开这个 safetensors 文件：{{reason}}。请选用 Whittle 导出的文件；如果文件已损坏，请重新导出。',
    badTfjsModel: '无法打开这个 TensorFlow.js 模型：{{reason}}。请用 model.save() 重新保存。',
    unsupportedTfjsLayer:
      '这个模型的层“{{layer}}”无法在这里使用：{{reason}}。Whittle 能读取依次相连的全连接层、方形二维卷积、最大池化和平均池化、批归一化、丢弃和展平，激活函数为 ReLU、带泄漏的 ReLU、tanh、sigmoid 或 GELU。',
    tfjsRoundsNothing:
      'TensorFlow.js 没有像 {{layer}} 那样对激活值取整的层，导出后的答案会与测得的不同。请改用其他格式，或下载只量化权重的网络。',
    unknownFormat: '没有文件格式“{{format}}”。可用的格式有：{{known}}。',
    newerWhittleFile:
      '这个文件的 .whittle 格式版本为 {{version}}，比当前 Whittle 支持的版本新。请用更新的 Whittle 打开。',
    badOnnxFile: '这里无法读取这个 ONNX 文件（{{reason}}）。',
    onnxOperator:
      '这里无法读取节点“{{node}}”的运算符 {{operator}}（{{reason}}）。这里的网络是由全连接层、卷积层、池化、批归一化、展平、丢弃和激活函数依次组成的。',
    beyondFloat16:
      '{{tensor}} 里有绝对值超过 {{max, number}} 的数，float16 存不下。请导出为 float32。',
    brokenFile:
      '这个网络的文件没有如实保存 {{tensor}}。这是 Whittle 的错误，请附上链接报告给我们。',
    formulaEmpty: '还没有公式。请输入含 x 和 y 的式子，例如 x^2 + 3y^2。',
    formulaLong: '公式有 {{length}} 个字符，最多读取 {{max}} 个。请把它缩短。',
    formulaDeep: '公式中的运算嵌套超过 {{max}} 层。请化简。',
    formulaUnfinished: '公式结束得太早：末尾缺了内容，也许是一个括号。',
    formulaUnread: '公式从第 {{at}} 个字符“{{rest}}”起无法读取。它前面是否缺了运算符或括号？',
    formulaName: '公式中的“{{name}}”无法识别。可以使用 x、y、e、pi，以及函数 {{known}}。',
    formulaArguments: '函数“{{name}}”需要 {{wanted}} 个数，而公式给了 {{given}} 个。',
    formulaKind:
      '公式中含有算术以外的内容。可以使用 + − * / ^、括号、x、y、e、pi，以及函数 {{known}}。',
    formulaNowhere:
      '公式在图中任何一处都没有数值：它处处无穷或没有定义。请用较小的幂，或让图的范围更大。',
    startUndefined:
      '函数或它的斜率在起点没有数值，所以无法从那里下降。请把起点拖到图中有颜色的地方。',
  },
  reason: reasonsZh,
  /** Why a picture's file is left out. */
  brokenPicture: {
    unpacking: '在压缩包中已损坏',
    type: '内容不是图像',
    damaged: '已损坏',
    bytes: '超过 50 MB',
    pixels: '超过 6000 万像素',
  },
  /** What `layerRange` calls the arguments of a layer. */
  layerArgument: {
    units: '单元数',
    filters: '滤波器数',
    kernel: '卷积核边长',
    size: '窗口边长',
    stride: '步幅',
    rate: '丢弃比例',
    bits: '比特数',
    scale: '缩放（大于 0）',
    zeroPoint: '零点',
  },
};
