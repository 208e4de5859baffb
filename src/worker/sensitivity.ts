import type { Checkpoint } from '../experiment/checkpoint';
import type { LayerSetting } from '../experiment/layer-settings';
import type { Step } from '../experiment/step';
import { compressLayer } from '../techniques/one-layer';
import { learningFrom } from '../techniques/transfer/few';
import type { Work } from './measure';
import { nextTask } from './pace';
import { pointAt } from './preview';
import type { LayerPoint } from './protocol';

/**
 * The score with one layer alone compressed, at each of these settings in their order, with room for other
 * work between two of them. A layer that the network does not have is left out.
 */
export async function measureLayers(
  step: Step,
  settings: readonly LayerSetting[],
  before: Checkpoint,
  work: Work,
  tell: (point: LayerPoint) => void,
): Promise<readonly LayerPoint[]> {
  const points: LayerPoint[] = [];
  const learning = { ...work, dataset: learningFrom(work.dataset, before.examples) };
  const has = (layer: string) => before.architecture.layers.some(({ name }) => name === layer);
  for (const setting of settings) {
    if (!has(setting.layer)) continue;
    const checkpoint = await compressLayer(step, before, setting, learning);
    if (checkpoint === null) continue;
    const point = await pointAt(setting.value, checkpoint, work);
    points.push({ layer: setting.layer, point });
    tell({ layer: setting.layer, point });
    await nextTask();
    work.signal.throwIfAborted();
  }
  return points;
}
