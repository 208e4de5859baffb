import type { ParameterRole } from '../../experiment/checkpoint';
import type { PackedTensor } from '../tensor-model';
import { unpackTensor } from '../tensor-packing';
import type { PackedParameter } from '../whittle-reader';

/** The parameters of a file, by layer and role. */
export class Parameters {
  constructor(private readonly all: readonly PackedParameter[]) {}

  packed(layer: string, role: ParameterRole): PackedTensor {
    return this.find(layer, role).tensor;
  }

  values(layer: string, role: ParameterRole): Float32Array {
    const { tensor, shape } = this.find(layer, role);
    return unpackTensor(tensor, shape).values;
  }

  private find(layer: string, role: ParameterRole): PackedParameter {
    const found = this.all.find(({ name }) => name === `${layer}.${role}`);
    if (found === undefined) throw new Error(`There is no parameter ${layer}.${role}.`);
    return found;
  }
}
