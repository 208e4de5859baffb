import type { StepOf } from '../../experiment/step';
import { trainSpec } from '../../techniques/train/spec';
import type { Calls } from './calls';
import { freezesLayers, loadsData, setAt, type CodePlan, type CodeSet } from './plan';
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
    ...(loadsData(plan, index) ? dialect.load(set) : []),
    ...(step.examples === 0 ? [] : dialect.keep(fewOf(step, set, calls))),
    dialect.assign('model', head, false),
    ...(step.from === 'scratch' ? fromScratch(step, plan, calls) : learned(step, calls)),
  ];
}

type Transfer = StepOf<'transfer'>;

/** The examples that it learns from, and whatever follows. */
function fewOf({ examples }: Transfer, { info }: CodeSet, calls: Calls): string {
  const name = info.task === 'classification' ? 'fewOfEach' : 'few';
  return calls.call(name, [String(examples)]);
}

function fromScratch(step: Transfer, plan: CodePlan, calls: Calls) {
  const { dialect } = calls;
  return [
    ...(plan.needs.masks ? [dialect.statement(dialect.call('masks.clear', [], []))] : []),
    calls.run('drawAnew', ['model']),
    tune(step, calls, { epochs: String(step.epochs) }),
  ];
}

function learned(step: Transfer, calls: Calls) {
  const { dialect } = calls;
  const { beta, freeze, thaw } = step;
  const rates = ratesOf(step);
  if (beta > 0 && thaw > 0) {
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
      ...dialect.each(['frozen', 'epochs'], times, [
        calls.run('freeze', ['model', 'frozen']),
        tune(step, calls, { epochs: 'epochs', rates }),
      ]),
      calls.run('freeze', ['model', '0']),
    ];
  }
  const training = tune(step, calls, { epochs: String(step.epochs), rates });
  if (!freezesLayers(step)) return [training];
  const frozen = beta === 0 ? calls.call('belowHead', ['model']) : String(freeze);
  return [calls.run('freeze', ['model', frozen]), training, calls.run('freeze', ['model', '0'])];
}

/** How long, and what is said of the layers' rates where they have their own. */
interface Tuning {
  readonly epochs: string;
  readonly rates?: readonly Argument[];
}

function tune(
  { head: lr, optimizer, batch }: Transfer,
  calls: Calls,
  { epochs, rates }: Tuning,
): string {
  const settings = trainSpec.options.parse({ lr, optimizer });
  return calls.run(
    'tune',
    ['model', calls.optimizer(settings, rates)],
    [
      ['epochs', epochs],
      ['batchSize', String(batch)],
    ],
  );
}

/** What the learning rates of the layers are made of. */
function ratesOf({ head, beta, ratio }: Transfer): readonly Argument[] {
  return [
    ['head', numberText(head)],
    ['beta', numberText(beta)],
    ...(ratio < 1 && beta > 0 ? [['ratio', numberText(ratio)] as const] : []),
  ];
}
