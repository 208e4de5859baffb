/** Words of the laboratory of descent. */
export const labEn = {
  lab: {
    title: 'Laboratory of descent',
    leave: 'Back to the playground',
    about:
      'Optimizers race downhill from the same point. Drag the point, move a slider: the race is run anew, by the optimizers that train the networks.',
    stage: 'The race',
    controls: 'Function and optimizers',
    results: 'Results',
    contoursLabel: '{{name}} from above, with the ways of the optimizers',
    startLabel: 'Start: x {{x}}, y {{y}}. The arrow keys move it.',
    startHint: 'Drag the start, or move it with the arrow keys',
    surface: 'In the round',
    surfaceLabel: 'The function in the round. The arrow keys turn it.',
    surfaceHint: 'Drag to turn it. What its hills hide is drawn faintly.',
    lossTitle: 'Loss against step',
    lossLabel: 'The loss of each optimizer at each step. The table gives its numbers.',
    lossAbove: 'above the lowest value, logarithmic',
    lossLinear: 'linear: no lowest value is known here',
    player: 'Play the race',
    play: 'Play',
    pause: 'Pause',
    rewind: 'To the start',
    back: 'One step back',
    forward: 'One step on',
    step: 'Step',
    stepOf: 'step {{step}} of {{steps}}',
    standings: 'At step {{step, number}}',
    rateOf: 'Learning rate of {{name}}',
    rateMark: 'The mark is 2/λ = {{limit}}: above it plain gradient descent diverges.',
    exprHint:
      'In x and y, with + − * / ^, brackets, e, pi, sqrt, exp, ln, sin, cos, abs, min, max and the like.',
    notCarried: 'A link cannot carry this text. Type letters, digits and signs of arithmetic.',
    option: {
      function: 'Function',
      expr: 'Formula',
      span: 'Picture reaches to',
      x: 'Start x',
      y: 'Start y',
      lr: 'Learning rate',
      momentum: 'Momentum',
      noise: 'Noise',
      steps: 'Steps',
      optimizers: 'Optimizers',
      rates: 'Learning rates of single optimizers',
      decay: 'Weight decay',
      seed: 'Seed of the noise',
      step: 'Step shown',
    },
    optionHint: {
      lr: 'One optimizer can have its own, in the table',
      noise: 'Standard deviation of what is added to the gradient; the same for every optimizer',
    },
    functions: {
      bowl: 'Bowl',
      bowl10: 'Bowl in ten dimensions',
      stretched: 'Stretched bowl',
      rosenbrock: 'Rosenbrock',
      beale: 'Beale',
      himmelblau: 'Himmelblau',
      saddle: 'Saddle',
      expression: 'Your own formula',
    },
    functionHint: {
      bowl: 'The sum of squares, alike in all directions',
      bowl10: 'The same; the picture shows the first two dimensions',
      stretched: 'Ill-conditioned: a hundred times as steep one way',
      rosenbrock: 'A bent valley with a flat floor',
      beale: 'Flat ground between steep walls',
      himmelblau: 'Four minima',
      saddle: 'Up one way, down the other',
      expression: 'Anything in x and y',
    },
    table: {
      optimizer: 'Optimizer',
      loss: 'Loss',
      distance: 'To the minimum',
      curvature: 'Curvature λ, 2/λ',
      curvatureHint:
        'The largest second derivative in any direction at this point, and the learning rate above which plain gradient descent would diverge on a bowl so curved',
      state: 'State',
    },
    state: {
      moving: 'on its way',
      converged: 'arrived at step {{step}}',
      saddle: 'stands still on a saddle from step {{step}}',
      flat: 'on level ground from step {{step}}',
      unbounded: 'falls without end from step {{step}}',
      diverged: 'diverged at step {{step}}',
      lost: 'stopped at step {{step}}',
    },
    finding: {
      diverged:
        '{{name}} diverged: from step {{onset}} on its loss stays above where it began, and from step {{step}} it is far outside the picture. The largest curvature it met is λ = {{curvature}} (at step {{curvedAt}}). There 2/λ = {{plain}}, and the largest stable learning rate of this optimizer is {{limit}}; its learning rate is {{rate}}, so every step overshoots by more than it corrects.',
      divergedBelow:
        '{{name}} diverged from step {{onset}} on and is far outside the picture from step {{step}}. The largest curvature it met before, λ = {{curvature}}, does not explain it: up to {{limit}} a learning rate is stable there (2/λ = {{plain}}), and its own is {{rate}}. The ground it was thrown onto is steeper.',
      divergedAdaptive:
        '{{name}} went far outside the picture from step {{step}} on, with a learning rate of {{rate}}. The largest curvature it met before is λ = {{curvature}}.',
      unbounded:
        '{{name}} falls without end: the function has no minimum that way. From step {{step}} on it is far outside the picture.',
      lost: '{{name}} stops at step {{step}}: there the function has no value or no slope. A smaller learning rate takes shorter steps.',
      saddle:
        '{{name}} stands still from step {{step}} on, but on a saddle: the slope is zero there, and yet it goes down to the sides. A little noise, or another start, sets it free.',
      flat: '{{name}} is on level ground from step {{step}} on: there is next to no slope, and next to no curvature. That is no sign of a minimum.',
      first:
        '{{name}} is the first of {{count}} to arrive: from step {{step}} on the slope stays below 0.001. The next one is there at step {{next}}.',
      otherValley:
        '{{name}} rests in another valley, {{distance}} away from the lowest minimum known here. Where a race ends depends on where it begins.',
      arrived: '{{name}} alone arrives: from step {{step}} on the slope stays below 0.001.',
      closest:
        'Nobody has arrived. {{name}} is lowest after {{steps}} steps, with a loss of {{loss}}, {{distance}} away from the nearest minimum.',
      closestNoisy:
        'Nobody comes to rest: noise of {{noise}} keeps pushing. {{name}} is lowest after {{steps}} steps, with a loss of {{loss}}, {{distance}} away from the nearest minimum. A smaller learning rate lets less noise through.',
      lowest: 'Nobody has come to rest. {{name}} is lowest after {{steps}} steps, at {{loss}}.',
    },
    closed: {
      title: 'Closed form',
      needsSgd: 'It is that of plain gradient descent. Let SGD race to see both side by side.',
      factor: '{{name}}: 1 − ηλ = 1 − {{rate}} · {{lambda}}, so the start is multiplied by',
      formula: 'Closed form',
      run: 'The run',
      apart: 'They differ by',
      relative: '{{share}} of the distance',
      precision:
        'The run computes in float32, which keeps 24 binary digits: each step rounds by up to 6·10⁻⁸ of the number, and so many roundings add up.',
      noise:
        'With noise the closed form is where the run is on average; noise moves it about that.',
    },
  },
};
