import type { Layer } from '../../experiment/architecture';
import type { Step, StepOf } from '../../experiment/step';
import { layerSettings } from '../../experiment/layer-settings';
import { modelOfOption } from '../../experiment/options';
import { rewindOf, scheduleOf } from '../../techniques/prune/spec';
import { isAware, quantizeSpec } from '../../techniques/quantize/spec';
import { rateChanges } from '../../techniques/train/rate-changes';
import { otherLossOf, teacherOf, type CodePlan } from './plan';
import { commentLines, numberText, type Argument, type Dialect, type Written } from './write';

/** Every step of the recipe in a language: a comment, the calls, and a line that reports. */
export function writeSteps(
  plan: CodePlan,
  dialect: Dialect,
  student: (model: string) => readonly string[],
): Written {
  const { recipe } = plan.experiment;
  const writer = new StepWriter(plan, dialect, student);
  const lines = recipe.flatMap((step, index) => {
    const title = `Step ${String(index + 1)}: ${titleOf(step)}`;
    const label = dialect.text(`after step ${String(index + 1)}`);
    return [
      '',
      ...commentLines(title, dialect),
      ...leftOut(step, plan, dialect).flatMap((note) => commentLines(`Left out: ${note}`, dialect)),
      ...writer.write(step, index),
      dialect.statement(dialect.call('report', [label, 'model'], [])),
      ...(plan.needs.teachers.has(index + 1) ? writer.remember(index + 1) : []),
    ];
  });
  return { lines, calls: [...writer.calls, 'report'] };
}

function titleOf(step: Step): string {
  switch (step.technique) {
    case 'train':
      return 'train.';
    case 'prune':
      return 'prune.';
    case 'quantize':
      return isAware(step) ? 'quantize while training.' : 'quantize.';
    case 'lowrank':
      return 'two thin layers in place of each wide one.';
    case 'fold':
      return 'fold batch norm into the layers beside it.';
    case 'distill':
      return 'learn from an earlier network.';
    // A recipe that transfers is refused before.
    case 'transfer':
    case 'load':
      return 'go on with a network from a file.';
  }
}

/** What a script leaves out of a step, since it would be too long or cannot be said, in a sentence each. */
function leftOut(step: Step, plan: CodePlan, { takesApart }: Dialect): readonly string[] {
  switch (step.technique) {
    case 'prune':
      return pruneNotes(step, plan);
    case 'quantize':
      return quantizeNotes(step);
    case 'fold':
      return ['folding, which changes no answer; it is done when a model is made ready for use.'];
    case 'load':
      return ['the file, which is not in the link: load its weights into the model here.'];
    case 'lowrank':
      return takesApart ? [] : ['taking layers apart: there is no singular value decomposition.'];
    case 'train':
    case 'distill':
    case 'transfer':
      return [];
  }
}

function pruneNotes(step: StepOf<'prune'>, { info, networks }: CodePlan): readonly string[] {
  const { pattern, norm, criterion } = step;
  const isUnits = pattern === 'units';
  const ofUnits = isUnits && (norm === 'scale' || norm === 'taylor');
  return [
    ...(ofUnits ? ['the score of the recipe; units are ranked by the norm of their weights.'] : []),
    ...(isUnits && networks.some(({ layers }) => layers.some(saysHalf))
      ? ['the half that a removed sigmoid unit said, which goes into the biases behind it.']
      : []),
    ...(pattern === 'blocks' ? ['square blocks; single weights are pruned instead.'] : []),
    ...(!isUnits && criterion === 'movement'
      ? ['movement scores, which need training of their own; the smallest weights go instead.']
      : []),
    ...(!isUnits && criterion === 'snip' && info.task === 'classification'
      ? ['drawing as many examples of every class; the batch is drawn from all of them.']
      : []),
  ];
}

function saysHalf(layer: Layer): boolean {
  return 'activation' in layer && layer.activation === 'sigmoid';
}

function quantizeNotes(step: StepOf<'quantize'>): readonly string[] {
  const active = quantizeSpec.activeOptions(step);
  const left = (option: 'range' | 'rounding' | 'equalize' | 'correct', usual: string) =>
    active.includes(option) && step[option] !== usual;
  return [
    ...(step.widths === 'budget'
      ? [`sharing out a budget; every layer has ${String(bitsOf(step))} bits.`]
      : []),
    ...(left('range', 'minmax') ? ['the range; all weights are covered.'] : []),
    ...(left('rounding', 'nearest') ? ['learned rounding; the nearest level is taken.'] : []),
    ...(left('equalize', 'off') ? ['equalizing layers before.'] : []),
    ...(left('correct', 'off') ? ['correcting biases behind.'] : []),
    ...(step.target === 'both' ? ['rounding activations; weights alone are rounded.'] : []),
    ...(step.aware === 'lsq' ? ['training the scales; they are fitted to the weights.'] : []),
    ...(isAware(step) && step.scheme === 'codebook'
      ? ['moving the centroids; they are fitted anew in every iteration.']
      : []),
  ];
}

/** Of every layer that is not set apart. */
function bitsOf({ widths, budget, bits }: StepOf<'quantize'>): number {
  return widths === 'budget' ? Math.floor(budget) : bits;
}

class StepWriter {
  readonly calls: string[] = [];

  constructor(
    private readonly plan: CodePlan,
    private readonly dialect: Dialect,
    private readonly student: (model: string) => readonly string[],
  ) {}

  /** Keeps the network as it is, for a later step to learn from. */
  remember(step: number): readonly string[] {
    const name = this.dialect.name(`teacher${String(step)}`);
    return [this.dialect.assign(name, this.call('copyOf', ['model']), true)];
  }

  write(step: Step, index: number): readonly string[] {
    switch (step.technique) {
      case 'train':
        return [this.train(step)];
      case 'prune':
        return this.prune(step, index);
      case 'quantize':
        return this.quantize(step, index);
      case 'lowrank':
        return this.lowRank(step);
      case 'fold':
      case 'load':
      case 'transfer':
        return [];
      case 'distill':
        return this.distill(step, index);
    }
  }

  private call(name: string, positional: readonly string[], named: readonly Argument[] = []) {
    this.calls.push(name);
    return this.dialect.call(name, positional, named);
  }

  private run(name: string, positional: readonly string[], named: readonly Argument[] = []) {
    return this.dialect.statement(this.call(name, positional, named));
  }

  /** Training by Adam, as the other techniques do it. */
  private adam(
    { lr, epochs, batch }: { lr: number; epochs: number; batch: number },
    more: readonly Argument[],
  ): string {
    const settings = { optimizer: 'adam', lr, momentum: 0, decay: 0, clip: 0 };
    return this.run(
      'train',
      ['model', this.dialect.optimizer(settings)],
      [['epochs', String(epochs)], ['batchSize', String(batch)], ...more],
    );
  }

  private train(step: StepOf<'train'>): string {
    const { dialect } = this;
    if (step.optimizer === 'lion') this.calls.push('lion');
    if (step.optimizer === 'adamw' || step.optimizer === 'lion') this.calls.push('decayed');
    const changes = rateChanges(step.at);
    const argument = (isGiven: boolean, name: string, value: string): readonly Argument[] =>
      isGiven ? [[name, value]] : [];
    const ofNumber = (name: 'warmup' | 'l1' | 'l2' | 'clip' | 'patience') =>
      argument(step[name] > 0, name, numberText(step[name]));
    if (step.schedule !== 'constant') this.calls.push(scheduleName(step));
    return this.run(
      'train',
      ['model', dialect.optimizer(step)],
      [
        ['epochs', String(step.epochs)],
        ['batchSize', String(step.batch)],
        ...argument(step.schedule !== 'constant', 'schedule', dialect.name(scheduleName(step))),
        ...ofNumber('warmup'),
        ...argument(
          changes.length > 0,
          'changes',
          dialect.record(changes.map((c) => [String(c.iteration), numberText(c.rate)])),
        ),
        ...ofNumber('l1'),
        ...ofNumber('l2'),
        ...(dialect.clips ? ofNumber('clip') : []),
        ...this.loss(step),
        ...ofNumber('patience'),
      ],
    );
  }

  private loss(step: StepOf<'train'>): readonly Argument[] {
    switch (otherLossOf(step, this.plan.info.task)) {
      case 'squared':
        this.calls.push('squaredError');
        return [['loss', this.dialect.name('squaredError')]];
      case 'smoothed':
        return [['loss', this.call('smoothed', [numberText(step.smooth)])]];
      case null:
        return [];
    }
  }

  private prune(step: StepOf<'prune'>, index: number): readonly string[] {
    const { dialect } = this;
    switch (scheduleOf(step)) {
      case 'oneshot':
        return this.pruneOnce(step, numberText);
      case 'iterative': {
        const apart = layerSettings(step.layers).map(({ layer }) => dialect.text(layer));
        const others: readonly Argument[] =
          apart.length === 0 ? [] : [['without', `[${apart.join(', ')}]`]];
        const now = (to: number, layer?: string) =>
          this.call(
            'afterRound',
            ['model', numberText(to), `${String(step.rounds)} - turn`],
            layer === undefined ? others : [['only', dialect.text(layer)]],
          );
        return dialect.repeat('turn', step.rounds, [
          ...this.pruneOnce(step, now),
          this.adam(step, []),
        ]);
      }
      case 'gradual': {
        const name = dialect.name(`ramp${String(index + 1)}`);
        const ramp = numberText(step.ramp);
        const now = (to: number) =>
          this.call(
            'onRamp',
            ['done', 'total'],
            [
              ['to', numberText(to)],
              ['ramp', ramp],
            ],
          );
        const body = this.pruneOnce(step, now);
        const due = this.call('isDue', ['done', 'total', ramp]);
        return [
          ...dialect.between(name, dialect.when(due, body)),
          this.adam(step, [['before', name]]),
        ];
      }
    }
  }

  /** `now` says how far a sparsity is by now: that of a layer set apart, or that of the others. */
  private pruneOnce(
    step: StepOf<'prune'>,
    now: (to: number, layer?: string) => string,
  ): readonly string[] {
    const { dialect } = this;
    const rewound = this.rewind(step);
    const { pattern, criterion, norm, scope, delta } = step;
    const own = layerSettings(step.layers);
    const layered: readonly Argument[] = [
      ...(scope === 'layer' ? [['each', dialect.truth(true)] as const] : []),
      ...(own.length > 0
        ? [['own', dialect.record(own.map((o) => [o.layer, now(o.value, o.layer)]))] as const]
        : []),
    ];
    if (pattern === 'units') {
      const power: Argument = ['norm', norm === 'l1' ? '1' : '2'];
      const smaller = this.call('pruneUnits', ['model', now(step.sparsity)], [power, ...layered]);
      return [dialect.assign('model', smaller, false)];
    }
    const strength: readonly Argument[] = delta === 1 ? [] : [['delta', numberText(delta)]];
    if (pattern === 'weights' && (criterion === 'threshold' || criterion === 'scaled')) {
      const bound =
        criterion === 'threshold'
          ? this.run('pruneBelow', ['model', numberText(step.threshold)], strength)
          : this.run('pruneScaled', ['model', numberText(step.lambda)], strength);
      return [bound, ...rewound];
    }
    const scores = this.scores(step);
    const pruned =
      pattern === 'nm'
        ? this.run('pruneNOfM', ['model', scores, String(step.n), String(step.m)], strength)
        : this.run('prune', ['model', scores, now(step.sparsity)], [...layered, ...strength]);
    return [pruned, ...rewound];
  }

  private scores({ criterion, batches }: StepOf<'prune'>): string {
    switch (criterion) {
      case 'random':
        return this.call('randomScores', ['model']);
      case 'snip':
        return this.call('saliency', ['model'], [['batches', '1']]);
      case 'taylor':
        return this.call('saliency', ['model'], [['batches', String(batches)]]);
      case 'magnitude':
      case 'movement':
      case 'threshold':
      case 'scaled':
        return this.call('magnitude', ['model']);
    }
  }

  private rewind(step: StepOf<'prune'>): readonly string[] {
    switch (rewindOf(step)) {
      case 'off':
        return [];
      case 'init':
        return [this.run('rewind', ['model', 'initial'])];
      case 'iteration':
        return [this.run('rewind', ['model', `milestones[${String(step.to)}]`])];
      case 'reinit':
        return [this.run('drawAnew', ['model'])];
    }
  }

  private quantize(step: StepOf<'quantize'>, index: number): readonly string[] {
    const { dialect } = this;
    const bits = bitsOf(step);
    const scheme = (of: number) => {
      const name = schemeName(step.scheme, of);
      this.calls.push(name);
      return dialect.name(name);
    };
    const own = layerSettings(step.layers);
    const grids: readonly Argument[] = [
      ...(step.granularity === 'channel' ? [] : [['per', dialect.text(step.granularity)] as const]),
      ...(step.granularity === 'group' ? [['group', String(step.group)] as const] : []),
      ...(own.length > 0
        ? [
            [
              'own',
              dialect.record(own.map((o) => [o.layer, `[${scheme(o.value)}, ${String(o.value)}]`])),
            ] as const,
          ]
        : []),
    ];
    const made = this.call('rounding', [scheme(bits), String(bits)], grids);
    const name = dialect.name(`levels${String(index + 1)}`);
    return [
      dialect.assign(name, made, true),
      ...(isAware(step) ? [this.adam(step, [['rounded', name]])] : []),
      this.run('roundWeights', ['model', name]),
    ];
  }

  private lowRank({ by, rank, energy }: StepOf<'lowrank'>): readonly string[] {
    if (!this.dialect.takesApart) return [];
    const argument: Argument =
      by === 'rank' ? ['rank', String(rank)] : ['energy', numberText(energy)];
    return [this.dialect.assign('model', this.call('lowRank', ['model'], [argument]), false)];
  }

  private distill(step: StepOf<'distill'>, index: number): readonly string[] {
    const teacher = teacherOf(step, index, this.plan.experiment.recipe);
    const { temperature, weight } = step;
    const classes = this.plan.info.task === 'classification';
    const taught = this.call(
      'taughtBy',
      [this.dialect.name(`teacher${String(teacher)}`)],
      [
        ...(classes ? [['temperature', numberText(temperature)] as const] : []),
        ['weight', numberText(weight)],
      ],
    );
    return [
      ...(step.student === '' ? [] : this.student(modelOfOption(step.student))),
      ...(step.student !== '' && this.plan.needs.masks
        ? [this.dialect.statement(this.dialect.call('masks.clear', [], []))]
        : []),
      this.adam(step, [['loss', taught]]),
    ];
  }
}

function scheduleName({ schedule }: StepOf<'train'>): string {
  return schedule === 'onecycle' ? 'oneCycle' : schedule === 'step' ? 'inSteps' : schedule;
}

/** Few bits have schemes of their own. */
function schemeName(scheme: StepOf<'quantize'>['scheme'], bits: number): string {
  if (scheme === 'codebook') return 'codebook';
  if (bits === 1) return 'binary';
  if (scheme === 'power2') return 'powersOfTwo';
  return scheme === 'symmetric' && bits === 2 ? 'ternary' : scheme;
}
