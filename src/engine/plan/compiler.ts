import type { Architecture, Layer } from '../../experiment/architecture';
import type { ParameterRole } from '../../experiment/checkpoint';
import { sizeOf } from '../../experiment/shapes';
import { Operations } from './operations';

/** Where the numbers of a network lie that stay from one call to the next. */
export interface Places {
  /** By parameter name. */
  readonly values: Readonly<Record<string, number>>;
  /** By parameter name; empty for a network that only predicts. */
  readonly gradients: Readonly<Record<string, number>>;
  /** What has a gradient. */
  readonly trained: readonly TrainedParameter[];
  /** A byte a weight, by parameter name, of masked parameters. */
  readonly masks: Readonly<Record<string, number>>;
  /** By `<slot>/<parameter>`. */
  readonly slots: Readonly<Record<string, number>>;
  /** Room for the rounded weights, by kernel name; empty where nothing is rounded. */
  readonly rounded: Readonly<Record<string, number>>;
  /** Which level each weight is on and how many there are, by name of the kernels whose weights share them. */
  readonly levels: Readonly<Record<string, { readonly address: number; readonly count: number }>>;
  /** What changes with every iteration: `CONTROL` says what lies there. */
  readonly control: number;
}

export interface TrainedParameter {
  readonly name: string;
  readonly role: ParameterRole;
  readonly length: number;
}

/** float32 numbers of the control block, as `assembly/optimize.ts` reads them. */
export const CONTROL = {
  loss: 0,
  learningRate: 1,
  unbiased: 2,
  deviation: 3,
  clipping: 4,
} as const;
export const CONTROL_LENGTH = 5;

/** What batches have to have in common for one plan. */
export interface BatchKind {
  readonly count: number;
  /** Whether inputs come as bytes. */
  readonly grey: boolean;
}

/** The operations for batches of one size, and where to put what they read. */
export interface Plan {
  readonly words: Int32Array;
  /** Bytes of scratch memory that it uses. */
  readonly scratch: number;
  readonly multiplyAdds: number;
  readonly inputs: number;
  /** Where inputs are grey values: the place for them, from which `inputs` is filled; else 0. */
  readonly bytes: number;
  readonly outputs: number;
  /** int32 for cross-entropy, float32 targets for the squared error; 0 where it only predicts. */
  readonly targets: number;
  /** Logits of a teacher; 0 where there is none. */
  readonly teacher: number;
  /** Of the dropout layers that drop something. */
  readonly dropouts: readonly Dropout[];
}

export interface Dropout {
  readonly address: number;
  readonly length: number;
  readonly rate: number;
  /** Of the layer in the network. */
  readonly index: number;
}

/** For so few rows it takes longer to pack the right operand than it saves. */
const FEW_ROWS = 16;

/**
 * Memory that operations use up at once: packed operands, the steps that are left of a left one, and each
 * thread's own room.
 */
type SharedPart = 'left' | 'right' | 'steps' | 'room';

/** Writes the operations of one plan, and hands out scratch memory from `base` on. */
export class Compiler {
  readonly operations = new Operations();
  readonly dropouts: Dropout[] = [];
  /** Where the network's inputs lie. */
  readonly inputs: number;
  /** Where they come as grey values; 0 where they do not. */
  readonly bytes: number;
  #end: number;
  readonly #shared: Readonly<Record<SharedPart, { readonly address: number; size: number }>>;

  constructor(
    readonly architecture: Architecture,
    readonly places: Places,
    readonly count: number,
    readonly threads: number,
    readonly base: number,
    shared: SharedSizes,
    grey: boolean,
  ) {
    this.#end = base;
    const place = (part: SharedPart) => ({ address: this.take(shared[part]), size: 0 });
    this.#shared = {
      left: place('left'),
      right: place('right'),
      steps: place('steps'),
      room: place('room'),
    };
    const length = count * sizeOf(architecture.input);
    this.inputs = this.take(length);
    this.bytes = grey ? this.take(Math.ceil(length / 4)) : 0;
    if (grey)
      this.operations.add('scaleBytes', { bytes: this.bytes, to: this.inputs, count: length });
  }

  /** Bytes used so far. */
  get used(): number {
    return this.#end - this.base;
  }

  /** What the shared parts turned out to need, in numbers. */
  get sharedSizes(): SharedSizes {
    const { left, right, steps, room } = this.#shared;
    return { left: left.size, right: right.size, steps: steps.size, room: room.size };
  }

  /** The address of so many numbers, with a vector to spare behind them. */
  take(length: number): number {
    const address = this.#end;
    this.#end += Math.ceil((4 * length + 64) / 64) * 64;
    return address;
  }

  share(part: SharedPart, length: number): number {
    const place = this.#shared[part];
    place.size = Math.max(place.size, length);
    return place.address;
  }

  /** Where a layer reads a parameter: a kernel that is rounded, as such. */
  value(layer: Layer, role: string): number {
    const name = `${layer.name}.${role}`;
    return this.places.rounded[name] ?? this.places.values[name] ?? 0;
  }

  gradient(layer: Layer, role: string): number {
    return this.places.gradients[`${layer.name}.${role}`] ?? 0;
  }

  /** Room for each thread's own packed operands, of so many numbers. */
  room(length: number): { readonly room: number; readonly roomBytes: number } {
    const perThread = Math.ceil((length + 16) / 16) * 16;
    return { room: this.share('room', this.threads * perThread), roomBytes: 4 * perThread };
  }

  /** `c = a · b`, `[m, n]`; a transposed operand lies in memory as its transpose. */
  product(product: {
    a: number;
    b: number;
    c: number;
    m: number;
    n: number;
    k: number;
    transposed?: 'a' | 'b';
    bias?: number;
    relu?: boolean;
  }): void {
    const { a, b, c, m, n, k, transposed, bias = 0, relu = false } = product;
    if (transposed === undefined && m <= FEW_ROWS) {
      this.operations.add('smallGemm', {
        ...{ a, lda: 4 * k, b, ldb: 4 * n, bias, c, ldc: 4 * n, m, n, k, relu: Number(relu) },
      });
      return;
    }
    const left = this.share('left', inFours(m) * k);
    const right = this.share('right', 8 * Math.ceil(n / 8) * k);
    // Of pictures most is background, and left out; nothing else has zeros side by side.
    const steps = a === this.inputs ? this.share('steps', Math.ceil(m / 4) * (k + 1)) : 0;
    const flipped = { a: Number(transposed === 'a'), b: Number(transposed === 'b') };
    this.operations.add('packLeft', {
      ...{ a, m, k, packed: left, steps, transposed: flipped.a },
      stride: 4 * (transposed === 'a' ? m : k),
    });
    this.operations.add('packRight', {
      ...{ b, k, n, packed: right, transposed: flipped.b },
      stride: 4 * (transposed === 'b' ? k : n),
    });
    this.operations.add('gemm', {
      ...{ a: left, steps, b: right, bias, c, ldc: 4 * n, m, n, k, relu: Number(relu) },
    });
  }
}

type SharedSizes = Readonly<Record<SharedPart, number>>;

/** The plan that `write` makes, its scratch memory beginning at what `scratch` gives for its size. */
export function compiled(
  scratch: (bytes: number) => number,
  write: (base: number, shared: SharedSizes) => { plan: Omit<Plan, 'words'>; compiler: Compiler },
): Plan {
  // Sizes first: where things lie depends on them.
  const { compiler: sizes } = write(0, { left: 0, right: 0, steps: 0, room: 0 });
  const sized = write(0, sizes.sharedSizes);
  const { plan, compiler } = write(scratch(sized.compiler.used), sizes.sharedSizes);
  return { ...plan, scratch: compiler.used, words: compiler.operations.words };
}

/** Rounded up to the rows of a packed tile. */
export function inFours(rows: number): number {
  return 4 * Math.ceil(rows / 4);
}
