/** Puts the files of TensorFlow.js's WASM backend under `folder`; `public/tfjs` unless told. */
export function copyWasm(folder?: string): Promise<void>;
