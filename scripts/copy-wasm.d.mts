/** Puts the files of the WASM runtimes under `folder`, by default `public/`. */
export function copyWasm(folder?: string): Promise<void>;

/** Puts the files of TensorFlow.js's WASM backend under `folder`. */
export function copyTfjs(folder: string): Promise<void>;

/** Puts ONNX Runtime's files under `folder`. */
export function copyOrt(folder: string): Promise<void>;
