import {
  getKernel,
  registerKernel,
  unregisterKernel,
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

type Attributes = NamedAttrMap;

/** A kernel with one output, mostly made of calls to other kernels; what it makes on the way is freed. */
export type ComposedKernel = (
  inputs: Readonly<Record<string, TensorInfo>>,
  attributes: Attributes,
  kernels: Kernels,
) => TensorInfo;

/** The backend's kernels and memory, to compose a new kernel of. */
export interface Kernels {
  /** Output of the kernel of that name, freed when the composed kernel is done unless it returns it. */
  readonly call: (name: string, inputs: NamedTensorInfoMap, attributes?: Attributes) => TensorInfo;
  /** The kernel that the composed one replaces. */
  readonly original: (inputs: NamedTensorInfoMap, attributes: Attributes) => TensorInfo;
  /** A new tensor of whatever numbers lay there, freed as `call`'s outputs are. */
  readonly make: (shape: number[]) => TensorInfo;
  /** A tensor's numbers where they lie: a view that holds until the next tensor is made. */
  readonly values: (tensor: TensorInfo) => Float32Array;
}

/** Registers a kernel of the project's on the WASM backend, in the place of the backend's own if it has one. */
export function registerWasmKernel(kernelName: string, compute: ComposedKernel): void {
  const replaced = registered(kernelName);
  if (replaced !== undefined) unregisterKernel(kernelName, 'wasm');
  registerKernel({
    ...replaced,
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) => {
      if (!(backend instanceof BackendWasm)) throw new Error('This kernel is for WASM alone.');
      const made: TensorInfo[] = [];
      const run = (
        name: string,
        kernel: KernelConfig | undefined,
        args: NamedTensorInfoMap,
        attributes: Attributes,
      ) => {
        if (kernel === undefined) throw new Error(`The WASM backend has no kernel ${name}.`);
        const output = kernel.kernelFunc({ inputs: args, attrs: { ...attributes }, backend });
        if (Array.isArray(output)) throw new Error(`${name} has several outputs.`);
        made.push(output);
        return output;
      };
      const result = compute(given(kernelName, inputs), attrs ?? {}, {
        call: (name, args, attributes = {}) => run(name, registered(name), args, attributes),
        original: (args, attributes) => run(kernelName, replaced, args, attributes),
        make: (shape) => {
          const output = backend.makeOutput(shape, 'float32');
          made.push(output);
          return output;
        },
        values: (tensor) => backend.typedArrayFromHeap(tensor) as Float32Array,
      });
      for (const each of made) if (each !== result) backend.disposeData(each.dataId);
      return result;
    },
  });
}

/** Undefined where there is none, which the library's type leaves out. */
function registered(kernelName: string): KernelConfig | undefined {
  return getKernel(kernelName, 'wasm');
}

function given(kernelName: string, inputs: NamedTensorInfoMap): Record<string, TensorInfo> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => {
      if (input === undefined) throw new Error(`${kernelName} lacks its input ${name}.`);
      return [name, input];
    }),
  );
}

/** The input of that name. */
export function inputOf(inputs: Readonly<Record<string, TensorInfo>>, name: string): TensorInfo {
  const input = inputs[name];
  if (input === undefined) throw new Error(`The kernel lacks its input ${name}.`);
  return input;
}

/** A kernel's attributes by their own type: the library types them loosely at this boundary. */
export function attributesAs<Attrs>(attributes: NamedAttrMap): Attrs {
  return attributes as Attrs;
}

/** A shape that is known to have four axes. */
export function shape4d(shape: readonly number[]): [number, number, number, number] {
  const [a = 1, b = 1, c = 1, d = 1] = shape;
  return [a, b, c, d];
}
