import type { Shape, Task } from '../../experiment/architecture';
import { sizeOf } from '../../experiment/shapes';
import { readWhittle } from '../whittle-reader';
import { Arena } from './arena';
import { startMachine } from './machine';
import { Parameters } from './parameters';
import { MOST_EXAMPLES, planNetwork } from './plan';

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
  const places = Array.from({ length: MOST_EXAMPLES }, (_, i) => {
    const at = (address: number, count: number) =>
      new Float32Array(memory.buffer, address + i * plan.apart, count);
    return { into: at(plan.input, size), out: at(plan.output, outputs) };
  });
  const predict = (inputs: Float32Array) => {
    const count = inputs.length / size;
    if (!Number.isInteger(count)) throw new RangeError(wrongLength(inputs.length, input));
    const results = new Float32Array(count * outputs);
    for (let first = 0; first < count; first += MOST_EXAMPLES) {
      const end = Math.min(count, first + MOST_EXAMPLES);
      for (let i = first; i < end; i++) {
        const one = count === 1 ? inputs : inputs.subarray(i * size, (i + 1) * size);
        places[i - first]?.into.set(one);
      }
      for (const step of plan.steps) step(machine, end - first);
      for (let i = first; i < end; i++) results.set(places[i - first]?.out ?? [], i * outputs);
    }
    return results;
  };
  return { task, input, outputs, weightBytes: arena.heldBytes, predict };
}

function wrongLength(length: number, input: Shape): string {
  return `Inputs are ${String(length)} numbers, which is no whole number of examples of ${input.join(' × ')}. Give ${String(sizeOf(input))} for each.`;
}
