import type { Checkpoint } from '../experiment/checkpoint';
import type { LayerSetting } from '../experiment/layer-settings';
import type { Step } from '../experiment/step';
import { judge } from './prune/judge';
import { prune } from './prune/prune';
import { pruneSpec } from './prune/spec';
import { quantizeLayer } from './quantize/one-layer';
import { quantizeSpec } from './quantize/spec';
import type { RunContext } from './run';

/**
 * The network with one layer compressed to `value` as the step does it, and the others untouched; before
 * anything is trained or corrected. Null where the technique compresses no single layers.
 */
export async function compressLayer(
  step: Step,
  checkpoint: Checkpoint,
  { layer, value }: LayerSetting,
  context: Pick<RunContext<unknown>, 'engine' | 'dataset'>,
): Promise<Checkpoint | null> {
  if (step.technique === 'prune') {
    const alone = { ...pruneSpec.options.parse(step), sparsity: 0 };
    const options = { ...alone, layers: `${layer}~${String(value)}` };
    const { judgement } = await judge(checkpoint, options, context);
    return prune(checkpoint, options, judgement);
  }
  if (step.technique === 'quantize') {
    return quantizeLayer(checkpoint, quantizeSpec.options.parse(step), layer, value);
  }
  return null;
}
