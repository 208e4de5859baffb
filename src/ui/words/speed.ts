import type { Latency, Variant } from '../../experiment/report';
import { LARGE_BATCH, isDense, sameSpeed, speedOf, timingOf } from '../compare/measures';
import type { Sentence, SpeedReason } from './sentence';

type SpeedVerdict = Extract<Sentence, { key: 'speed' }>['verdict'];

/** A batch that takes less than a quarter of its examples' time one by one shows what each call costs. */
const START_BOUND = LARGE_BATCH / 4;

/**
 * How long one example takes compared with the baseline, and why: on ONNX Runtime, or while its files are not
 * timed where the network trains; then what Whittle's own runtime makes of it.
 */
export function speedSentences(variant: Variant, baseline: Variant): readonly Sentence[] {
  const runtime = timingOf(variant, 'onnx1') === undefined ? 'training' : 'onnx';
  const latency = timingOf(variant, `${runtime}1`);
  if (latency === undefined) return [{ key: 'speedUnknown' }];
  const verdict = VERDICTS[speedOf(latency, variant, baseline).verdict];
  const times = timesOf(latency.vsBaseline);
  const reason = isDense(latency)
    ? reasonOf(verdict, variant, baseline, [latency, timingOf(variant, `${runtime}Many`)])
    : { kind: verdict === 'faster' ? ('integers' as const) : ('integersDespite' as const) };
  return [{ key: 'speed', verdict, times, reason }, ...ownSentences(variant, baseline, latency)];
}

/** How many times as much the larger is. */
function timesOf(ratio: number): number {
  return Math.max(ratio, 1 / ratio);
}

/** As in the table. */
const VERDICTS = { better: 'faster', worse: 'slower', same: 'same' } as const;

/** The packed file beside the ONNX file of the same network, and beside the baseline's packed file. */
function ownSentences(variant: Variant, baseline: Variant, onnx: Latency): readonly Sentence[] {
  const own = timingOf(variant, 'own1');
  if (own === undefined) return [];
  const ratio = onnx.medianMs / own.medianMs;
  const verdict = sameSpeed(ratio) ? 'same' : ratio > 1 ? 'faster' : 'slower';
  return [
    { key: 'ownSpeed', verdict, times: timesOf(ratio) },
    {
      key: 'ownBaseline',
      verdict: VERDICTS[speedOf(own, variant, baseline).verdict],
      times: timesOf(own.vsBaseline),
    },
  ];
}

type OneAndMany = readonly [Latency, Latency | undefined];

function reasonOf(
  verdict: SpeedVerdict,
  variant: Variant,
  baseline: Variant,
  timings: OneAndMany,
): SpeedReason | null {
  const { dense, effective } = variant.multiplyAdds;
  const { dense: before } = baseline.multiplyAdds;
  if (dense < before) return ofSmaller(verdict, timings, before / dense);
  if (dense > before) {
    return verdict === 'slower' ? { kind: 'larger', more: dense / before } : null;
  }
  // As many products, and yet another time: what else there was to compute, as batch norm, is another.
  if (verdict !== 'same') return null;
  const zeros = effective < dense && variant.compressions.includes('prune');
  const rounded = variant.compressions.includes('quantize');
  if (zeros && rounded) return { kind: 'zerosRounded' };
  return { kind: zeros ? 'zeros' : rounded ? 'rounded' : 'unchanged' };
}

function ofSmaller(verdict: SpeedVerdict, [one, many]: OneAndMany, less: number): SpeedReason {
  if (verdict === 'faster') return { kind: 'smaller', less };
  const times = (many?.medianMs ?? Infinity) / one.medianMs;
  return times < START_BOUND
    ? { kind: 'start', less, batch: LARGE_BATCH, times }
    : { kind: 'despite', less };
}
