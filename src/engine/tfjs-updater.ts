import { add, tensor1d, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { startBackend, type BackendOptions } from './backend/backend';
import { optimizerOf } from './optimizers';
import { tensorOf, type Tensors } from './tensors';
import { initialSlots } from './transforms';
import { NUMBERS, objectiveOf, type Updaters } from './updater';

/** Optimizers of TensorFlow.js without a network, on its CPU backend: values are there at once. */
export async function createTfjsUpdaters(options: BackendOptions): Promise<Updaters> {
  const backend = await startBackend('cpu', options);
  return (start, rule) => {
    const optimizer = optimizerOf(objectiveOf(rule));
    let updates = 0;
    let state = backend.run(() => {
      // A copy: the CPU backend would keep the caller's own array.
      const parameters: Tensors = { [NUMBERS]: tensor1d(start.slice(), 'float32') };
      return { parameters, slots: initialSlots(optimizer, parameters) };
    });
    const all = () => [state.parameters, state.slots].flatMap(Object.values<Tensor>);
    return {
      update: (gradient, learningRate) => {
        updates += 1;
        const { parameters, slots } = state;
        const before = all();
        state = backend.run(() =>
          tidy(() => {
            const change = optimizer.update({ [NUMBERS]: tensor1d(gradient.slice()) }, slots, {
              ...{ parameters, learningRate, update: updates },
            });
            const moved = add(tensorOf(parameters, NUMBERS), tensorOf(change.gradients, NUMBERS));
            return { parameters: { [NUMBERS]: moved }, slots: { ...change.state } };
          }),
        );
        backend.free(before);
        return backend.run(() => tensorOf(state.parameters, NUMBERS).dataSync<'float32'>());
      },
      dispose: () => {
        backend.free(all());
      },
    };
  };
}
