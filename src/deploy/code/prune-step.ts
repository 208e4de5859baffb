import { layerSettings } from '../../experiment/layer-settings';
import type { StepOf } from '../../experiment/step';
import { rewindOf, scheduleOf } from '../../techniques/prune/spec';
import type { Calls } from './calls';
import { numberText, type Argument } from './write';

/** A step that prunes: at once, in rounds between which it trains, or while it trains. */
export function writePrune(step: StepOf<'prune'>, index: number, calls: Calls): readonly string[] {
  const { dialect } = calls;
  switch (scheduleOf(step)) {
    case 'oneshot':
      return pruneOnce(step, calls, numberText);
    case 'iterative': {
      const apart = layerSettings(step.layers).map(({ layer }) => dialect.text(layer));
      const others: readonly Argument[] =
        apart.length === 0 ? [] : [['without', `[${apart.join(', ')}]`]];
      const now = (to: number, layer?: string) =>
        calls.call(
          'afterRound',
          ['model', numberText(to), `${String(step.rounds)} - turn`],
          layer === undefined ? others : [['only', dialect.text(layer)]],
        );
      return dialect.repeat('turn', step.rounds, [
        ...pruneOnce(step, calls, now),
        calls.adam(step, []),
      ]);
    }
    case 'gradual': {
      const name = dialect.name(`ramp${String(index + 1)}`);
      const ramp = numberText(step.ramp);
      const now = (to: number) =>
        calls.call(
          'onRamp',
          ['done', 'total'],
          [
            ['to', numberText(to)],
            ['ramp', ramp],
          ],
        );
      const body = pruneOnce(step, calls, now);
      const due = calls.call('isDue', ['done', 'total', ramp]);
      return [
        ...dialect.between(name, dialect.when(due, body)),
        calls.adam(step, [['before', name]]),
      ];
    }
  }
}

/** `now` says how far a sparsity is by now: that of a layer set apart, or that of the others. */
function pruneOnce(
  step: StepOf<'prune'>,
  calls: Calls,
  now: (to: number, layer?: string) => string,
): readonly string[] {
  const { dialect } = calls;
  const rewound = writeRewind(step, calls);
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
    const smaller = calls.call('pruneUnits', ['model', now(step.sparsity)], [power, ...layered]);
    return [dialect.assign('model', smaller, false)];
  }
  const strength: readonly Argument[] = delta === 1 ? [] : [['delta', numberText(delta)]];
  if (pattern === 'weights' && (criterion === 'threshold' || criterion === 'scaled')) {
    const bound =
      criterion === 'threshold'
        ? calls.run('pruneBelow', ['model', numberText(step.threshold)], strength)
        : calls.run('pruneScaled', ['model', numberText(step.lambda)], strength);
    return [bound, ...rewound];
  }
  const scores = scoresOf(step, calls);
  const pruned =
    pattern === 'nm'
      ? calls.run('pruneNOfM', ['model', scores, String(step.n), String(step.m)], strength)
      : calls.run('prune', ['model', scores, now(step.sparsity)], [...layered, ...strength]);
  return [pruned, ...rewound];
}

function scoresOf({ criterion, batches }: StepOf<'prune'>, calls: Calls): string {
  switch (criterion) {
    case 'random':
      return calls.call('randomScores', ['model']);
    case 'snip':
      return calls.call('saliency', ['model'], [['batches', '1']]);
    case 'taylor':
      return calls.call('saliency', ['model'], [['batches', String(batches)]]);
    case 'magnitude':
    case 'movement':
    case 'threshold':
    case 'scaled':
      return calls.call('magnitude', ['model']);
  }
}

function writeRewind(step: StepOf<'prune'>, calls: Calls): readonly string[] {
  switch (rewindOf(step)) {
    case 'off':
      return [];
    case 'init':
      return [calls.run('rewind', ['model', 'initial'])];
    case 'iteration':
      return [calls.run('rewind', ['model', `milestones[${String(step.to)}]`])];
    case 'reinit':
      return [calls.run('drawAnew', ['model'])];
  }
}
