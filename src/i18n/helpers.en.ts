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
    waits: 'Rates are tried when the run pauses or ends.',
    untrained: 'Rates are tried once the network before this step is trained.',
    test: 'The test',
    rule: 'The tenth',
  },
};
