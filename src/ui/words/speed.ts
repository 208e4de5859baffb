import type { Variant } from '../../experiment/report';
import { LARGE_BATCH, isDenseRuntime, latencyOf, speedOf } from '../compare/measures';
import type { Sentence, SpeedReason } from './sentence';

type SpeedVerdict = Extract<Sentence, { key: 'speed' }>['verdict'];

/** A batch that takes less than a quarter of its examples' time one by one shows what each call costs. */
const START_BOUND = LARGE_BATCH / 4;

/** How long one example takes compared with the baseline, and why. */
export function speedSentence(variant: Variant, baseline: Variant): Sentence {
  const latency = latencyOf(variant, 1);
  if (latency === undefined) return { key: 'speedUnknown' };
  const ratio = latency.vsBaseline;
  const isDense = isDenseRuntime(latency);
  const verdict = VERDICTS[speedOf(latency, variant, baseline).verdict];
  return {
    key: 'speed',
    verdict,
    times: Math.max(ratio, 1 / ratio),
    reason: isDense ? reasonOf(verdict, variant, baseline) : null,
  };
}

/** As in the table. */
const VERDICTS = { better: 'faster', worse: 'slower', same: 'same' } as const;

function reasonOf(verdict: SpeedVerdict, variant: Variant, baseline: Variant): SpeedReason | null {
  const { dense, effective } = variant.multiplyAdds;
  const { dense: before } = baseline.multiplyAdds;
  if (dense < before) return ofSmaller(verdict, variant, before / dense);
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

function ofSmaller(verdict: SpeedVerdict, variant: Variant, less: number): SpeedReason {
  if (verdict === 'faster') return { kind: 'smaller', less };
  const [one, many] = [latencyOf(variant, 1), latencyOf(variant, LARGE_BATCH)];
  const times = (many?.medianMs ?? Infinity) / (one?.medianMs ?? 0);
  return times < START_BOUND
    ? { kind: 'start', less, batch: LARGE_BATCH, times }
    : { kind: 'despite', less };
}
