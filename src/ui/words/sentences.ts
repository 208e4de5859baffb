import type { DatasetInfo } from '../../experiment/dataset';
import type { OwnAbout } from '../../experiment/own-dataset';
import { infoOf } from '../../state/own';
import type { Experiment } from '../../experiment/experiment';
import { resolveModel } from '../../experiment/model';
import type { Variant } from '../../experiment/report';
import type { RunStatus } from '../../worker/protocol';
import { datasetAt } from '../../techniques/dataset-at';
import { mainVariants } from '../compare/variants';
import { adviceOf, adviceToLearn } from './advice';
import { guessOf, intervalOf, isNoFit, wrongOf } from './chance';
import { changeOf } from './change';
import { commonestMistake } from './confusions';
import { scoreOf } from './score';
import type { Sentence, Subject } from './sentence';
import { speedSentences } from './speed';

/** What is known besides what was measured. */
export interface Context {
  /** The experiment that the variants are of. */
  readonly experiment: Experiment;
  readonly status: RunStatus;
  /** Test examples on which the subject and the baseline answer differently; null where not known. */
  readonly differing: number | null;
  /** Data of the user's own, whose classes have names there alone. */
  readonly own?: readonly OwnAbout[] | null;
}

/** What the sentences are about: the most compressed network, and what it is compared with. */
export function subjectOf(variants: readonly Variant[]): {
  readonly network: Variant | undefined;
  readonly baseline: Variant | undefined;
} {
  const main = mainVariants(variants);
  const latest = (...roles: readonly Variant['role'][]) =>
    main
      .filter(({ role }) => roles.includes(role))
      .sort((a, b) => a.step - b.step)
      .at(-1);
  const baseline = latest('baseline');
  const network =
    latest('combined', 'reshaped') ?? latest('pruned', 'quantized') ?? baseline ?? latest('other');
  return { network, baseline: network === baseline ? undefined : baseline };
}

/** How the card's title names what it is about; null where there is nothing yet. */
export function titleOf(variants: readonly Variant[]): Subject | null {
  const { network, baseline } = subjectOf(variants);
  if (network === undefined) return null;
  const { role, compressions } = network;
  return { role, compressions, compared: baseline !== undefined };
}

/** What the measured numbers say: first what was done and what it cost, then size and speed, then what to try. */
export function sentences(variants: readonly Variant[], context: Context): readonly Sentence[] {
  const { network, baseline } = subjectOf(variants);
  const dataset = datasetAt(context.experiment, network?.step ?? -1);
  const info = infoOf(dataset, context.own ?? null);
  if (network === undefined || info === undefined) return [emptyFor(context)];
  if (network.role === 'baseline' || network.role === 'other') {
    return ofUncompressed(network, context, info);
  }
  return ofCompressed(network, baseline, variants, info, context);
}

function emptyFor({ experiment, status }: Context): Sentence {
  if (experiment.recipe.length === 0) return { key: 'empty', why: 'noSteps' };
  switch (status) {
    case 'running':
    case 'paused':
    case 'measuring':
      return { key: 'empty', why: 'running' };
    case 'failed':
      return { key: 'empty', why: 'failed' };
    case 'idle':
    case 'done':
      return { key: 'empty', why: 'idle' };
  }
}

function ofUncompressed(
  network: Variant,
  { experiment: { recipe }, status }: Context,
  info: DatasetInfo,
): readonly Sentence[] {
  const idle = status === 'idle' || status === 'failed';
  const compresses = recipe.some(
    ({ technique }, index) => index > network.step && technique !== 'train',
  );
  const advice = adviceToLearn(network, info.classes);
  const next: Sentence =
    advice === null
      ? { key: compresses ? (idle ? 'pendingIdle' : 'pending') : 'addStep' }
      : { key: 'advice', advice };
  return [...learnedBy(network, info), ...broughtBy(network), next];
}

/** What holds of a baseline that a file had compressed already. */
function broughtBy({ brought }: Variant): readonly Sentence[] {
  return brought === undefined ? [] : [{ key: 'brought', compressions: brought }];
}

/** On larger test sets the margin is narrower than the sentence is worth. */
const SMALL_TEST = 1_000;

function learnedBy({ metrics }: Variant, { classes }: DatasetInfo): readonly Sentence[] {
  const { accuracy, examples, r2 = 0, mse = 0 } = metrics;
  if (accuracy === undefined) {
    return [isNoFit(metrics) ? { key: 'unfitted', r2 } : { key: 'fitted', r2, mse, examples }];
  }
  const guess = guessOf(metrics, classes);
  if (guess !== null) return [{ key: 'guessed', accuracy, examples, guess }];
  const mistake = commonestMistake(metrics, classes);
  const learned: Sentence = {
    key: 'learned',
    accuracy,
    wrong: wrongOf(metrics),
    examples,
    mistake,
  };
  if (examples >= SMALL_TEST) return [learned];
  const [low, high] = intervalOf(metrics);
  return [learned, { key: 'margin', low, high }];
}

function ofCompressed(
  network: Variant,
  baseline: Variant | undefined,
  variants: readonly Variant[],
  info: DatasetInfo,
  { experiment, differing }: Context,
): readonly Sentence[] {
  const { classes } = info;
  const { recipe } = experiment;
  const dense = isDense(experiment, info);
  const change = changeOf(network, baseline ?? network, { recipe, dense });
  const score = scoreOf(network.metrics, baseline?.metrics ?? null, { classes, differing });
  const outcome: readonly Sentence[] = change === null ? [] : [{ key: 'outcome', change, score }];
  if (baseline === undefined) return [...outcome, { key: 'noBaseline' }];
  const advice = adviceOf(network, baseline, score, { recipe, classes, variants });
  return [
    ...outcome,
    ...broughtBy(baseline),
    sizeOf(network, baseline),
    ...speedSentences(network, baseline),
    ...(advice === null ? [] : [{ key: 'advice', advice } as const]),
  ];
}

/** Files whose lengths differ by less are called as large as before. */
const SAME_SIZE = 0.005;

function sizeOf({ size }: Variant, baseline: Variant): Sentence {
  const [bytes, before] = [size.packedBytes, baseline.size.packedBytes];
  const times = Math.max(before / bytes, bytes / before);
  const verdict = times < 1 + SAME_SIZE ? 'same' : bytes < before ? 'smaller' : 'larger';
  return { key: 'size', verdict, times, bytes, before };
}

/** Whether the experiment's network has no convolution, which would use its weights many times. */
function isDense({ model }: Experiment, info: DatasetInfo): boolean {
  try {
    return resolveModel(model, info).layers.every(({ type }) => type !== 'conv');
  } catch {
    // Shown at the network's own control; nothing of such an experiment is ever measured.
    return false;
  }
}
