import type { StepView } from '../../../state/recipe';
import { useWhittle } from '../../../state/store';
import type { LayerState } from '../../../worker/protocol';

/** Of a share, a tenth of a per cent. */
export function toThousandths(value: number): number {
  return Math.round(1_000 * value) / 1_000;
}

/**
 * What a layer gets that is not set apart: what the preview has measured of it, which the option that the
 * layers share need not be (all layers together, a budget); the option itself until there is one.
 */
export function useShared(view: StepView, index: number): (layer: string) => number {
  const states = useWhittle(({ previews }) => previews[index]?.layers);
  const option = view.options[view.byLayer?.option ?? ''];
  const common = typeof option?.value === 'number' ? option.value : 0;
  return (layer) => {
    const state = states?.find((each) => each.layer === layer);
    const found = state && measuredOf(view, state);
    return found ?? common;
  };
}

function measuredOf({ technique, options }: StepView, state: LayerState): number | null {
  if (technique !== 'prune') return state.bits;
  return toThousandths(options['pattern']?.value === 'units' ? state.removed : state.pruned);
}
