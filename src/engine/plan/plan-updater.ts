import { ADAM_BETAS } from '../constants';
import { NUMBERS, objectiveOf, type UpdateRule, type Updater } from '../updater';
import { CONTROL, CONTROL_LENGTH } from './compiler';
import type { Machine } from './machine';
import { NetworkMemory } from './network-memory';
import { Operations } from './operations';
import { OPTIMIZER_SLOTS, writeOptimizer } from './update';

/** An updater whose plan is the one operation that ends every iteration of training. */
export function startPlanUpdater(machine: Machine, start: Float32Array, rule: UpdateRule): Updater {
  const { length } = start;
  const parameter = { role: 'kernel', shape: [length], values: start } as const;
  const memory = new NetworkMemory(
    machine,
    { parameters: { [NUMBERS]: parameter }, masks: {} },
    { changes: () => true, slots: OPTIMIZER_SLOTS[rule.optimizer] },
  );
  const operations = new Operations();
  writeOptimizer(operations, memory.places, objectiveOf(rule));
  const { words } = operations;
  const { values, gradients, control } = memory.places;
  const [beta1, beta2] = ADAM_BETAS;
  let updates = 0;
  return {
    update: (gradient, learningRate) => {
      updates += 1;
      machine.floats(gradients[NUMBERS] ?? 0, length).set(gradient);
      const settings = machine.floats(control, CONTROL_LENGTH);
      settings[CONTROL.learningRate] = learningRate;
      settings[CONTROL.unbiased] = 1 / (1 - beta1 ** updates);
      settings[CONTROL.deviation] = 1 / Math.sqrt(1 - beta2 ** updates);
      settings[CONTROL.clipping] = 1;
      machine.run(words, length);
      return machine.floats(values[NUMBERS] ?? 0, length);
    },
    dispose: () => {
      memory.dispose();
    },
  };
}
