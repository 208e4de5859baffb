import type { Architecture, Layer } from '../../experiment/architecture';
import { sizeOf } from '../../experiment/shapes';
import type { BatchKind, Dropout } from '../plan/compiler';
import type { Call, Gpu } from './gpu';
import type { NetworkBuffers } from './network-buffers';
import { scaleBytes } from './shaders/activation';
import type { Shader } from './shaders/wgsl';

/** What one iteration, or one prediction, for batches of one size is made of. */
export interface GpuPlan {
  readonly calls: readonly Call[];
  readonly buffers: readonly GPUBuffer[];
  readonly inputs: GPUBuffer;
  /** Where inputs are grey values: the buffer for them, from which `inputs` is filled. */
  readonly bytes: GPUBuffer | null;
  readonly outputs: GPUBuffer;
  /** int32 for cross-entropy, float32 targets for the squared error; of predictions unused. */
  readonly targets: GPUBuffer;
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
  readonly bytes: GPUBuffer | null;
  readonly #gpu: Gpu;
  readonly #calls: Promise<Call>[] = [];

  constructor(
    gpu: Gpu,
    readonly architecture: Architecture,
    readonly network: NetworkBuffers,
    { count, grey }: BatchKind,
  ) {
    this.#gpu = gpu;
    this.count = count;
    const length = count * sizeOf(architecture.input);
    this.inputs = this.take(length);
    this.bytes = grey ? this.take(Math.ceil(length / 4)) : null;
    if (this.bytes !== null) this.add(scaleBytes(length), this.bytes, this.inputs);
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
