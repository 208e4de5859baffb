import type { Architecture, Layer } from '../../experiment/architecture';
import { layerParameters } from '../../experiment/parameters';
import { sizeOf } from '../../experiment/shapes';
import type { Dropout } from '../plan/compiler';
import { kernelGrids } from '../kernel-grids';
import { stepOf, type Roundings } from '../trainer';
import type { Call, Gpu } from './gpu';
import type { NetworkBuffers } from './network-buffers';
import { gatherPictures, scaleBytes } from './shaders/activation';
import { copy, learnedGradient, roundKernel, type RoundedKernel } from './shaders/round';
import type { Shader } from './shaders/wgsl';

/** What batches have to have in common for one plan. */
export interface GpuBatchKind {
  readonly count: number;
  /** Inputs are floats, grey values, or the numbers of pictures in a buffer. */
  readonly inputs: 'floats' | 'bytes' | GPUBuffer;
}

/** What one iteration, or one prediction, for batches of one size is made of. */
export interface GpuPlan {
  readonly calls: readonly Call[];
  readonly buffers: readonly GPUBuffer[];
  /** For inputs as they come: floats, grey values, or numbers of pictures. */
  readonly given: GPUBuffer;
  readonly outputs: GPUBuffer;
  /** int32 for cross-entropy, float32 targets for the squared error; of predictions unused. */
  readonly targets: GPUBuffer;
  /** For logits of a teacher; null where there is none. */
  readonly teacher: GPUBuffer | null;
  readonly dropouts: readonly GpuDropout[];
}

export interface GpuDropout extends Omit<Dropout, 'address'> {
  readonly mask: GPUBuffer;
}

/** Collects shaders and the buffers between them. */
export class GpuCompiler {
  readonly buffers: GPUBuffer[] = [];
  readonly dropouts: GpuDropout[] = [];
  readonly count: number;
  /** Where the network's inputs are. */
  readonly inputs: GPUBuffer;
  readonly given: GPUBuffer;
  /** What layers read their parameters from: the values, or those with rounded kernels. */
  weights: GPUBuffer;
  readonly #gpu: Gpu;
  readonly #calls: Promise<Call>[] = [];
  readonly #rounded: RoundedKernel[] = [];

  constructor(
    gpu: Gpu,
    readonly architecture: Architecture,
    readonly network: NetworkBuffers,
    { count, inputs }: GpuBatchKind,
  ) {
    this.#gpu = gpu;
    this.count = count;
    this.weights = network.values;
    const size = sizeOf(architecture.input);
    this.inputs = this.take(count * size);
    if (inputs === 'floats') {
      this.given = this.inputs;
    } else if (inputs === 'bytes') {
      this.given = this.take(Math.ceil((count * size) / 4));
      this.add(scaleBytes(count * size), this.given, this.inputs);
    } else {
      this.given = this.take(count);
      this.add(gatherPictures(count, size), inputs, this.given, this.inputs);
    }
  }

  /** Has layers read rounded kernels from now on. */
  round(roundings: Roundings | null, flags: GPUBuffer): void {
    if (roundings === null) return;
    const { values, length } = this.network;
    this.weights = this.take(length);
    this.add(copy(length), values, this.weights);
    for (const { name, shape } of this.architecture.layers.flatMap(layerParameters)) {
      const rounding = roundings[name];
      if (rounding === undefined) continue;
      const kernel = {
        ...{ rounding, grids: kernelGrids(rounding, shape) },
        start: this.network.startOf(name),
        step: this.network.startOf(stepOf(name)),
      };
      this.add(roundKernel(kernel), values, flags, this.weights);
      this.#rounded.push(kernel);
    }
  }

  /** Turns gradients by kernels on learned grids into those by their weights and steps. */
  learn(gradients: GPUBuffer): void {
    for (const kernel of this.#rounded) {
      if (kernel.rounding.scheme !== 'learned') continue;
      this.add(learnedGradient(kernel), this.network.values, gradients);
    }
  }

  /** A buffer of the plan's own. */
  take(length: number): GPUBuffer {
    const buffer = this.#gpu.allocate(length);
    this.buffers.push(buffer);
    return buffer;
  }

  /** Where a layer's parameter begins among all values. */
  startOf(layer: Layer, role: string): number {
    return this.network.startOf(`${layer.name}.${role}`);
  }

  add(shader: Shader, ...buffers: readonly GPUBuffer[]): void {
    this.#calls.push(this.#gpu.call(shader, buffers));
  }

  /** The calls, once every shader is compiled. */
  calls(): Promise<readonly Call[]> {
    return Promise.all(this.#calls);
  }
}
