import { createEngine } from '../../../../src/engine/engine';
import { PLAIN } from '../../../../src/engine/testing/networks';
import type { Workload } from '../workloads';
import type { Contender } from './contender';

export async function startWhittle(
  backend: 'wasm' | 'webgpu',
  threads: number,
  { network, optimizer, learningRate, roundings }: Workload,
): Promise<Contender> {
  const engine = await createEngine(backend, { wasmBase: '/tfjs/', threads });
  const loss = network.architecture.task === 'classification' ? 'crossentropy' : 'mse';
  const trainer = await engine.train(network, { ...PLAIN, loss, optimizer, roundings }, null);
  return {
    threads: backend === 'wasm' ? engine.threads : null,
    optimizer,
    step: (batch) => trainer.step(batch, learningRate, 0),
    predict: (batch) => trainer.predict(batch),
  };
}
