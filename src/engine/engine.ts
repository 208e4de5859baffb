import { dispose, tidy } from '@tensorflow/tfjs-core';
import type { BackendId } from '../experiment/experiment';
import { startBackend, type BackendOptions, type RunningBackend } from './backend/backend';
import { lossAndGradients } from './gradients';
import { penaltiesOf } from './optimizers';
import { download, trainableNames, uploadParameters } from './state';
import { pickTensors } from './tensors';
import { createPlanEngine } from './plan/plan-engine';
import { openTrainer, startTrainer, upload } from './tfjs-trainer';
import type { Engine } from './trainer';
import { chain } from './transforms';

/**
 * An engine on that backend: on `wasm` one that runs compiled plans, where the browser has SIMD; else
 * TensorFlow.js. Engines of several backends may be used in turn in one thread; a backend's
 * second engine shares its memory with the first.
 * @throws WhittleError `backendMissing`, at `backend`, where this browser or machine has none of the kind.
 */
export async function createEngine(id: BackendId, options: BackendOptions): Promise<Engine> {
  if (id === 'wasm' && options.plan !== false) {
    const engine = await createPlanEngine(options);
    if (engine !== null) return engine;
  }
  const backend = await startBackend(id, options);
  return {
    backend: id,
    runtime: `tfjs-${id}`,
    threads: backend.threads,
    ...(backend.adapter === undefined ? {} : { adapter: backend.adapter }),
    open: async (network) => Promise.resolve(openTrainer(backend, network)),
    train: async (network, objective, optimizer) =>
      Promise.resolve(startTrainer(backend, network, objective, optimizer)),
    gradients: gradientsOn(backend),
    tensorCount: backend.tensorCount,
    lost: backend.lost,
  };
}

function gradientsOn(backend: RunningBackend): Engine['gradients'] {
  return async (network, objective, batch) => {
    const { architecture } = network;
    const trainable = trainableNames(network);
    const { loss, gradients } = backend.run(() =>
      tidy(() => {
        const parameters = uploadParameters(network);
        const result = lossAndGradients(
          { architecture, parameters, trainable, objective },
          upload(architecture, batch),
          batch,
          null,
        );
        const context = {
          parameters: pickTensors(parameters, trainable),
          learningRate: 0,
          update: 1,
        };
        const penalized = chain(...penaltiesOf(objective)).update(result.gradients, {}, context);
        return { loss: result.loss, gradients: penalized.gradients };
      }),
    );
    const [[value = NaN], values] = await backend.read(() =>
      Promise.all([loss.data(), download(gradients)]),
    );
    dispose([loss, ...Object.values(gradients)]);
    return { loss: value, gradients: values };
  };
}
