/** A network that predicts. */
export interface Model {
  readonly task: 'classification' | 'regression';
  /** Shape of one example: `[features]`, or `[height, width, channels]`. */
  readonly input: readonly number[];
  /** Classes, or numbers, that it puts out for one example. */
  readonly outputs: number;
  /** Memory that weights take. */
  readonly weightBytes: number;
  /**
   * Logits, or numbers, `[count, outputs]`, for inputs `[count, ...input]`.
   * @throws RangeError where that is no whole number of examples
   */
  predict(inputs: Float32Array): Float32Array;
}

/** What a file that cannot be loaded is refused with. */
export interface LoadError extends Error {
  readonly problem: {
    /** `badWhittleFile`, `newerWhittleFile` or `runtimeMemory`. */
    readonly code: string;
    readonly message: string;
  };
}

/**
 * The network in a `.whittle` file.
 * @throws LoadError where the file is damaged, of a newer version, or too large to run
 */
export function load(bytes: Uint8Array): Promise<Model>;
