/** Words of what is measured in the background while somebody looks on. */
export const helpersEn = {
  sensitivity: {
    about:
      'Accuracy with one layer compressed and the others untouched, all on one scale. A press on a chart sets its layer apart.',
    aboutScore:
      'R² with one layer compressed and the others untouched, all on one scale. A press on a chart sets its layer apart.',
    of: '{{option}} of {{layer}}',
    measured: '{{score}} at {{value}}',
    progress: 'Measuring the layers',
  },
  finder: {
    about:
      'The loss of this step’s first batches, from the network before it, while each iteration takes a rate {{factor}} times the last. Faint: each batch; bold: smoothed. Dashed: the rate as it is set; solid: the rate suggested.',
    progress: 'Trying learning rates',
    chart: 'Loss against learning rate: smoothed, {{first}} at {{from}}, {{last}} at {{to}}.',
    suggests:
      'The smoothed loss is lowest, {{loss}}, at a rate of {{lowest}}. A tenth of that rate is a good start: it learns fast, and is well away from where training breaks down.',
    none: 'At no rate does the loss fall by more than one batch differs from the next: this network may have learned what it can, so the test suggests no rate. A small one does no harm.',
    use: 'Use {{rate}}',
    used: '{{rate}} is set',
    waits: 'Rates are tried as soon as nothing runs and no file is being timed.',
    untrained: 'Rates are tried once the network before this step is trained.',
    test: 'The test: {{paper}}',
    rule: 'The tenth: {{paper}}',
  },
  landscape: {
    title: 'Loss landscape',
    unfold: 'The loss around a variant',
    variant: 'Variant in the middle',
    plane: 'Plane',
    planes: { random: 'Two random directions', three: 'Through three networks' },
    split: 'Examples',
    splits: { train: 'Training examples', test: 'Test examples' },
    radius: 'Radius',
    radiusOf: 'Radius {{radius}}',
    otherDirections: 'Other directions',
    cancel: 'Cancel',
    goOn: 'Go on',
    progress: 'Measuring the landscape',
    waits: 'It is measured as soon as nothing runs and no file is being timed.',
    read: 'Read the landscape at a point',
    unread: 'At ({{x}}, {{y}}): not measured yet',
    reading: 'At ({{x}}, {{y}}): loss {{loss}}',
    readingAccuracy: 'At ({{x}}, {{y}}): loss {{loss}}, accuracy {{accuracy}}',
    path: 'Networks on the map',
    initial: 'Initial network',
    share: '{{share}} of the way lies in the plane',
    shadow:
      'Part of the way to some of these networks does not lie in this plane: their marks and the line show only its projection onto the plane.',
    whole: 'All of the way to these networks lies in this plane, or nearly so.',
    onTrain:
      'Loss on the first {{examples}} training examples, on a logarithmic scale: the stronger the blue, the higher. Lines join equal losses; the ring is the chosen variant, the line the recipe’s way.',
    onTest:
      'Loss on the first {{examples}} test examples, on a logarithmic scale: the stronger the blue, the higher. Lines join equal losses; the ring is the chosen variant, the line the recipe’s way.',
    aboutRandom:
      'Along an axis all weights move in a random direction in which the part of each unit is as long as its own weights: at 1 they change by as much as they are. Biases and batch norm stay, and pruned weights stay zero.',
    aboutThree:
      'The plane holds the initial network, the chosen one and the baseline, or another where that is the chosen one; distances on it are true. Between networks, pruned weights need not be zero.',
    quantized: 'Weights that are rounded are taken as they are, and not rounded again elsewhere.',
  },
};
