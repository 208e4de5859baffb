/** The card that says in plain sentences what was measured. */
export const inWordsEn = {
  inWords: {
    about: '{{what}}',
    versus: '{{what}}, against the baseline',
    role: {
      baseline: 'Baseline',
      pruned: 'Pruned',
      quantized: 'Quantized',
      reshaped: 'Reshaped',
    },
    combined: {
      'prune-quantize': 'Pruned and quantized',
      'prune-reshape': 'Reshaped and pruned',
      'quantize-reshape': 'Reshaped and quantized',
      'prune-quantize-reshape': 'Reshaped, pruned and quantized',
    },
    empty: {
      idle: 'Press {{play}}. Once a network is measured, this says in plain words what each step did to its accuracy, its size and its speed.',
      running: 'Nothing is measured yet. The first sentences come at the end of the first step.',
      failed: 'The run stopped before anything was measured, so there is nothing to say yet.',
      noSteps:
        'The recipe has no steps, so nothing has been measured. Add {{train}}, then {{prune}} or {{quantize}}, and press {{play}}.',
    },
    /** `{{things}}` in other sentences: test examples, counted. */
    things: {
      mnist_one: '{{formatted}} test digit',
      mnist_other: '{{formatted}} test digits',
      'fashion-mnist_one': '{{formatted}} test picture',
      'fashion-mnist_other': '{{formatted}} test pictures',
      iris_one: '{{formatted}} test flower',
      iris_other: '{{formatted}} test flowers',
      other_one: '{{formatted}} test example',
      other_other: '{{formatted}} test examples',
    },
    /** Begins a sentence on speed. */
    one: {
      mnist: 'A single image',
      'fashion-mnist': 'A single image',
      iris: 'A single flower',
      other: 'A single example',
    },
    confused: {
      digits: '{{label}}s read as {{answer}}s',
      classes: '“{{label}}” taken for “{{answer}}”',
    },
    learned_one:
      'The trained network gets {{accuracy}} of the {{things}} right; {{wrong}} is wrong{{mistake}}.',
    learned_other:
      'The trained network gets {{accuracy}} of the {{things}} right; {{wrong}} are wrong{{mistake}}.',
    learnedAll: 'The trained network gets all {{things}} right.',
    mistake: ', most often {{confused}} ({{times}} of them)',
    mistakeAll: ', all {{times}} of them {{confused}}',
    margin:
      'So small a test set gives a rough figure: on new examples expect anything from {{low}} to {{high}}.',
    guessed:
      'The trained network gets {{accuracy}} of the {{things}} right, which may be guessing: {{guess}}.',
    guess: {
      best: 'always answering “{{answer}}” would get {{share}} right, and by chance up to {{most}}',
      stuck: 'it answers “{{answer}}” whatever it is shown',
    },
    fitted:
      'The trained network reaches R² = {{r2}} on the {{things}} (1 is perfect, 0 no better than always answering the mean), with a mean squared error of {{mse}}.',
    unfitted:
      'The trained network has learned nothing useful: R² = {{r2}}, about as good as always answering the mean.',
    pending: 'What the next steps change is told here as soon as it is measured.',
    pendingIdle: 'Press {{play}} to see what the next steps change.',
    addStep: 'Add {{prune}} or {{quantize}} to see what a smaller network costs.',
    noBaseline:
      'It was compressed before it was trained, so there is no full network to compare it with.',
    brought: {
      prune: 'The baseline is pruned already: that is how it came from its file.',
      quantize: 'The baseline is quantized already: that is how it came from its file.',
      'prune-quantize':
        'The baseline is pruned and quantized already: that is how it came from its file.',
    },
    outcome: '{{change}} and {{score}}.',
    what: {
      weights: 'weights',
      parameters: 'parameters',
    },
    bits: {
      average: '{{bits}} on average',
      byLayer: 'each layer’s own bits',
      activations: '{{weights}} (activations to {{activations}})',
    },
    change: {
      untouched: 'Pruning set no weight to zero',
      pruned: '{{share}} of the {{what}} are gone',
      quantized: 'Each weight is rounded to {{bits}}',
      both: 'After pruning and rounding to {{bits}}, {{share}} of the {{what}} are zero',
      smaller: 'The network has shrunk to {{parameters}} of its {{before}} parameters{{details}}',
      replaced:
        'A network of {{parameters}} parameters stands in place of the one of {{before}}{{details}}',
      details: '{{zeros}}{{rounded}},',
      zeros: ', {{share}} of them zero',
      rounded: ', each weight rounded to {{bits}}',
    },
    score: {
      fell_one:
        'accuracy fell by {{points}} points: {{wrong}} more of the {{things}} is wrong{{where}}{{verdict}}',
      fell_other:
        'accuracy fell by {{points}} points: {{wrong}} more of the {{things}} are wrong{{where}}{{verdict}}',
      rose_one:
        'accuracy rose by {{points}} points: {{wrong}} fewer of the {{things}} is wrong{{where}}{{verdict}}',
      rose_other:
        'accuracy rose by {{points}} points: {{wrong}} fewer of the {{things}} are wrong{{where}}{{verdict}}',
      same_one: 'accuracy stays at {{accuracy}}: {{wrong}} of the {{things}} is wrong, as before',
      same_other:
        'accuracy stays at {{accuracy}}: {{wrong}} of the {{things}} are wrong, as before',
      sameAll: 'all {{things}} are still right',
      collapsed: 'accuracy fell from {{before}} to {{accuracy}}, which may be guessing: {{guess}}',
      guessing: 'accuracy is {{accuracy}}, which may be guessing: {{guess}}',
      accuracy: '{{accuracy}} of the {{things}} are right',
      fitFell:
        'the mean squared error on the {{things}} rose from {{mseBefore}} to {{mse}} (R² is now {{r2}})',
      fitRose:
        'the mean squared error on the {{things}} fell from {{mseBefore}} to {{mse}} (R² is now {{r2}})',
      fitAbout:
        'the error is about as before: the mean squared error on the {{things}} went from {{mseBefore}} to {{mse}}, and the difference is no more than chance can explain (R² is now {{r2}})',
      fitCollapsed: 'R² fell from {{r2Before}} to {{r2}}, no better than always answering the mean',
      noFit: 'R² is {{r2}}, no better than always answering the mean',
      fit: 'R² is {{r2}}, with a mean squared error of {{mse}}',
    },
    where: ', above all {{confused}} ({{times}} more)',
    chance: ', no more than chance can explain',
    size: {
      smaller: 'The file is {{times}} times smaller ({{after}} instead of {{before}}).',
      same: 'The file is as large as before ({{after}} instead of {{before}}).',
      larger: 'The file is {{times}} times as large ({{after}} instead of {{before}}).',
    },
    speed: {
      faster: '{{one}} takes {{times}} times less time{{reason}}.',
      same: '{{one}} takes as long as before{{reason}}.',
      slower: '{{one}} takes {{times}} times as long as before{{reason}}.',
    },
    ownSpeed: {
      faster:
        'Whittle’s own runtime, which skips zeros in inputs and weights, takes {{times}} times less time for it than ONNX Runtime.',
      same: 'Whittle’s own runtime takes as long for it as ONNX Runtime.',
      slower: 'Whittle’s own runtime takes {{times}} times as long for it as ONNX Runtime.',
    },
    ownBaseline: {
      faster: 'The baseline takes {{times}} times as long there.',
      same: 'The baseline takes as long there.',
      slower: 'The baseline takes {{times}} times less time there.',
    },
    reason: {
      zeros: ', because this runtime multiplies the zeros too',
      rounded: ', because this runtime multiplies rounded weights as ordinary 32-bit numbers',
      zerosRounded:
        ', because this runtime multiplies the zeros too, and the rounded weights as ordinary 32-bit numbers',
      unchanged: ', because there is as much to multiply as before',
      integers: ', because it is computed in integers of 8 bits',
      integersDespite:
        ', although it is computed in integers of 8 bits: each layer has to round first what it takes in',
      smaller: ', because there are {{less}} times fewer multiplications to do',
      larger: ', because there are {{more}} times as many multiplications to do',
      despite: ', although there are {{less}} times fewer multiplications to do',
      start:
        ', although there are {{less}} times fewer multiplications to do: most of the time goes into starting each layer and fetching its weights ({{batch}} at once take only {{times}} times as long as one)',
    },
    speedUnknown: 'How fast it is has not been measured yet: that comes at the end of the run.',
    advice: {
      moreExamples:
        'So few test examples cannot tell a good network from one that guesses: add examples to the data.',
      trainMore:
        'Before compressing it, try training for longer or with another learning rate: there is little to lose yet.',
      retrain:
        'Try a {{train}} step after {{prune}}, so that the weights that are left make up for those that are gone, or prune less.',
      trainThin:
        'Try a {{train}} or {{distill}} step after {{lowrank}}, so that the thin layers make up for what they left out, or a higher rank.',
      lessThin: 'Try a higher rank, or training for longer after it.',
      thinner: 'Nothing measurable was lost: try a lower rank.',
      largerStudent: 'Try a larger new network, or distilling for longer.',
      smallerStudent: 'Nothing measurable was lost: try a smaller new network.',
      pruneLess: 'Try pruning less, or retraining for longer.',
      pruneLessOfBoth:
        'By itself pruning costs most here: try pruning less, or retraining for longer.',
      moreBits: 'Try more than {{bits}} for each weight.',
      moreBitsOfBoth: 'By itself rounding costs most here: try more than {{bits}} for each weight.',
      perChannel: 'Try a scale for each channel, or more than {{bits}} for each weight.',
      roundingGrows:
        'Rounding made the file larger ({{after}} instead of {{before}}): so few weights save less than what describes the rounding takes. Leave it out here.',
      roundingGrowsByChannel:
        'Rounding made the file larger ({{after}} instead of {{before}}): for so few weights the scale of each channel takes more than the bits save. Try one scale for each tensor.',
      pruneMore: 'Nothing measurable was lost: try pruning more.',
      fewerBits: 'Nothing measurable was lost: try fewer than {{bits}} for each weight.',
      furtherBoth:
        'Nothing measurable was lost: try pruning more, or fewer than {{bits}} for each weight.',
    },
  },
};
