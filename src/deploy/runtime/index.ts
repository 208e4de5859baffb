import type { Shape, Task } from '../../experiment/architecture';
import { sizeOf } from '../../experiment/shapes';
import { readWhittle } from '../whittle-reader';
import { Arena } from './arena';
import { startMachine } from './machine';
import { Parameters } from './parameters';
import { planNetwork } from './plan';

/** A network that predicts. */
export interface Model {
  readonly task: Task;
  /** Shape of one example: `[features]`, or `[height, width, channels]`. */
  readonly input: Shape;
  /** Classes, or numbers, that it puts out for one. */
  readonly outputs: number;
  /** Memory that weights take. */
  readonly weightBytes: number;
  /**
   * Logits, or numbers, `[count, outputs]`, for `[count, ...input]`.
   * @throws RangeError where that is no whole number of examples
   */
  predict(inputs: Float32Array): Float32Array;
}

/**
 * The network in a `.whittle` file, ready to predict.
 * @throws WhittleError `badWhittleFile`, `newerWhittleFile` or `runtimeMemory`; nothing is left of it then
 */
export async function load(bytes: Uint8Array): Promise<Model> {
  const { architecture, parameters } = readWhittle(bytes);
  const { task, input, outputs } = architecture;
  const arena = new Arena();
  const plan = planNetwork(architecture, new Parameters(parameters), arena);
  const memory = arena.memory();
  const machine = await startMachine(memory);
  const size = sizeOf(input);
  const numbers = (address: number, count: number) =>
    new Float32Array(memory.buffer, address, count);
  const [into, out] = [numbers(plan.input, size), numbers(plan.output, outputs)];
  const predict = (inputs: Float32Array) => {
    const count = inputs.length / size;
    if (!Number.isInteger(count)) throw new RangeError(wrongLength(inputs.length, input));
    const results = new Float32Array(count * outputs);
    for (let i = 0; i < count; i++) {
      into.set(count === 1 ? inputs : inputs.subarray(i * size, (i + 1) * size));
      for (const step of plan.steps) step(machine);
      results.set(out, i * outputs);
    }
    return results;
  };
  return { task, input, outputs, weightBytes: arena.heldBytes, predict };
}

function wrongLength(length: number, input: Shape): string {
  return `Inputs are ${String(length)} numbers, which is no whole number of examples of ${input.join(' × ')}. Give ${String(sizeOf(input))} for each.`;
}
