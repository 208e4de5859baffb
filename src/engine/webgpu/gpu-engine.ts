import type { Engine } from '../trainer';
import { openGpu, type Gpu } from './gpu';
import { gradientsOnGpu, openOnGpu, startOnGpu } from './gpu-trainer';
import { LOSSES } from './shaders/loss';

/** One device for the whole thread, which all its engines share until it is lost. */
let opening: Promise<Gpu> | null = null;

/**
 * The engine whose iterations are compiled to a few WebGPU dispatches each.
 * @throws WhittleError `backendMissing` where there is no device.
 */
export async function createGpuEngine(): Promise<Engine> {
  opening ??= openGpu();
  const mine = opening;
  const forget = () => {
    if (opening === mine) opening = null;
  };
  const gpu = await mine.catch((error: unknown) => {
    forget();
    throw error;
  });
  const lost = gpu.lost.then((reason) => {
    forget();
    return reason;
  });
  return {
    ...{ backend: 'webgpu', runtime: 'whittle-webgpu', threads: 1, ahead: LOSSES / 2 },
    ...{ adapter: gpu.adapter, lost },
    open: (network) => Promise.resolve(openOnGpu(gpu, network)),
    train: (network, objective, optimizer) =>
      Promise.resolve(startOnGpu(gpu, network, objective, optimizer)),
    gradients: (network, objective, batch) => gradientsOnGpu(gpu, network, objective, batch),
    tensorCount: () => gpu.count,
  };
}
