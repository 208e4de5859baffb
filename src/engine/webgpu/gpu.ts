import { lostError, missingError } from '../backend/errors';
import { ResidentPictures } from './resident-pictures';
import type { Shader } from './shaders/wgsl';

/** A shader with the buffers that it is bound to, ready to be dispatched. */
export interface Call {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly groups: readonly [number, number, number];
}

/** A device with the buffers and pipelines that are made on it. */
export class Gpu {
  /** Resolves with a reason when nothing can be computed any more. */
  readonly lost: Promise<string>;
  readonly adapter: string;
  /** Bytes of the largest buffer that a shader can read. */
  readonly largest: number;
  readonly pictures = new ResidentPictures(this);
  readonly #device: GPUDevice;
  readonly #buffers = new Set<GPUBuffer>();
  readonly #pipelines = new Map<string, Promise<GPUComputePipeline>>();
  #reason: string | null = null;

  constructor(device: GPUDevice, adapter: string) {
    this.#device = device;
    this.adapter = adapter;
    this.largest = Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize);
    this.lost = new Promise((resolve) => {
      const end = (reason: string) => {
        this.#reason ??= reason;
        resolve(this.#reason);
      };
      void device.lost.then(({ reason, message }) => {
        end(message || reason);
      });
      // Out of memory, most likely. What was computed since cannot be trusted.
      device.addEventListener('uncapturederror', ({ error }) => {
        end(error.message);
        device.destroy();
      });
    });
  }

  /** Buffers that wait to be freed. */
  get count(): number {
    return this.#buffers.size;
  }

  /** Room for so many 32-bit numbers, all zero, until it is freed. */
  allocate(length: number): GPUBuffer {
    const buffer = this.create(4 * Math.max(1, length));
    this.#buffers.add(buffer);
    return buffer;
  }

  /** So many bytes, a multiple of four, for as long as somebody refers to them. */
  create(size: number): GPUBuffer {
    this.#check();
    const { STORAGE, COPY_SRC, COPY_DST } = GPUBufferUsage;
    return this.#device.createBuffer({ size, usage: STORAGE | COPY_SRC | COPY_DST });
  }

  free(buffers: Iterable<GPUBuffer>): void {
    for (const buffer of buffers) if (this.#buffers.delete(buffer)) buffer.destroy();
  }

  /** Writes `values` from byte `at` on, a multiple of four. */
  write(
    buffer: GPUBuffer,
    values: Float32Array | Int32Array | Uint32Array | Uint8Array,
    at = 0,
  ): void {
    this.#check();
    const whole = values.byteLength % 4 === 0 ? values : padded(values);
    const { buffer: bytes, byteOffset, byteLength } = whole;
    this.#device.queue.writeBuffer(buffer, at, bytes, byteOffset, byteLength);
  }

  /** Compiles a shader, or finds it compiled, and binds it to buffers in the order of its declarations. */
  async call({ code, groups }: Shader, buffers: readonly GPUBuffer[]): Promise<Call> {
    this.#check();
    const compiling = this.#pipelines.get(code) ?? this.#compile(code);
    this.#pipelines.set(code, compiling);
    const pipeline = await this.#unlessLost(compiling);
    const bindings = this.#device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    return { pipeline, bindings, groups };
  }

  /** Sends the calls on their way, one after the other. */
  submit(calls: readonly Call[]): void {
    this.#check();
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const { pipeline, bindings, groups } of calls) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindings);
      pass.dispatchWorkgroups(...groups);
    }
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
  }

  /** The first numbers of a buffer, after all that was submitted before. */
  async read(buffer: GPUBuffer, length: number): Promise<Float32Array> {
    this.#check();
    const size = 4 * length;
    const { MAP_READ, COPY_DST } = GPUBufferUsage;
    const staging = this.#device.createBuffer({ size, usage: MAP_READ | COPY_DST });
    try {
      const encoder = this.#device.createCommandEncoder();
      encoder.copyBufferToBuffer(buffer, 0, staging, 0, size);
      this.#device.queue.submit([encoder.finish()]);
      await this.#unlessLost(staging.mapAsync(GPUMapMode.READ));
      return new Float32Array(staging.getMappedRange().slice(0));
    } finally {
      staging.destroy();
    }
  }

  #compile(code: string): Promise<GPUComputePipeline> {
    const module = this.#device.createShaderModule({ code });
    return this.#device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
  }

  /** @throws WhittleError `backendLost` */
  #check(): void {
    if (this.#reason !== null) throw lostError('webgpu', this.#reason);
  }

  /** What a dying device lets fail, it lets fail before or after it tells the loss. */
  async #unlessLost<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work;
    } catch (error) {
      const told = new Promise<null>((resolve) => setTimeout(resolve, LOSS_TOLD_MS, null));
      const reason = await Promise.race([this.lost, told]);
      throw reason === null ? error : lostError('webgpu', reason);
    }
  }
}

/** Buffers are written in words of four bytes. */
function padded({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  const words = new Uint8Array(4 * Math.ceil(byteLength / 4));
  words.set(new Uint8Array(buffer, byteOffset, byteLength));
  return words;
}

/** Work that failed waits so long for news of the device. */
const LOSS_TOLD_MS = 500;

/** @throws WhittleError `backendMissing` where there is no device. */
export async function openGpu(): Promise<Gpu> {
  try {
    // Absent in browsers without WebGPU and on pages that are not secure, whatever the types say.
    const gpu = navigator.gpu as GPU | undefined;
    const adapter = await gpu?.requestAdapter();
    if (!adapter) throw new Error('there is no WebGPU adapter');
    const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
    const device = await adapter.requestDevice({
      requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
    });
    const { vendor, architecture } = adapter.info;
    return new Gpu(device, [vendor, architecture].filter(Boolean).join(' '));
  } catch (error) {
    throw missingError('webgpu', error instanceof Error ? error.message : String(error));
  }
}
