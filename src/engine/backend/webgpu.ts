import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { bringUp, type Started } from './backend';

export async function startWebgpu(): Promise<Started> {
  // Absent in browsers without WebGPU and on pages that are not secure, whatever the types say.
  const gpu = navigator.gpu as GPU | undefined;
  const adapter = await gpu?.requestAdapter();
  if (!adapter) throw new Error('there is no WebGPU adapter');
  const running = await bringUp('webgpu');
  if (!(running instanceof WebGPUBackend)) throw new Error('it is not the one expected');
  const lost = running.device.lost.then(({ reason, message }) => message || reason);
  const { vendor, architecture } = adapter.info;
  return { threads: 1, adapter: [vendor, architecture].filter(Boolean).join(' '), lost };
}
