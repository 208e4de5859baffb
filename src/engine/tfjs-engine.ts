import { dispose, tidy } from '@tensorflow/tfjs-core';
import type { BackendId } from '../experiment/experiment';
import { startBackend, type BackendOptions, type RunningBackend } from './backend/backend';
import { lossAndGradients } from './gradients';
import { penaltiesOf } from './optimizers';
import { download, trainableNames, uploadMasks, uploadParameters } from './state';
import { learnedGradients, roundKernels } from './rounding';
import { shareGradients, uploadLevels } from './shared-gradients';
import { pickTensors } from './tensors';
import { openTrainer, startTrainer, upload } from './tfjs-trainer';
import type { Engine } from './trainer';
import { chain } from './transforms';

/** An engine of TensorFlow.js; a backend's second engine shares its memory with the first. */
export async function createTfjsEngine(id: BackendId, options: BackendOptions): Promise<Engine> {
  const backend = await startBackend(id, options);
  return {
    backend: id,
    runtime: `tfjs-${id}`,
    threads: backend.threads,
    ahead: 1,
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
    const trainable = trainableNames(network, objective);
    const { loss, gradients } = backend.run(() =>
      tidy(() => {
        const parameters = uploadParameters(network);
        const rounded = roundKernels(parameters, uploadMasks(network), objective.roundings);
        const result = lossAndGradients(
          { architecture, parameters: rounded, trainable, objective },
          upload(architecture, batch),
          batch,
          null,
        );
        const context = {
          parameters: pickTensors(parameters, trainable),
          learningRate: 0,
          update: 1,
        };
        const learned = learnedGradients(result.gradients, parameters, objective.roundings);
        const penalized = chain(...penaltiesOf(objective)).update(learned, {}, context);
        const shared = shareGradients(penalized.gradients, uploadLevels(network, objective));
        return { loss: result.loss, gradients: shared };
      }),
    );
    const [[value = NaN], values] = await backend.read(() =>
      Promise.all([loss.data(), download(gradients)]),
    );
    dispose([loss, ...Object.values(gradients)]);
    return { loss: value, gradients: values };
  };
}
