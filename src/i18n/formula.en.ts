/** What formulas say, and where they come from: read when one is unfolded. */
export const formulaEn = {
  formula: {
    transfer:
      'What the network knows moves against the gradient of the new task by the fine-tune strength β. A plus in its place, as an article prints it, would climb the loss.',
    train: 'The parameters θ move against the gradient g of the loss L by the learning rate η.',
    momentum: 'The velocity v gathers past gradients and fades by the momentum μ.',
    nesterov: 'The velocity v gathers past gradients; the gradient counts once more on top of it.',
    rmsprop:
      'v is a moving average of squared gradients: each parameter has a step size of its own.',
    adagrad: 'v sums up squared gradients: parameters that moved much move less.',
    adam: 'm and v are moving averages of the gradient and its square; hats take out their bias towards zero.',
    adamw:
      'm and v are as in Adam; the decay λ pulls kernels towards zero apart from the gradient.',
    lion: 'Only the sign of a moving average counts, so every parameter moves by the same amount; the decay λ pulls kernels towards zero.',
    pruned:
      'Weights w below the bound t are weakened by δ; at δ = 1 they are zero, and a mask keeps them so.',
    magnitude: 't is such that the k smallest of the n weights are below it, for the sparsity s.',
    threshold: 't is what you set.',
    random: 'The score is drawn at random: what every other criterion has to beat.',
    snip: 'The score is what the loss would lose with the weight, to first order, on one batch with as many examples of each class: it needs no training.',
    taylor:
      'The score is what the loss would lose with the weight, to first order, added up over batches B of training examples.',
    movement:
      'The score adds up, over steps of training a copy, how far the gradient takes the weight away from zero: one that shrinks goes first, however large it is.',
    lowest: 'The k lowest scores of n go, for the sparsity s.',
    nm: 'Of each M consecutive weights that a unit reads, the N with the highest scores stay: a pattern that some hardware multiplies twice as fast.',
    blocks:
      'Blocks of b × b weights go whole, by the mean score of their weights; k of the n blocks, for the sparsity s.',
    unitScale: 'A unit’s score is the scale γ of the batch norm behind it.',
    unitTaylor:
      'A unit’s score is its activation a times the gradient of the loss by it: what the loss would lose with the unit, to first order, added up over batches B.',
    scaled: 't is λ times the norm of the layer’s weights over the inputs of each unit.',
    gradual:
      'While it trains, s(t) rises to the sparsity s along a cubic: fast at first, slowly at the end.',
    iterative:
      'In each of r rounds the same share of what is left goes, and what stays is trained.',
    init: 'The weights that stay begin again where they began: a lottery ticket.',
    iteration: 'The weights that stay begin again where they were early in training.',
    reinit: 'The weights that stay are drawn anew: what a lottery ticket has to beat.',
    unitNorm: 'A unit’s score is the norm of its incoming weights.',
    units: 'The k lowest of n units are removed, with all that leads to them and from them.',
    quantize: 'A weight becomes an integer q times a scale s; rounding is half to even.',
    affine: 'z is the integer that stands for zero.',
    budget:
      'ΔLₗ(b) is by how much the loss rises with layer l alone rounded to b bits, measured on validation examples; of all ways to give the L layers bits, n being their weights, that of the least sum is taken. A layer set apart keeps its bits.',
    corrected:
      'Each bias b then takes the difference of the means of z, which goes into the activation, over training examples.',
    equalized:
      'Before, the weights that make a unit are divided by a factor, and those that read it multiplied, so that the largest of both are equal; the network computes the same.',
    learned:
      'Each weight goes to the level above or below it, such that the sums of the layer over training examples X change least.',
    activations:
      'What a layer takes in becomes (q − z) · s as well, with a scale s and a zero point z that fit training examples.',
    tuned:
      'The centroids are found first; then they train, each by the sum of its weights’ gradients.',
    ste: 'While it trains, the network computes with ŵ, and the gradient goes past the rounding to w behind it (the straight-through estimator).',
    lsq: 'The scale s trains as well, by its own gradient; one weight pulls it by the difference that rounding makes, or by the end of the grid where it lies beyond.',
    lowrank:
      'The largest r singular values σ of the kernel W stay, with their vectors u and v: of all matrices of rank r this is the nearest. The two layers share each σ by its root.',
    distill:
      'The student’s logits z come near the teacher’s t by the divergence of their softmax σ, softened by the temperature T; T² keeps its gradient as large as that of the cross-entropy H with the labels. w is the teacher’s share. Of numbers the squared errors to teacher and targets are mixed instead.',
    fold: 'In inference batch norm is a scale f and a shift o of each channel. A layer without activation before it takes them over; else the layer behind it does, where that is exact.',
    energy: 'r is the least whose squares make up the share E of all.',
    ternary: 'Weights smaller than the bound Δ become zero; α is the mean size of the others.',
    binary: 'Only the sign is left, times the mean size of the weights.',
    codebook:
      'Of the 2ᵇ centroids c, each is the mean of the weights nearest to it; a weight becomes the nearest of them.',
    power2:
      'A weight becomes zero or plus or minus a power of two, of which there are 2ᵇ⁻¹ − 1: multiplying by one is shifting bits.',
  },
};
