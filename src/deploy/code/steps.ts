import type { Architecture } from '../../experiment/architecture';
import type { Step, StepOf } from '../../experiment/step';
import { layerSettings } from '../../experiment/layer-settings';
import { resolveModel } from '../../experiment/model';
import { modelOfOption } from '../../experiment/options';
import { isAware } from '../../techniques/quantize/spec';
import { datasetAt } from '../../techniques/dataset-at';
import { rateChanges } from '../../techniques/train/rate-changes';
import { Calls } from './calls';
import { bitsOf, leftOut } from './left-out';
import { changesData, otherLossOf, setAt, teacherOf, type CodePlan } from './plan';
import { writePrune } from './prune-step';
import { writeTransfer } from './transfer-step';
import { commentLines, numberText, type Argument, type Dialect, type Written } from './write';

/** Every step of the recipe in a language: a comment, the calls, and a line that reports. */
export function writeSteps(
  plan: CodePlan,
  dialect: Dialect,
  student: (architecture: Architecture) => readonly string[],
): Written {
  const { recipe } = plan.experiment;
  const writer = new StepWriter(plan, dialect, student);
  const lines = recipe.flatMap((step, index) => {
    const title = `Step ${String(index + 1)}: ${titleOf(step, plan, index)}`;
    const label = dialect.text(`after step ${String(index + 1)}`);
    return [
      '',
      ...commentLines(title, dialect),
      ...leftOut(step, index, plan, dialect).flatMap((note) =>
        commentLines(`Left out: ${note}`, dialect),
      ),
      ...writer.write(step, index),
      dialect.statement(dialect.call('report', [label, 'model'], [])),
      ...(plan.needs.teachers.has(index + 1) ? writer.remember(index + 1) : []),
    ];
  });
  return { lines, calls: [...writer.calls.names, 'report'] };
}

function titleOf(step: Step, plan: CodePlan, index: number): string {
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
    case 'transfer': {
      const data = datasetAt(plan.experiment, index);
      if (step.from === 'scratch') return `learn ${data} from scratch.`;
      return `go on ${changesData(plan, index) ? 'to' : 'with'} ${data}.`;
    }
    case 'load':
      return 'go on with a network from a file.';
  }
}

class StepWriter {
  readonly calls: Calls;

  constructor(
    private readonly plan: CodePlan,
    private readonly dialect: Dialect,
    private readonly student: (architecture: Architecture) => readonly string[],
  ) {
    this.calls = new Calls(dialect);
  }

  /** Keeps the network as it is, for a later step to learn from. */
  remember(step: number): readonly string[] {
    const name = this.dialect.name(`teacher${String(step)}`);
    return [this.dialect.assign(name, this.calls.call('copyOf', ['model']), true)];
  }

  write(step: Step, index: number): readonly string[] {
    switch (step.technique) {
      case 'train':
        return [this.train(step, index)];
      case 'prune':
        return writePrune(step, index, this.calls);
      case 'quantize':
        return this.quantize(step, index);
      case 'lowrank':
        return this.lowRank(step);
      case 'fold':
      case 'load':
        return [];
      case 'distill':
        return this.distill(step, index);
      case 'transfer':
        return writeTransfer(step, index, this.plan, this.calls);
    }
  }

  private train(step: StepOf<'train'>, index: number): string {
    const { calls, dialect } = this;
    const changes = rateChanges(step.at);
    const argument = (isGiven: boolean, name: string, value: string): readonly Argument[] =>
      isGiven ? [[name, value]] : [];
    const ofNumber = (name: 'warmup' | 'l1' | 'l2' | 'clip' | 'patience') =>
      argument(step[name] > 0, name, numberText(step[name]));
    if (step.schedule !== 'constant') calls.needs(scheduleName(step));
    return calls.run(
      'train',
      ['model', calls.optimizer(step)],
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
        ...this.loss(step, index),
        ...ofNumber('patience'),
      ],
    );
  }

  private loss(step: StepOf<'train'>, index: number): readonly Argument[] {
    switch (otherLossOf(step, setAt(this.plan, index).info.task)) {
      case 'squared':
        this.calls.needs('squaredError');
        return [['loss', this.dialect.name('squaredError')]];
      case 'smoothed':
        return [['loss', this.calls.call('smoothed', [numberText(step.smooth)])]];
      case null:
        return [];
    }
  }

  private quantize(step: StepOf<'quantize'>, index: number): readonly string[] {
    const { dialect } = this;
    const bits = bitsOf(step);
    const scheme = (of: number) => {
      const name = schemeName(step.scheme, of);
      this.calls.needs(name);
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
    const made = this.calls.call('rounding', [scheme(bits), String(bits)], grids);
    const name = dialect.name(`levels${String(index + 1)}`);
    return [
      dialect.assign(name, made, true),
      ...(isAware(step) ? [this.calls.adam(step, [['rounded', name]])] : []),
      this.calls.run('roundWeights', ['model', name]),
    ];
  }

  private lowRank({ by, rank, energy }: StepOf<'lowrank'>): readonly string[] {
    if (!this.dialect.takesApart) return [];
    const argument: Argument =
      by === 'rank' ? ['rank', String(rank)] : ['energy', numberText(energy)];
    return [this.dialect.assign('model', this.calls.call('lowRank', ['model'], [argument]), false)];
  }

  private distill(step: StepOf<'distill'>, index: number): readonly string[] {
    const teacher = teacherOf(step, index, this.plan.experiment.recipe);
    const { temperature, weight } = step;
    const { info } = setAt(this.plan, index);
    const taught = this.calls.call(
      info.task === 'classification' ? 'taughtBy' : 'mixedTargets',
      [this.dialect.name(`teacher${String(teacher)}`)],
      [
        ...(info.task === 'classification'
          ? [['temperature', numberText(temperature)] as const]
          : []),
        ['weight', numberText(weight)],
      ],
    );
    return [
      ...(step.student === '' ? [] : this.student(resolveModel(modelOfOption(step.student), info))),
      ...(step.student !== '' && this.plan.needs.masks
        ? [this.dialect.statement(this.dialect.call('masks.clear', [], []))]
        : []),
      this.calls.adam(step, [['loss', taught]]),
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
