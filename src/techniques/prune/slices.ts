import type { Shape } from '../../experiment/architecture';
import type { Checkpoint, Parameter, Quantizer } from '../../experiment/checkpoint';
import { gridCount, withGrids } from '../../experiment/quantizer';
import { without } from '../without';

type Parts = Pick<Checkpoint, 'parameters' | 'masks' | 'quantizers' | 'optimizer'>;

/** Cuts parameters down to the channels that are kept, and with each its mask, quantizer and optimizer slots. */
export class Slices {
  private readonly parameters: Record<string, Parameter>;
  private readonly masks: Record<string, Uint8Array>;
  private quantizers: Readonly<Record<string, Quantizer>>;
  private readonly slots: Record<string, Float32Array>;

  constructor(private readonly checkpoint: Checkpoint) {
    this.parameters = { ...checkpoint.parameters };
    this.masks = { ...checkpoint.masks };
    this.quantizers = { ...checkpoint.quantizers };
    this.slots = { ...checkpoint.optimizer?.slots };
  }

  parts(): Parts {
    const { optimizer } = this.checkpoint;
    return {
      parameters: this.parameters,
      masks: this.masks,
      quantizers: this.quantizers,
      optimizer: optimizer === null ? null : { ...optimizer, slots: this.slots },
    };
  }

  /** Adds to the layer's biases what the inputs that are not kept would say: the sum of `silent · w`. */
  absorb(layer: string, silent: readonly number[], keptInputs: readonly number[]): void {
    const kernel = this.parameters[`${layer}.kernel`];
    const bias = this.parameters[`${layer}.bias`];
    const kept = new Set(keptInputs);
    const said = silent.map((value, input) => (kept.has(input) ? 0 : value));
    if (kernel === undefined || bias === undefined || said.every((value) => value === 0)) return;
    const sums = Float64Array.from(bias.values);
    kernel.values.forEach((w, i) => {
      const output = i % sums.length;
      const input = Math.floor(i / sums.length) % said.length;
      sums[output] = (sums[output] ?? 0) + (said[input] ?? 0) * w;
    });
    this.parameters[`${layer}.bias`] = { ...bias, values: Float32Array.from(sums) };
  }

  /** A kernel `[…, inputs, outputs]`: the last two axes are cut. */
  kernel(layer: string, keptInputs: readonly number[], keptOutputs: readonly number[]): void {
    const name = `${layer}.kernel`;
    const kernel = this.parameters[name];
    if (kernel === undefined) return;
    const [inputs = 1, outputs = 1] = kernel.shape.slice(-2);
    const keepsInput = flags(inputs, keptInputs);
    const keepsOutput = flags(outputs, keptOutputs);
    this.cut(
      name,
      [...kernel.shape.slice(0, -2), keptInputs.length, keptOutputs.length],
      (i) => keepsInput[Math.floor(i / outputs) % inputs] === 1 && keepsOutput[i % outputs] === 1,
    );
    const quantizer = this.quantizers[name];
    if (quantizer === undefined) return;
    // One grid for the whole tensor stays; those of an output go with it. Groups that have lost inputs are
    // groups no more: what is left counts as float32.
    if (quantizer.group !== undefined && keptInputs.length < inputs) {
      this.quantizers = without(this.quantizers, name);
    } else if (gridCount(quantizer) > 1) {
      const kept = withGrids(quantizer, (grid) => keepsOutput[grid % outputs] === 1);
      this.quantizers = { ...this.quantizers, [name]: kept };
    }
  }

  /** Parameters `[channels]` of a layer. */
  vectors(layer: string, roles: readonly string[], kept: readonly number[]): void {
    for (const role of roles) {
      const name = `${layer}.${role}`;
      const keeps = flags(this.parameters[name]?.values.length ?? 0, kept);
      this.cut(name, [kept.length], (i) => keeps[i] === 1);
    }
  }

  private cut(name: string, shape: Shape, keeps: (i: number) => boolean): void {
    const parameter = this.parameters[name];
    if (parameter === undefined) return;
    const taken = <Values extends Float32Array | Uint8Array>(values: Values) =>
      values.filter((_, i) => keeps(i)) as Values;
    this.parameters[name] = { ...parameter, shape, values: taken(parameter.values) };
    const mask = this.masks[name];
    if (mask !== undefined) this.masks[name] = taken(mask);
    for (const [slot, values] of Object.entries(this.slots)) {
      if (slot.endsWith(`/${name}`)) this.slots[slot] = taken(values);
    }
  }
}

function flags(length: number, kept: readonly number[]): Uint8Array {
  const result = new Uint8Array(length);
  for (const index of kept) result[index] = 1;
  return result;
}
