import type { StepOf } from '../../experiment/step';
import { trainSpec } from '../../techniques/train/spec';
import type { Calls } from './calls';
import { changesData, freezesLayers, setAt, type CodePlan } from './plan';
import { numberText, type Argument } from './write';

/** A step that goes on to another task: its data, a new head, and training with a rate for each layer. */
export function writeTransfer(
  step: StepOf<'transfer'>,
  index: number,
  plan: CodePlan,
  calls: Calls,
): readonly string[] {
  const { dialect } = calls;
  const set = setAt(plan, index);
  const head = calls.call('newHead', ['model', String(set.info.outputs)]);
  return [
    ...(changesData(plan, index) ? dialect.load(set) : []),
    dialect.assign('model', head, false),
    ...(step.from === 'scratch'
      ? fromScratch(step, index, plan, calls)
      : learned(step, index, plan, calls)),
  ];
}

type Transfer = StepOf<'transfer'>;

function fromScratch(step: Transfer, index: number, plan: CodePlan, calls: Calls) {
  const { dialect } = calls;
  return [
    ...(plan.needs.masks ? [dialect.statement(dialect.call('masks.clear', [], []))] : []),
    calls.run('drawAnew', ['model']),
    tune(step, calls, { rows: rowsOf(step, index, plan, calls), epochs: String(step.epochs) }),
  ];
}

function learned(step: Transfer, index: number, plan: CodePlan, calls: Calls) {
  const { dialect } = calls;
  const { beta, freeze, thaw } = step;
  const rates = ratesOf(step);
  const rows = rowsOf(step, index, plan, calls);
  if (beta > 0 && thaw > 0) {
    const name = dialect.name(`examples${String(index + 1)}`);
    const times = calls.call(
      'thawing',
      ['model'],
      [
        ['epochs', String(step.epochs)],
        ['every', String(thaw)],
        ...(freeze > 0 ? [['least', String(freeze)] as const] : []),
      ],
    );
    return [
      dialect.assign(name, rows, true),
      ...dialect.each(['frozen', 'epochs'], times, [
        calls.run('freeze', ['model', 'frozen']),
        tune(step, calls, { rows: name, epochs: 'epochs', rates }),
      ]),
      calls.run('freeze', ['model', '0']),
    ];
  }
  const training = tune(step, calls, { rows, epochs: String(step.epochs), rates });
  if (!freezesLayers(step)) return [training];
  const frozen = beta === 0 ? calls.call('belowHead', ['model']) : String(freeze);
  return [calls.run('freeze', ['model', frozen]), training, calls.run('freeze', ['model', '0'])];
}

/** What is learned from, how long, and what is said of the layers' rates where they have their own. */
interface Tuning {
  readonly rows: string;
  readonly epochs: string;
  readonly rates?: readonly Argument[];
}

function tune(
  { head: lr, optimizer, batch }: Transfer,
  calls: Calls,
  { rows, epochs, rates }: Tuning,
): string {
  const settings = trainSpec.options.parse({ lr, optimizer });
  return calls.run(
    'tune',
    ['model', rows, calls.optimizer(settings, rates)],
    [
      ['epochs', epochs],
      ['batchSize', String(batch)],
    ],
  );
}

/** Which examples it learns from. */
function rowsOf({ examples }: Transfer, index: number, plan: CodePlan, calls: Calls): string {
  if (examples === 0) return calls.call('allExamples', []);
  const isClasses = setAt(plan, index).info.task === 'classification';
  return calls.call(isClasses ? 'fewOfEach' : 'few', [String(examples)]);
}

/** What the learning rates of the layers are made of. */
function ratesOf({ head, beta, ratio }: Transfer): readonly Argument[] {
  return [
    ['head', numberText(head)],
    ['beta', numberText(beta)],
    ...(ratio < 1 && beta > 0 ? [['ratio', numberText(ratio)] as const] : []),
  ];
}
